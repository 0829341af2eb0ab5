package dealbrain.shares;

import dealbrain.caching.Cached;
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

/** What anybody sees who has a link to a listing: as JSON, and as a page. */
final class DealHandler {
    private final SharedPages pages;
    private final ViewCounter views;
    private final ShareSpans spans;

    DealHandler(SharedPages pages, ViewCounter views, ShareSpans spans) {
        this.pages = pages;
        this.views = views;
        this.spans = spans;
    }

    void routes(Router router) {
        router.get("/api/v1/deals/{listing_id}/{share_token}", this::show)
                .access(Access.PUBLIC)
                .summary("A shared listing with all its parts")
                .returns(PublicShare.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/deals/{listing_id}/{share_token}", this::page)
                .access(Access.PUBLIC)
                .summary("A shared listing as a page")
                .produces(Response.HTML)
                .returns(String.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
    }

    Response show(Request request) {
        return open(request, pages::deal, Answers::json);
    }

    Response page(Request request) {
        return HtmlPages.orGone(() -> open(request, pages::dealPage, Answers::html));
    }

    /** One of the forms of what is behind a link. */
    private interface Form {
        Cached<SharedPage> find(long listingId, String token);
    }

    private Response open(Request request, Form form, BiFunction<Cached<SharedPage>, CachedBody, Response> answer) {
        long listingId = listingId(request);
        String token = request.pathText("share_token");
        return spans.open("listing share", token, span -> {
            span.setAttribute("listing_id", listingId);
            Cached<SharedPage> found = form.find(listingId, token);
            return answer.apply(found, viewed(request, found, span));
        });
    }

    private CachedBody viewed(Request request, Cached<SharedPage> found, Span span) {
        SharedPage page = found.value();
        Visitor visitor = Visitor.of(request);
        views.count(visitor, page.shareId());
        span.setAttribute("cache_hit", found.layer().isHit()).setAttribute("view_incremented", visitor != Visitor.NONE);
        return page.body(views.total(page.viewCount(), page.shareId()));
    }

    /** What is no id is no listing: a link that was cut is told like any other that leads nowhere. */
    private static long listingId(Request request) {
        try {
            return request.pathLong("listing_id");
        } catch (ProblemException _) {
            return -1;
        }
    }
}
