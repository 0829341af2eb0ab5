package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.changes.Stamp;
import java.util.Set;

/** A value as it is kept in memory. Safe for use by many threads. */
final class Entry<T> {
    private final T value;
    private final String shape;
    private final Stamp stamp;
    private final Set<String> tags;
    private final long expiresAtMillis;
    private final long loadMillis;
    private final int size;
    private volatile long checkedVersion = -1;

    /**
     * A value with what it takes to judge it.
     *
     * @param loadMillis how long it took to load
     * @param size       in bytes, about
     */
    Entry(T value, String shape, Stamp stamp, Set<String> tags, long expiresAtMillis, long loadMillis, int size) {
        this.value = value;
        this.shape = shape;
        this.stamp = stamp;
        this.tags = tags;
        this.expiresAtMillis = expiresAtMillis;
        this.loadMillis = loadMillis;
        this.size = size;
    }

    /** Whether it may be used: it has not run out, and nothing that it shows has changed. The tags are looked at once for each version of the log. */
    boolean isUsable(ChangeLog changes, long nowMillis) {
        if (nowMillis >= expiresAtMillis) {
            return false;
        }
        long version = changes.version();
        if (checkedVersion == version) {
            return changes.isTrusted();
        }
        boolean current = changes.isCurrent(stamp, tags);
        if (current) {
            checkedVersion = version;
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
