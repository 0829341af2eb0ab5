package dealbrain.shares;

import dealbrain.caching.CacheResult;
import dealbrain.http.Access;
import dealbrain.http.CachedBody;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.views.ViewCounter;
import dealbrain.views.Visitor;
import io.opentelemetry.api.trace.Span;
import java.util.function.BiFunction;

/** The endpoints that a link to a listing opens: the listing as JSON and as an HTML page. */
final class DealHandler {
    private static final long NO_LISTING = -1;

    private final ShareCache cache;
    private final ViewCounter views;
    private final ShareSpans spans;

    DealHandler(ShareCache cache, ViewCounter views, ShareSpans spans) {
        this.cache = cache;
        this.views = views;
        this.spans = spans;
    }

    void routes(Router router) {
        router.get("/api/v1/deals/{listing_id}/{share_token}", this::showJson)
                .access(Access.PUBLIC)
                .operation("getDeal")
                .linked(ShareToken.FORMAT)
                .summary("Get a shared listing with all parts")
                .returns(PublicShare.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/deals/{listing_id}/{share_token}", this::showHtml)
                .access(Access.PUBLIC)
                .operation("getDealPage")
                .linked(ShareToken.FORMAT)
                .summary("Get a shared listing as an HTML page")
                .produces(Response.HTML)
                .returns(String.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
    }

    Response showJson(Request request) {
        return show(request, cache::listingJson, ShareResponses::json);
    }

    Response showHtml(Request request) {
        return show(request, cache::listingHtml, ShareResponses::html);
    }

    /** A lookup of the target of a link in the cache, as JSON or HTML. */
    private interface Lookup {
        CacheResult<ShareBody> get(long listingId, String token);
    }

    private Response show(
            Request request, Lookup lookup, BiFunction<CacheResult<ShareBody>, CachedBody, Response> response) {
        long listingId = listingId(request);
        String token = request.pathText("share_token");
        return spans.open("listing share", token, span -> {
            span.setAttribute("listing_id", listingId);
            CacheResult<ShareBody> result = lookup.get(listingId, token);
            return response.apply(result, countView(request, result, span));
        });
    }

    /** Counts a view of the link. Returns the body with the current number of views. */
    private CachedBody countView(Request request, CacheResult<ShareBody> result, Span span) {
        ShareBody body = result.value();
        Visitor visitor = Visitor.of(request);
        views.count(visitor, body.shareId());
        span.setAttribute("cache_hit", result.layer().isHit())
                .setAttribute("view_incremented", visitor != Visitor.NONE);
        return body.withViews(views.total(body.viewCount(), body.shareId()));
    }

    /**
     * Returns the id of the path. A malformed id leads to the same response as an unknown link, for people who follow
     * a truncated link.
     */
    static long listingId(Request request) {
        try {
            return request.pathLong("listing_id");
        } catch (ProblemException _) {
            return NO_LISTING;
        }
    }
}
