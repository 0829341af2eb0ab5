package dealbrain.shares;

import dealbrain.caching.Cached;
import dealbrain.http.Access;
import dealbrain.http.FinishedBody;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** What anybody sees who has a link to a listing: as JSON, and as a page. */
final class DealHandler {
    private final SharedPages pages;
    private final ViewCounter views;

    DealHandler(SharedPages pages, ViewCounter views) {
        this.pages = pages;
        this.views = views;
    }

    void routes(Router router) {
        router.get("/api/v1/deals/{listing_id}/{share_token}", this::show).access(Access.PUBLIC).summary("A shared listing with all its parts")
                .gives(PublicShare.class).problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/deals/{listing_id}/{share_token}", this::page).access(Access.PUBLIC).summary("A shared listing as a page")
                .produces(Response.HTML).gives(String.class).problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
    }

    Response show(Request request) {
        Cached<SharedPage> found = pages.deal(listingId(request), request.pathText("share_token"));
        return Answers.json(found, viewed(request, found.value()));
    }

    Response page(Request request) {
        return HtmlPages.orGone(() -> {
            Cached<SharedPage> found = pages.dealPage(listingId(request), request.pathText("share_token"));
            return Answers.html(found, viewed(request, found.value()));
        });
    }

    private FinishedBody viewed(Request request, SharedPage page) {
        views.count(ViewCounter.Kind.LISTING_SHARE, page.shareId(), Visitor.of(request));
        return page.body(views.total(page.viewCount(), ViewCounter.Kind.LISTING_SHARE, page.shareId()));
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
