package dealbrain.caching;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import com.github.benmanes.caffeine.cache.RemovalCause;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries in the memory of this program, bounded by their bytes; the least useful are pushed out. Safe for use by many threads. */
final class Memory {
    /** What an entry takes besides its bytes, about: objects, tags, its place in the table. */
    private static final int OVERHEAD = 500;

    private static final int MOST_ABSENT = 10_000;
    private static final Duration ABSENT_FOR = Duration.ofSeconds(30);

    private final Cache<String, Entry<?>> entries;
    private final Cache<String, Boolean> absent = Caffeine.newBuilder()
            .maximumSize(MOST_ABSENT)
            .expireAfterWrite(ABSENT_FOR)
            .build();

    Memory(long bytes, InstantSource clock, Figures figures) {
        entries = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((String key, Entry<?> entry) -> OVERHEAD + key.length() + entry.size())
                .expireAfter(Expiry.writing((String _, Entry<?> entry) ->
                        Duration.ofMillis(Math.max(0, entry.expiresAtMillis() - clock.millis()))))
                .evictionListener((_, _, cause) -> {
                    if (cause.wasEvicted() && cause != RemovalCause.EXPIRED) {
                        figures.evictions.increment();
                    }
                })
                .build();
    }

    @Nullable
    Entry<?> find(String key) {
        return entries.getIfPresent(key);
    }

    void put(String key, Entry<?> entry) {
        entries.put(key, entry);
    }

    /** Removes just this entry, and not one that has taken its place. */
    void remove(String key, Entry<?> entry) {
        entries.asMap().remove(key, entry);
    }

    boolean remove(String key) {
        absent.invalidate(key);
        return entries.asMap().remove(key) != null;
    }

    /** Removes what has such a key; returns how many. */
    long removeAll(Predicate<String> keys) {
        absent.asMap().keySet().removeIf(keys);
        return entries.asMap().keySet().stream()
                .filter(keys)
                .filter(key -> entries.asMap().remove(key) != null)
                .count();
    }

    /** Remembers for half a minute that there is nothing under a key. */
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
