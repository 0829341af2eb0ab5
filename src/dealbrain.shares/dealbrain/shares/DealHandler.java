package dealbrain.shares;

import dealbrain.http.Access;
import dealbrain.http.ProblemException;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** What anybody sees who has a link to a listing: as JSON, and as a page. */
public final class DealHandler {
    private final ListingShareService shares;
    private final ViewCounter views;
    private final String publicUrl;

    public DealHandler(ListingShareService shares, ViewCounter views, String publicUrl) {
        this.shares = shares;
        this.views = views;
        this.publicUrl = publicUrl;
    }

    public void routes(Router router) {
        router.get("/api/v1/deals/{listing_id}/{share_token}", this::show).access(Access.PUBLIC).summary("A shared listing with all its parts")
                .gives(PublicShare.class).problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/deals/{listing_id}/{share_token}", this::page).access(Access.PUBLIC).summary("A shared listing as a page")
                .produces(Response.HTML).gives(String.class).problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
    }

    Response show(Request request) {
        return Response.ok(open(request))
                .with("Cache-Control", "private, no-cache").with("Referrer-Policy", "no-referrer").with("X-Robots-Tag", "noindex");
    }

    Response page(Request request) {
        return HtmlPages.orGone(() -> DealPage.of(open(request), publicUrl + request.rawPath()));
    }

    private PublicShare open(Request request) {
        PublicShare share = shares.open(listingId(request), request.pathText("share_token"));
        views.count(ViewCounter.Kind.LISTING_SHARE, share.shareId(), Visitor.of(request));
        return share;
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
