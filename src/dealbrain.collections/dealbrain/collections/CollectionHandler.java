package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.caching.Cached;
import dealbrain.http.Access;
import dealbrain.http.CachedBody;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints under {@code /api/v1/collections} that are about a collection as a whole. */
public final class CollectionHandler {
    private final CollectionService collections;
    private final CollectionPages pages;
    private final Authentication authentication;

    public CollectionHandler(CollectionService collections, CollectionPages pages, Authentication authentication) {
        this.collections = collections;
        this.pages = pages;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        router.post("/api/v1/collections", this::create)
                .access(Access.WRITE)
                .summary("Make an empty collection")
                .body(CollectionInput.class)
                .creates(DealCollection.class);
        router.get("/api/v1/collections", this::mine)
                .summary("My collections, newest first, without their items")
                .query(CollectionListQuery.class)
                .returnsPageOf(DealCollection.class);
        router.get("/api/v1/collections/{id}", this::show)
                .access(Access.OPTIONAL)
                .summary(
                        "A collection of mine or a public one, with a page of its items, their listings and all their parts")
                .query(CollectionQuery.class)
                .returns(DealCollection.class);
        router.patch("/api/v1/collections/{id}", this::update)
                .access(Access.WRITE)
                .summary("Change a collection of mine")
                .supportsIfMatch()
                .patch(CollectionInput.class)
                .returns(DealCollection.class);
        router.patch("/api/v1/collections/{id}/visibility", this::setVisibility)
                .access(Access.WRITE)
                .summary("Open or close a collection of mine")
                .supportsIfMatch()
                .body(VisibilityInput.class)
                .returns(DealCollection.class);
        router.delete("/api/v1/collections/{id}", this::delete)
                .access(Access.WRITE)
                .summary("Delete a collection of mine")
                .supportsIfMatch()
                .returnsNothing();
    }

    Response create(Request request) {
        DealCollection made = collections.create(authentication.user(request), request.body(CollectionInput.class));
        return Response.created("/api/v1/collections/" + made.id(), made);
    }

    Response mine(Request request) {
        return Response.ok(collections.mine(authentication.user(request), request.query(CollectionListQuery.class)));
    }

    Response show(Request request) {
        Cached<CachedBody> found =
                pages.get(request.pathLong("id"), authentication.viewer(request), request.query(CollectionQuery.class));
        return Response.cached(found.value())
                .with("X-Cache", found.layer().isHit() ? "HIT" : "MISS")
                .with("Cache-Status", found.layer().status());
    }

    Response update(Request request) {
        return Response.ok(collections.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                request.patch(CollectionInput.class)::applyTo));
    }

    Response setVisibility(Request request) {
        Visibility visibility = request.body(VisibilityInput.class).visibility();
        return Response.ok(collections.update(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                stored -> stored.with(visibility)));
    }

    Response delete(Request request) {
        collections.delete(authentication.user(request), request.pathLong("id"), request.ifMatch());
        return Response.noContent();
    }
}
