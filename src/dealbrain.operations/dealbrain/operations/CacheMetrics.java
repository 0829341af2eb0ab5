package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheStats;
import dealbrain.profiling.Measurement;
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
            CacheStats stats = cache.stats();
            return List.of(
                    Measurement.of(stats.memoryHits(), LAYER, "memory"),
                    Measurement.of(stats.redisHits(), LAYER, "redis"),
                    Measurement.of(stats.absent(), LAYER, "absent"));
        });
        counter("misses", "Reads that loaded from the database.", CacheStats::loads);
        counter("outdated", "Entries found that were older than a change.", CacheStats::outdated);
        counter("evictions", "Entries evicted from memory.", CacheStats::evictions);
        counter("deletions", "Entries deleted on request.", CacheStats::deletions);
        counter("refreshes", "Entries refreshed before they expired.", CacheStats::refreshes);
        counter("audits", "Hits that were loaded again and compared.", CacheStats::audits);
        counter("audit.failures", "Stale entries found by an audit.", CacheStats::auditFailures);
        telemetry.counter(CACHE + "errors", "Failed commands to Redis and unreadable entries, by reason.", () -> {
            CacheStats stats = cache.stats();
            return List.of(
                    Measurement.of(stats.timeouts(), REASON, "timeout"),
                    Measurement.of(stats.errors() - stats.timeouts(), REASON, "error"),
                    Measurement.of(stats.unreadable(), REASON, "unreadable"));
        });
    }

    private void observeState() {
        gauge("entries", "Entries in memory.", CacheStats::entries);
        gauge("bytes", "Approximate size of the entries in memory.", CacheStats::bytes);
        gauge(
                "redis.available",
                "1 while all of Redis is used, otherwise 0.",
                stats -> stats.redis().equals("closed") ? 1 : 0);
        gauge(
                "trusted",
                "1 while entries can be validated, 0 while every read loads from the database.",
                stats -> stats.trusted() ? 1 : 0);
    }

    private void counter(String name, String description, ToLongFunction<CacheStats> value) {
        telemetry.counter(CACHE + name, description, () -> List.of(Measurement.of(value.applyAsLong(cache.stats()))));
    }

    private void gauge(String name, String description, ToLongFunction<CacheStats> value) {
        telemetry.gauge(CACHE + name, description, () -> List.of(Measurement.of(value.applyAsLong(cache.stats()))));
    }
}
