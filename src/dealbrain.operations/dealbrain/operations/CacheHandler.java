package dealbrain.operations;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.AuditAction;
import dealbrain.accounts.AuditTarget;
import dealbrain.caching.Cache;
import dealbrain.caching.CacheStats;
import dealbrain.caching.Deletion;
import dealbrain.http.Access;
import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.time.Duration;
import java.util.Map;

/** The endpoints under {@code /api/v1/ops/cache}, for administrators. */
final class CacheHandler {
    static final ProblemType REDIS_NOT_PURGED = ProblemType.unavailable(
            "redis-not-purged",
            "Redis was not purged",
            "The memory of all instances is purged, but Redis is unavailable at least in part, denies a command, or "
                    + "failed, so it may still have entries. Repeat the request after the number of seconds in the "
                    + "header Retry-After, until the status is 200.");

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    record CacheReport(CacheStats shares, double hitRate) {}

    /** @param pattern a Redis glob pattern of keys, without the namespace */
    record PatternQuery(@Size(min = 1, max = 1000) String pattern) {}

    record DeletedCount(long deleted) {}

    /** @param top the number of links to load, the most viewed first */
    record WarmupInput(@Default("100") @Min(1) @Max(1000) int top) {}

    record Warmup(int top) {}

    private final Cache cache;
    private final CacheWarmup warmup;
    private final Accounts accounts;

    CacheHandler(Cache cache, CacheWarmup warmup, Accounts accounts) {
        this.cache = cache;
        this.warmup = warmup;
        this.accounts = accounts;
    }

    void routes(Router router) {
        router.get("/api/v1/ops/cache", this::show)
                .access(Access.ADMIN)
                .operation("getCacheStatistics")
                .summary("Cache statistics since the start")
                .returns(CacheReport.class);
        router.delete("/api/v1/ops/cache", this::delete)
                .access(Access.ADMIN)
                .operation("deleteCacheEntries")
                .summary("Delete cache entries by a key pattern, on all instances")
                .query(PatternQuery.class)
                .returns(DeletedCount.class)
                .problems(REDIS_NOT_PURGED);
        router.post("/api/v1/ops/cache/warm", this::warmUp)
                .access(Access.ADMIN)
                .operation("warmUpCache")
                .summary("Load the most viewed shared pages into the cache, in the background")
                .body(WarmupInput.class)
                .returns(202, "Started", Warmup.class);
    }

    Response show(Request request) {
        CacheStats stats = cache.stats();
        return Response.ok(new CacheReport(stats, stats.hitRate())).with("Cache-Control", "no-store");
    }

    Response delete(Request request) {
        String pattern = request.query(PatternQuery.class).pattern();
        record(request, AuditAction.CACHE_DELETED, Map.of("pattern", pattern));
        Deletion deletion = cache.deletePattern(pattern);
        if (!deletion.isComplete()) {
            throw new ProblemException(
                    REDIS_NOT_PURGED,
                    "the memory of all instances is purged of " + pattern + ", but Redis is not; repeat the request",
                    Map.of("Retry-After", Long.toString(RETRY_AFTER.toSeconds())));
        }
        return Response.ok(new DeletedCount(deletion.entries()));
    }

    Response warmUp(Request request) {
        int top = request.body(WarmupInput.class).top();
        record(request, AuditAction.CACHE_WARMED, Map.of("top", top));
        warmup.start(top);
        return Response.ok(new Warmup(top)).withStatus(202);
    }

    /** Records an action in the audit log, before it is done. */
    private void record(Request request, AuditAction action, Map<String, ?> details) {
        accounts.auditLog().record(action, accounts.authentication().user(request), AuditTarget.of("cache"), details);
    }
}
