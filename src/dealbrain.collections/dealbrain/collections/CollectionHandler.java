package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.caching.CacheResult;
import dealbrain.http.Access;
import dealbrain.http.CacheStatus;
import dealbrain.http.CachedBody;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.json.MergePatch;

/** The endpoints under {@code /api/v1/collections} except those of items, copies and public collections. */
final class CollectionHandler {
    private static final CacheStatus CACHE_STATUS = new CacheStatus("dealbrain");

    /** The body that sets the visibility of a collection. */
    record VisibilityInput(Visibility visibility) {}

    private final CollectionService collections;
    private final CollectionCache cache;
    private final Authentication authentication;

    CollectionHandler(CollectionService collections, CollectionCache cache, Authentication authentication) {
        this.collections = collections;
        this.cache = cache;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.post("/api/v1/collections", this::create)
                .operation("createCollection")
                .summary("Create an empty collection")
                .body(CollectionInput.class)
                .creates(DealCollection.class);
        router.get("/api/v1/collections", this::list)
                .operation("listCollections")
                .summary("List your collections without their items, newest first")
                .query(CollectionListQuery.class)
                .returnsPageOf(DealCollection.class);
        router.get("/api/v1/collections/{id}", this::show)
                .access(Access.OPTIONAL)
                .operation("getCollection")
                .summary("Get your own or a public collection with a page of its items, their listings and all parts")
                .query(CollectionQuery.class)
                .returns(DealCollection.class)
                .problems(ProblemType.FORBIDDEN); // a filter by status, which only the owner may use
        router.patch("/api/v1/collections/{id}", this::update)
                .operation("updateCollection")
                .summary("Change one of your collections")
                .supportsIfMatch()
                .patch(CollectionInput.class)
                .returns(DealCollection.class);
        router.patch("/api/v1/collections/{id}/visibility", this::setVisibility)
                .operation("updateCollectionVisibility")
                .summary("Change the visibility of one of your collections")
                .supportsIfMatchOf("/api/v1/collections/{id}")
                .patch(VisibilityInput.class)
                .returns(DealCollection.class);
        router.delete("/api/v1/collections/{id}", this::delete)
                .operation("deleteCollection")
                .summary("Delete one of your collections")
                .supportsIfMatch()
                .returnsNothing();
    }

    Response create(Request request) {
        DealCollection created = collections.create(authentication.user(request), request.body(CollectionInput.class));
        return Response.created("/api/v1/collections/" + created.id(), created);
    }

    Response list(Request request) {
        return Response.ok(collections.list(authentication.user(request), request.query(CollectionListQuery.class)));
    }

    Response show(Request request) {
        long id = request.pathLong("id");
        CacheResult<CachedBody> result =
                cache.get(authentication.viewer(request), id, request.query(CollectionQuery.class));
        return new Response(
                200,
                CACHE_STATUS.headers(result.layer().isHit(), result.layer().label()),
                new Response.Body.Cached(result.value()));
    }

    Response update(Request request) {
        return Response.ok(collections.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                request.patch(CollectionInput.class)::applyTo));
    }

    Response setVisibility(Request request) {
        MergePatch<VisibilityInput> patch = request.patch(VisibilityInput.class);
        return Response.ok(collections.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                stored -> stored.withVisibility(
                        patch.applyTo(new VisibilityInput(stored.visibility())).visibility())));
    }

    Response delete(Request request) {
        collections.delete(authentication.user(request), request.pathLong("id"), request.ifMatch());
        return Response.noContent();
    }
}
