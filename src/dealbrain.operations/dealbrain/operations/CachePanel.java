package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheStats;
import dealbrain.operations.HealthCheck.Status;
import dealbrain.views.Views;
import java.util.List;
import java.util.function.Supplier;

/** Makes the panel of the cache and of the view counters. */
final class CachePanel implements Supplier<Panel> {
    /** With fewer reads than this, a low hit rate is not reported. */
    private static final long MIN_READS = 100;

    private static final double LOW_HIT_RATE = 0.5;

    private final Cache cache;
    private final Views views;
    private final DegradationChecks checks;

    CachePanel(Cache cache, Views views, DegradationChecks checks) {
        this.cache = cache;
        this.views = views;
        this.checks = checks;
    }

    @Override
    public Panel get() {
        CacheStats stats = cache.stats();
        return new Panel(
                "Cache",
                List.of(
                        new Panel.Metric("Hit rate", Formats.ratio(stats.hitRate()), "of all reads"),
                        new Panel.Metric(
                                "Memory hits",
                                Formats.count(stats.memoryHits()),
                                Formats.count(stats.entries()) + " entries, " + stats.bytes() / 1_000_000 + " MB"),
                        new Panel.Metric(
                                "Redis hits",
                                Formats.count(stats.redisHits()),
                                "circuit breaker: " + stats.redis().replace('_', ' ')),
                        new Panel.Metric(
                                "Misses",
                                Formats.count(stats.loads()),
                                Formats.count(stats.outdated()) + " outdated entries"),
                        new Panel.Metric("Evictions", Formats.count(stats.evictions()), "from memory"),
                        new Panel.Metric(
                                "Audits",
                                Formats.count(stats.audits()),
                                Formats.count(stats.auditFailures()) + " stale entries found"),
                        new Panel.Metric(
                                "Redis errors",
                                Formats.count(stats.errors()),
                                Formats.count(stats.timeouts()) + " timeouts, " + Formats.count(stats.unreadable())
                                        + " unreadable entries"),
                        new Panel.Metric(
                                "Views written",
                                Formats.count(views.written()),
                                Formats.count(views.pending()) + " rows pending")),
                List.of(checks.redis(), checks.changeLog(), checks.transactions(), audit(stats), hitRate(stats)));
    }

    private static HealthCheck audit(CacheStats stats) {
        return stats.auditFailures() == 0
                ? new HealthCheck("Cache audit", Status.OK, "no stale entries found")
                : new HealthCheck(
                        "Cache audit",
                        Status.BAD,
                        Formats.count(stats.auditFailures()) + " stale entries found; the log names them");
    }

    private static HealthCheck hitRate(CacheStats stats) {
        long reads = stats.memoryHits() + stats.redisHits() + stats.loads();
        if (reads == 0) {
            return new HealthCheck("Cache hit rate", Status.OK, "no reads yet");
        }
        boolean low = reads >= MIN_READS && stats.hitRate() < LOW_HIT_RATE;
        return new HealthCheck("Cache hit rate", low ? Status.WARN : Status.OK, Formats.ratio(stats.hitRate()));
    }
}
