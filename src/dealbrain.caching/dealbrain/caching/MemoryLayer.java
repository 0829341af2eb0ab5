package dealbrain.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries in the memory of this instance. Bounded by bytes; the least useful entries are evicted. Thread-safe. */
final class MemoryLayer {
    private static final int MAX_ABSENT = 10_000;
    private static final Duration ABSENT_TIME_TO_LIVE = Duration.ofSeconds(30);

    private final Cache<String, CacheEntry<?>> entries;
    /** The generation of the database in which each key had no value. */
    private final Cache<String, String> absent = Caffeine.newBuilder()
            .maximumSize(MAX_ABSENT)
            .expireAfterWrite(ABSENT_TIME_TO_LIVE)
            .build();

    /**
     * Creates an empty layer.
     *
     * @param bytes          the approximate bound of the entries
     * @param databaseMillis the clock of the database. An entry that has expired is removed some time later, to free
     *                       memory; its reader must check the expiry
     */
    MemoryLayer(long bytes, LongSupplier databaseMillis, CacheCounters counters) {
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher(EntrySize::of)
                .expireAfter(Expiry.writing((String _, CacheEntry<?> entry) ->
                        Duration.ofMillis(Math.max(0, entry.expiresAtMillis() - databaseMillis.getAsLong()))))
                .evictionListener((_, _, cause) -> {
                    if (cause.wasEvicted() && cause != RemovalCause.EXPIRED) {
                        counters.evictions.increment();
                    }
                })
                .build();
    }

    @Nullable
    CacheEntry<?> find(String key) {
        return entries.getIfPresent(key);
    }

    void put(String key, CacheEntry<?> entry) {
        entries.put(key, entry);
    }

    /** Removes {@code entry}, but not an entry that has replaced it. */
    void remove(String key, CacheEntry<?> entry) {
        entries.asMap().remove(key, entry);
    }

    /** Removes any entry of {@code key}; returns whether there was one. */
    boolean remove(String key) {
        absent.invalidate(key);
        return entries.asMap().remove(key) != null;
    }

    /** Removes the entries whose keys match; returns how many. */
    long removeAll(Predicate<String> keys) {
        absent.asMap().keySet().removeIf(keys);
        return entries.asMap().keySet().stream()
                .filter(keys)
                .filter(key -> entries.asMap().remove(key) != null)
                .count();
    }

    /** Caches for 30 seconds that {@code key} has no value in this generation of the database. */
    void markAbsent(String key, String generation) {
        absent.put(key, generation);
    }

    boolean isAbsent(String key, String generation) {
        return generation.equals(absent.getIfPresent(key));
    }

    long entries() {
        return entries.estimatedSize();
    }

    long bytes() {
        return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }
}
