package dealbrain.shares;

import dealbrain.accounts.Authentication;
import dealbrain.caching.Cached;
import dealbrain.collections.CopyInput;
import dealbrain.collections.DealCollection;
import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.http.Access;
import dealbrain.http.FinishedBody;
import dealbrain.http.PageQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints by which owners make and revoke links to collections, and what anybody sees who has one. */
final class CollectionShareHandler {
    private final CollectionShareService shares;
    private final SharedPages pages;
    private final ViewCounter views;
    private final Authentication authentication;

    CollectionShareHandler(CollectionShareService shares, SharedPages pages, ViewCounter views, Authentication authentication) {
        this.shares = shares;
        this.pages = pages;
        this.views = views;
        this.authentication = authentication;
    }

    void routes(Router router) {
        String all = "/api/v1/collections/{id}/share-tokens";
        router.post(all, this::create).access(Access.WRITE).summary("Make a public link to a collection of mine")
                .body(ShareInput.class).creates(CollectionShare.class).problems(CollectionShareService.COLLECTION_PRIVATE);
        router.get(all, this::list).summary("The links to a collection of mine, newest first")
                .query(PageQuery.class).givesPageOf(CollectionShare.class);
        router.delete(all + "/{token_id}", this::delete).access(Access.WRITE).summary("Revoke a link, at once").givesNothing();
        router.get("/api/v1/collections/shared/{share_token}", this::show).access(Access.PUBLIC)
                .summary("A shared collection with a page of its items, their listings and all their parts")
                .query(PublicCollectionQuery.class).gives(PublicCollection.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.post("/api/v1/collections/shared/{share_token}/copy", this::copy).access(Access.WRITE)
                .summary("Make a private copy of a shared collection").body(CopyInput.class).creates(DealCollection.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/c/{share_token}", this::page).access(Access.PUBLIC).summary("A shared collection as a page")
                .query(PublicCollectionQuery.class).produces(Response.HTML).gives(String.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
    }

    Response create(Request request) {
        long id = request.pathLong("id");
        CollectionShare made = shares.create(authentication.user(request), id, request.body(ShareInput.class));
        return Response.created("/api/v1/collections/" + id + "/share-tokens/" + made.id(), made);
    }

    Response list(Request request) {
        return Response.ok(shares.list(authentication.user(request), request.pathLong("id"), request.query(PageQuery.class).page()));
    }

    Response delete(Request request) {
        shares.delete(authentication.user(request), request.pathLong("id"), request.pathLong("token_id"));
        return Response.noContent();
    }

    Response show(Request request) {
        Cached<SharedPage> found = pages.collection(request.pathText("share_token"), request.query(PublicCollectionQuery.class));
        return Answers.json(found, viewed(request, found.value()));
    }

    Response copy(Request request) {
        DealCollection made = shares.copy(authentication.user(request), request.pathText("share_token"), request.body(CopyInput.class).name());
        return Response.created("/api/v1/collections/" + made.id(), made);
    }

    Response page(Request request) {
        return HtmlPages.orGone(() -> {
            Cached<SharedPage> found = pages.collectionPage(request.pathText("share_token"), request.query(PublicCollectionQuery.class));
            return Answers.html(found, viewed(request, found.value()));
        });
    }

    private FinishedBody viewed(Request request, SharedPage page) {
        Visitor visitor = Visitor.of(request);
        views.count(ViewCounter.Kind.COLLECTION_SHARE, page.shareId(), visitor);
        views.count(ViewCounter.Kind.COLLECTION, page.viewedId(), visitor);
        return page.body(views.total(page.viewCount(), ViewCounter.Kind.COLLECTION, page.viewedId()));
    }
}
