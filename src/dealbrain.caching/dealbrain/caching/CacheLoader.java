package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.changes.ChangeView;
import dealbrain.changes.Stamp;
import dealbrain.standby.Standby;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Loads values and stores them in both layers. Thread-safe. */
final class CacheLoader {
    private static final Duration MAX_TIME_TO_LIVE = Duration.ofHours(24); // the change log has a retention of 25 hours
    private static final double JITTER = 0.05;

    private final ChangeLog changes;
    private final MemoryLayer memory;
    private final @Nullable RedisLayer redis;

    CacheLoader(ChangeLog changes, MemoryLayer memory, @Nullable RedisLayer redis) {
        this.changes = changes;
        this.memory = memory;
        this.redis = redis;
    }

    /**
     * Loads a value and stores it (step 1 of decision 0009). Returns null if there is none, and caches that too.
     *
     * <p>The view is taken before the load. A load may already read the next generation, whose snapshots must not be
     * stamped with it. And the time to live counts from the statement, not from the end of the load.
     */
    <T> @Nullable CacheEntry<T> load(String key, CacheType<T> type, Loader<T> loader) {
        ChangeView view = changes.view();
        long readAtMillis = view.databaseMillisAtLeast();
        long start = System.nanoTime();
        LoadResult<T> loaded = loader.load().orElse(null);
        if (loaded == null) {
            memory.markAbsent(key, view.generation());
            return null;
        }
        byte[] bytes = type.inRedis() ? Envelope.value(loaded.value()) : null;
        CacheEntry<T> entry = new CacheEntry<>(
                loaded.value(),
                type.shape(),
                new Stamp(view.generation(), Standby.snapshot(loaded.snapshot())),
                loaded.tags(),
                expiresAtMillis(loaded, readAtMillis),
                TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start),
                type.sizeOf(loaded.value(), bytes == null ? 0 : bytes.length));
        store(key, entry, bytes);
        return entry;
    }

    private static long expiresAtMillis(LoadResult<?> loaded, long readAtMillis) {
        long latest = readAtMillis + withJitter(millis(loaded.timeToLive()));
        return loaded.expiresAt() == null
                ? latest
                : Math.min(latest, loaded.expiresAt().toEpochMilli());
    }

    private void store(String key, CacheEntry<?> entry, byte @Nullable [] bytes) {
        long millis = entry.expiresAtMillis() - changes.view().databaseMillis();
        if (millis <= 0) {
            return;
        }
        memory.put(key, entry);
        if (redis != null && bytes != null) {
            redis.store(key, entry, bytes, millis);
        }
    }

    /** Returns the longest time for which an entry may be cached, in milliseconds. */
    static long millis(Duration timeToLive) {
        return Math.min(timeToLive.toMillis(), MAX_TIME_TO_LIVE.toMillis());
    }

    private static long withJitter(long millis) {
        return (long) (millis * (1 - JITTER * ThreadLocalRandom.current().nextDouble()));
    }
}
