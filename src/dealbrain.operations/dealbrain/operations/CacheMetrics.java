package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheFigures;
import dealbrain.profiling.Reading;
import dealbrain.profiling.Telemetry;
import java.util.List;
import java.util.function.ToLongFunction;

/** The cache statistics as metrics ({@code dealbrain.cache.*}). */
final class CacheMetrics {
    private static final String CACHE = "dealbrain.cache.";
    private static final String LAYER = "layer";
    private static final String REASON = "reason";

    private final Telemetry telemetry;
    private final Cache cache;

    private CacheMetrics(Telemetry telemetry, Cache cache) {
        this.telemetry = telemetry;
        this.cache = cache;
    }

    /** Adds the metrics to the telemetry. */
    static void observe(Telemetry telemetry, Cache cache) {
        CacheMetrics metrics = new CacheMetrics(telemetry, cache);
        metrics.observeReads();
        metrics.observeState();
    }

    private void observeReads() {
        telemetry.counter(CACHE + "hits", "Reads served from the cache, by layer.", () -> {
            CacheFigures stats = cache.figures();
            return List.of(
                    Reading.of(stats.memoryHits(), LAYER, "memory"),
                    Reading.of(stats.redisHits(), LAYER, "redis"),
                    Reading.of(stats.absent(), LAYER, "absent"));
        });
        counter("misses", "Reads that loaded from the database.", CacheFigures::loads);
        counter("outdated", "Entries found that were older than a change.", CacheFigures::outdated);
        counter("evictions", "Entries evicted from memory.", CacheFigures::evictions);
        counter("deletions", "Entries deleted on request.", CacheFigures::deletions);
        counter("refreshes", "Entries refreshed before they expired.", CacheFigures::refreshes);
        telemetry.counter(CACHE + "errors", "Failed commands to Redis and unreadable entries, by reason.", () -> {
            CacheFigures stats = cache.figures();
            return List.of(
                    Reading.of(stats.timeouts(), REASON, "timeout"),
                    Reading.of(stats.errors() - stats.timeouts(), REASON, "error"),
                    Reading.of(stats.unreadable(), REASON, "unreadable"));
        });
    }

    private void observeState() {
        gauge("entries", "Entries in memory.", CacheFigures::entries);
        gauge("bytes", "Approximate size of the entries in memory.", CacheFigures::bytes);
        gauge(
                "redis.available",
                "1 while Redis is used, otherwise 0.",
                stats -> stats.redis().equals("closed") ? 1 : 0);
        gauge(
                "trusted",
                "1 while entries can be validated, 0 while every read loads from the database.",
                stats -> stats.trusted() ? 1 : 0);
    }

    private void counter(String name, String description, ToLongFunction<CacheFigures> value) {
        telemetry.counter(CACHE + name, description, () -> List.of(Reading.of(value.applyAsLong(cache.figures()))));
    }

    private void gauge(String name, String description, ToLongFunction<CacheFigures> value) {
        telemetry.gauge(CACHE + name, description, () -> List.of(Reading.of(value.applyAsLong(cache.figures()))));
    }
}
