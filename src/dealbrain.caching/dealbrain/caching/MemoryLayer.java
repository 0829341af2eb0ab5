package dealbrain.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries in the memory of this instance. Bounded by bytes; the least useful entries are evicted. Thread-safe. */
final class MemoryLayer {
    /** The approximate size of an entry without its value: objects, tags, a slot of the table. */
    private static final int OVERHEAD_BYTES = 500;

    private static final int MAX_ABSENT = 10_000;
    private static final Duration ABSENT_TIME_TO_LIVE = Duration.ofSeconds(30);

    private final Cache<String, CacheEntry<?>> entries;
    private final Cache<String, Boolean> absent = Caffeine.newBuilder()
            .maximumSize(MAX_ABSENT)
            .expireAfterWrite(ABSENT_TIME_TO_LIVE)
            .build();

    MemoryLayer(long bytes, InstantSource clock, CacheCounters counters) {
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((String key, CacheEntry<?> entry) -> OVERHEAD_BYTES + key.length() + entry.size())
                .expireAfter(Expiry.writing((String _, CacheEntry<?> entry) ->
                        Duration.ofMillis(Math.max(0, entry.expiresAtMillis() - clock.millis()))))
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

    /** Caches for 30 seconds that {@code key} has no value. */
    void markAbsent(String key) {
        absent.put(key, true);
    }

    boolean isAbsent(String key) {
        return absent.getIfPresent(key) != null;
    }

    long entries() {
        return entries.estimatedSize();
    }

    long bytes() {
        return entries.policy().eviction().orElseThrow().weightedSize().orElse(0);
    }
}
