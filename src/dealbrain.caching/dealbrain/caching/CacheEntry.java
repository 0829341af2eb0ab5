package dealbrain.caching;

import dealbrain.changes.ChangeView;
import dealbrain.changes.Stamp;
import java.util.Set;

/** A cached value with what is needed to validate it. Thread-safe. */
final class CacheEntry<T> {
    private final T value;
    private final String shape;
    private final Stamp stamp;
    private final Set<String> tags;
    private final long expiresAtMillis;
    private final long loadMillis;
    private final int size;
    private volatile long validatedVersion = -1;

    /**
     * Creates an entry.
     *
     * @param shape           of its {@link CacheType}
     * @param expiresAtMillis by the clock of the database, in milliseconds since 1970
     * @param loadMillis      the duration of the load
     * @param size            the approximate size of the value in bytes
     */
    CacheEntry(T value, String shape, Stamp stamp, Set<String> tags, long expiresAtMillis, long loadMillis, int size) {
        this.value = value;
        this.shape = shape;
        this.stamp = stamp;
        this.tags = tags;
        this.expiresAtMillis = expiresAtMillis;
        this.loadMillis = loadMillis;
        this.size = size;
    }

    /**
     * Returns whether the entry has not expired and is current (step 4 of decision 0009). The tags are checked once
     * for each version of the view.
     */
    boolean isUsable(ChangeView view) {
        if (view.databaseMillis() >= expiresAtMillis) {
            return false;
        }
        long version = view.version();
        if (validatedVersion == version) {
            return view.isTrusted();
        }
        boolean current = view.isCurrent(stamp, tags);
        if (current) {
            validatedVersion = version;
        }
        return current;
    }

    T value() {
        return value;
    }

    String shape() {
        return shape;
    }

    Stamp stamp() {
        return stamp;
    }

    Set<String> tags() {
        return tags;
    }

    long expiresAtMillis() {
        return expiresAtMillis;
    }

    long loadMillis() {
        return loadMillis;
    }

    int size() {
        return size;
    }
}
