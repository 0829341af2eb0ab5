package dealbrain.shares;

import dealbrain.accounts.Authentication;
import dealbrain.caching.Cached;
import dealbrain.collections.CopyInput;
import dealbrain.collections.DealCollection;
import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.http.Access;
import dealbrain.http.CachedBody;
import dealbrain.http.PageQuery;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.views.ViewCounter;
import dealbrain.views.Visitor;
import io.opentelemetry.api.trace.Span;
import java.util.function.BiFunction;

/** The endpoints by which owners make and revoke links to collections, and what anybody sees who has one. */
final class CollectionShareHandler {
    private final CollectionShareService shares;
    private final SharedPages pages;
    private final ViewCounter linkViews;
    private final ViewCounter collectionViews;
    private final ShareSpans spans;
    private final Authentication authentication;

    CollectionShareHandler(
            CollectionShareService shares,
            SharedPages pages,
            ViewCounter linkViews,
            ViewCounter collectionViews,
            ShareSpans spans,
            Authentication authentication) {
        this.shares = shares;
        this.pages = pages;
        this.linkViews = linkViews;
        this.collectionViews = collectionViews;
        this.spans = spans;
        this.authentication = authentication;
    }

    void routes(Router router) {
        String all = "/api/v1/collections/{id}/share-tokens";
        router.post(all, this::create)
                .access(Access.WRITE)
                .summary("Make a public link to a collection of mine")
                .body(ShareInput.class)
                .creates(CollectionShare.class)
                .problems(CollectionShareService.COLLECTION_PRIVATE);
        router.get(all, this::list)
                .summary("The links to a collection of mine, newest first")
                .query(PageQuery.class)
                .returnsPageOf(CollectionShare.class);
        router.delete(all + "/{token_id}", this::delete)
                .access(Access.WRITE)
                .summary("Revoke a link, at once")
                .returnsNothing();
        router.get("/api/v1/collections/shared/{share_token}", this::show)
                .access(Access.PUBLIC)
                .summary("A shared collection with a page of its items, their listings and all their parts")
                .query(PublicCollectionQuery.class)
                .returns(PublicCollection.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.post("/api/v1/collections/shared/{share_token}/copy", this::copy)
                .access(Access.WRITE)
                .summary("Make a private copy of a shared collection")
                .body(CopyInput.class)
                .creates(DealCollection.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/c/{share_token}", this::page)
                .access(Access.PUBLIC)
                .summary("A shared collection as a page")
                .query(PublicCollectionQuery.class)
                .produces(Response.HTML)
                .returns(String.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
    }

    Response create(Request request) {
        long id = request.pathLong("id");
        CollectionShare made = shares.create(authentication.user(request), id, request.body(ShareInput.class));
        return Response.created("/api/v1/collections/" + id + "/share-tokens/" + made.id(), made);
    }

    Response list(Request request) {
        return Response.ok(shares.list(
                authentication.user(request),
                request.pathLong("id"),
                request.query(PageQuery.class).page()));
    }

    Response delete(Request request) {
        shares.delete(authentication.user(request), request.pathLong("id"), request.pathLong("token_id"));
        return Response.noContent();
    }

    Response show(Request request) {
        return open(request, pages::collection, Answers::json);
    }

    Response copy(Request request) {
        DealCollection made = shares.copy(
                authentication.user(request),
                request.pathText("share_token"),
                request.body(CopyInput.class).name());
        return Response.created("/api/v1/collections/" + made.id(), made);
    }

    Response page(Request request) {
        return HtmlPages.orGone(() -> open(request, pages::collectionPage, Answers::html));
    }

    /** One of the forms of what is behind a link. */
    private interface Form {
        Cached<SharedPage> find(String token, PublicCollectionQuery query);
    }

    private Response open(Request request, Form form, BiFunction<Cached<SharedPage>, CachedBody, Response> answer) {
        String token = request.pathText("share_token");
        PublicCollectionQuery query = request.query(PublicCollectionQuery.class);
        return spans.open("collection share", token, span -> {
            Cached<SharedPage> found = form.find(token, query);
            return answer.apply(found, viewed(request, found, span));
        });
    }

    private CachedBody viewed(Request request, Cached<SharedPage> found, Span span) {
        SharedPage page = found.value();
        span.setAttribute("collection_id", page.viewedId())
                .setAttribute("cache_hit", found.layer().isHit());
        Visitor visitor = Visitor.of(request);
        linkViews.count(visitor, page.shareId());
        collectionViews.count(visitor, page.viewedId());
        span.setAttribute("view_incremented", visitor != Visitor.NONE);
        return page.body(collectionViews.total(page.viewCount(), page.viewedId()));
    }
}
