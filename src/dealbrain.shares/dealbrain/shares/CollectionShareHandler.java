package dealbrain.shares;

import dealbrain.accounts.Authentication;
import dealbrain.caching.CacheResult;
import dealbrain.collections.CopyInput;
import dealbrain.collections.DealCollection;
import dealbrain.collections.PublicCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.http.Access;
import dealbrain.http.CachedBody;
import dealbrain.http.PageQuery;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.views.ViewCounter;
import dealbrain.views.Visitor;
import io.opentelemetry.api.trace.Span;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;

/** The endpoints with which owners create, list and revoke links to collections, and those that such a link opens. */
final class CollectionShareHandler {
    private static final Pattern LISTING_ID = Pattern.compile("[0-9]+");
    private static final String LINKS = "/api/v1/collections/{id}/share-tokens";

    private final CollectionShareService shares;
    private final ShareCache cache;
    private final ViewCounter linkViews;
    private final ViewCounter collectionViews;
    private final ShareSpans spans;
    private final Authentication authentication;

    CollectionShareHandler(
            CollectionShareService shares,
            ShareCache cache,
            ViewCounter linkViews,
            ViewCounter collectionViews,
            ShareSpans spans,
            Authentication authentication) {
        this.shares = shares;
        this.cache = cache;
        this.linkViews = linkViews;
        this.collectionViews = collectionViews;
        this.spans = spans;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post(LINKS, this::create)
                .operation("createCollectionShare")
                .summary("Create a public link to one of your collections")
                .body(ShareInput.class)
                .creates(CollectionShare.class)
                .problems(CollectionShareService.COLLECTION_PRIVATE);
        router.get(LINKS, this::list)
                .operation("listCollectionShares")
                .summary("List the links to one of your collections, newest first")
                .query(PageQuery.class)
                .returnsPageOf(CollectionShare.class)
                .problems(ProblemType.FORBIDDEN);
        router.delete(LINKS + "/{token_id}", this::delete)
                .operation("deleteCollectionShare")
                .summary("Revoke a link, effective at once")
                .returnsNothing();
        router.get("/api/v1/collections/shared/{share_token}", this::showJson)
                .access(Access.PUBLIC)
                .operation("getSharedCollection")
                .linked(ShareToken.FORMAT)
                .summary("Get a shared collection with a page of its items, their listings and all parts")
                .query(PublicCollectionQuery.class)
                .returns(PublicCollection.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.post("/api/v1/collections/shared/{share_token}/copy", this::copy)
                .operation("copySharedCollection")
                .summary("Copy a shared collection to a new private one")
                .body(CopyInput.class)
                .creates(DealCollection.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/c/{share_token}", this::showHtml)
                .access(Access.PUBLIC)
                .operation("getSharedCollectionPage")
                .linked(ShareToken.FORMAT)
                .summary("Get a shared collection as an HTML page")
                .query(SharedPageQuery.class)
                .produces(Response.HTML)
                .returns(String.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
        router.get("/c/{share_token}/deals/{listing_id}", this::showDealHtml)
                .access(Access.PUBLIC)
                .operation("getSharedCollectionDealPage")
                .linked(LISTING_ID)
                .summary("Get a listing of a shared collection as an HTML page")
                .produces(Response.HTML)
                .returns(String.class)
                .problems(ShareProblems.SHARE_NOT_FOUND, ShareProblems.SHARE_EXPIRED);
    }

    Response create(Request request) {
        long id = request.pathLong("id");
        CollectionShare created = shares.create(authentication.user(request), id, request.body(ShareInput.class));
        return Response.created("/api/v1/collections/" + id + "/share-tokens/" + created.id(), created);
    }

    Response list(Request request) {
        return Response.ok(
                shares.list(authentication.user(request), request.pathLong("id"), request.query(PageQuery.class)));
    }

    Response delete(Request request) {
        shares.delete(authentication.user(request), request.pathLong("id"), request.pathLong("token_id"));
        return Response.noContent();
    }

    Response showJson(Request request) {
        PublicCollectionQuery query = request.query(PublicCollectionQuery.class);
        return show(request, token -> cache.collectionJson(token, query), ShareResponses::json);
    }

    Response copy(Request request) {
        DealCollection copy = shares.copy(
                authentication.user(request),
                request.pathText("share_token"),
                request.body(CopyInput.class).name());
        return Response.created("/api/v1/collections/" + copy.id(), copy);
    }

    Response showHtml(Request request) {
        SharedPageQuery query = request.query(SharedPageQuery.class);
        return show(request, token -> cache.collectionHtml(token, query), ShareResponses::html);
    }

    /** Views of deals are not counted: a view is one of the page of the collection, which leads here. */
    Response showDealHtml(Request request) {
        String token = request.pathText("share_token");
        long listingId = DealHandler.listingId(request);
        return spans.open("deal of a collection share", token, span -> {
            CacheResult<ShareBody> result = cache.collectionDealHtml(token, listingId);
            span.setAttribute("listing_id", listingId)
                    .setAttribute("cache_hit", result.layer().isHit());
            return ShareResponses.html(result, result.value().withViews(0));
        });
    }

    private Response show(
            Request request,
            Function<String, CacheResult<ShareBody>> lookup,
            BiFunction<CacheResult<ShareBody>, CachedBody, Response> response) {
        String token = request.pathText("share_token");
        return spans.open("collection share", token, span -> {
            CacheResult<ShareBody> result = lookup.apply(token);
            return response.apply(result, countView(request, result, span));
        });
    }

    /** Counts a view of the link and one of the collection. Returns the body with the current number of views. */
    private CachedBody countView(Request request, CacheResult<ShareBody> result, Span span) {
        ShareBody body = result.value();
        span.setAttribute("collection_id", body.viewedId())
                .setAttribute("cache_hit", result.layer().isHit());
        Visitor visitor = Visitor.of(request);
        linkViews.count(visitor, body.shareId());
        collectionViews.count(visitor, body.viewedId());
        span.setAttribute("view_incremented", visitor != Visitor.NONE);
        return body.withViews(collectionViews.total(body.viewCount(), body.viewedId()));
    }
}
