package dealbrain.collections;

import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.views.ViewCounter;
import dealbrain.views.Visitor;

/** The endpoints that show public collections to everybody. */
public final class PublicCollectionHandler {
    private final PublicCollectionService collections;
    private final ViewCounter views;

    public PublicCollectionHandler(PublicCollectionService collections, ViewCounter views) {
        this.collections = collections;
        this.views = views;
    }

    public void routes(Router router) {
        router.get("/api/v1/collections/discover", this::discover)
                .access(Access.PUBLIC)
                .summary("Public collections, without their items")
                .query(DiscoverQuery.class)
                .returnsPageOf(PublicCollection.class);
        router.get("/api/v1/collections/public/{id}", this::show)
                .access(Access.PUBLIC)
                .summary("A public collection with a page of its items, their listings and all their parts")
                .query(PublicCollectionQuery.class)
                .returns(PublicCollection.class);
    }

    Response discover(Request request) {
        return Response.ok(collections.discover(request.query(DiscoverQuery.class)));
    }

    Response show(Request request) {
        PublicCollection found = collections.get(request.pathLong("id"), request.query(PublicCollectionQuery.class));
        views.count(Visitor.of(request), found.id());
        return Response.ok(found);
    }
}
