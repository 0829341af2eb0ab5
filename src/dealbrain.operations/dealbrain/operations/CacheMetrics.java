package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheStats;
import dealbrain.profiling.Measurement;
import dealbrain.profiling.Telemetry;
import dealbrain.views.Views;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;
import java.util.function.ToLongFunction;

/** What the cache and the counter of views do, as metrics ({@code dealbrain.cache.*}, {@code dealbrain.views.*}). */
public final class CacheMetrics {
    private static final String CACHE = "dealbrain.cache.";
    private static final AttributeKey<String> LAYER = AttributeKey.stringKey("layer");
    private static final AttributeKey<String> REASON = AttributeKey.stringKey("reason");

    private final Telemetry telemetry;
    private final Cache cache;

    private CacheMetrics(Telemetry telemetry, Cache cache) {
        this.telemetry = telemetry;
        this.cache = cache;
    }

    /** Has them among the metrics, from now on. */
    public static void observe(Telemetry telemetry, Cache cache, Views views) {
        CacheMetrics metrics = new CacheMetrics(telemetry, cache);
        metrics.observeReads();
        metrics.observeState();
        telemetry.counter(
                "dealbrain.views.flushes",
                "Statements that wrote counted views.",
                () -> List.of(new Measurement(views.flushes(), Attributes.empty())));
        telemetry.counter(
                "dealbrain.views.written",
                "Views that were written, of people and crawlers.",
                () -> List.of(new Measurement(views.written(), Attributes.empty())));
        telemetry.gauge(
                "dealbrain.views.pending",
                "Things whose views are counted and not written yet.",
                () -> List.of(new Measurement(views.pending(), Attributes.empty())));
    }

    private void observeReads() {
        telemetry.counter(CACHE + "hits", "Reads that found what they looked for, by layer.", () -> {
            CacheStats figures = cache.stats();
            return List.of(
                    new Measurement(figures.memoryHits(), layer("memory")),
                    new Measurement(figures.redisHits(), layer("redis")),
                    new Measurement(figures.absent(), layer("absent")));
        });
        counter("misses", "Reads that loaded from the database.", CacheStats::loads);
        counter("outdated", "Entries found that were older than a change.", CacheStats::outdated);
        counter("evictions", "Entries pushed out of memory by others.", CacheStats::evictions);
        counter("deletions", "Entries deleted on demand.", CacheStats::deletions);
        counter("refreshes", "Entries loaded again before they ran out.", CacheStats::refreshes);
        telemetry.counter(
                CACHE + "errors", "Commands to Redis that failed, and entries of it that could not be read.", () -> {
                    CacheStats figures = cache.stats();
                    return List.of(
                            new Measurement(figures.timeouts(), reason("timeout")),
                            new Measurement(figures.errors() - figures.timeouts(), reason("error")),
                            new Measurement(figures.unreadable(), reason("unreadable")));
                });
    }

    private void observeState() {
        gauge("entries", "Entries in memory.", CacheStats::entries);
        gauge("bytes", "Bytes in memory, about.", CacheStats::bytes);
        gauge(
                "redis.available",
                "1 while Redis is used, 0 while it is not.",
                figures -> figures.redis().equals("closed") ? 1 : 0);
        gauge(
                "trusted",
                "1 while what is kept can be judged, 0 while everything is loaded.",
                figures -> figures.trusted() ? 1 : 0);
    }

    private void counter(String name, String description, ToLongFunction<CacheStats> figure) {
        telemetry.counter(
                CACHE + name,
                description,
                () -> List.of(new Measurement(figure.applyAsLong(cache.stats()), Attributes.empty())));
    }

    private void gauge(String name, String description, ToLongFunction<CacheStats> figure) {
        telemetry.gauge(
                CACHE + name,
                description,
                () -> List.of(new Measurement(figure.applyAsLong(cache.stats()), Attributes.empty())));
    }

    private static Attributes layer(String name) {
        return Attributes.of(LAYER, name);
    }

    private static Attributes reason(String name) {
        return Attributes.of(REASON, name);
    }
}
