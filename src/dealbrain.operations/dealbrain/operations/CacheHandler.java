package dealbrain.operations;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheFigures;
import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.Default;
import dealbrain.shares.Shares;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;

/** What an administrator can ask and do about the cache. */
public final class CacheHandler {
    /** How the cache of shared pages did. */
    record CacheReport(CacheFigures shares, double hitRate) {}

    /** Which entries, as Redis has patterns, without the namespace. */
    record PatternQuery(@Size(min = 1, max = 1000) String pattern) {}

    record DeletedCount(long deleted) {}

    /** How many links, the most viewed first. */
    record WarmInput(@Default("100") @Min(1) @Max(1000) int top) {}

    record Warming(int top) {}

    private final Cache cache;
    private final Shares shares;

    public CacheHandler(Cache cache, Shares shares) {
        this.cache = cache;
        this.shares = shares;
    }

    public void routes(Router router) {
        router.get("/api/v1/ops/cache", this::show)
                .access(Access.ADMIN)
                .summary("How the cache did since the start")
                .returns(CacheReport.class);
        router.delete("/api/v1/ops/cache", this::delete)
                .access(Access.ADMIN)
                .summary("Delete entries by a pattern, on every server")
                .query(PatternQuery.class)
                .returns(DeletedCount.class);
        router.post("/api/v1/ops/cache/warm", this::warm)
                .access(Access.ADMIN)
                .summary("Load the most viewed shared pages, in the background")
                .body(WarmInput.class)
                .returns(202, "Under way", Warming.class);
    }

    Response show(Request request) {
        CacheFigures figures = cache.figures();
        return Response.ok(new CacheReport(figures, figures.hitRate())).with("Cache-Control", "no-store");
    }

    Response delete(Request request) {
        return Response.ok(new DeletedCount(
                cache.deletePattern(request.query(PatternQuery.class).pattern())));
    }

    Response warm(Request request) {
        int top = request.body(WarmInput.class).top();
        Warmth.begin(shares, top);
        return Response.ok(new Warming(top)).withStatus(202);
    }
}
