package dealbrain.collections;

import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.views.ViewCounter;
import dealbrain.views.Visitor;

/** The endpoints that show public collections to every client. */
final class PublicCollectionHandler {
    private final PublicCollectionService collections;
    private final ViewCounter viewCounter;

    PublicCollectionHandler(PublicCollectionService collections, ViewCounter viewCounter) {
        this.collections = collections;
        this.viewCounter = viewCounter;
    }

    void routes(Router router) {
        router.get("/api/v1/collections/discover", this::discover)
                .access(Access.PUBLIC)
                .operation("listPublicCollections")
                .linked()
                .summary("Search the public collections, without their items")
                .query(DiscoverQuery.class)
                .returnsPageOf(PublicCollection.class);
        router.get("/api/v1/collections/public/{id}", this::show)
                .access(Access.PUBLIC)
                .operation("getPublicCollection")
                .linked()
                .summary("Get a public collection with a page of its items, their listings and all parts")
                .query(PublicCollectionQuery.class)
                .returns(PublicCollection.class);
    }

    Response discover(Request request) {
        return Response.ok(collections.discover(request.query(DiscoverQuery.class)));
    }

    Response show(Request request) {
        PublicCollection collection =
                collections.get(request.pathLong("id"), request.query(PublicCollectionQuery.class));
        viewCounter.count(Visitor.of(request), collection.id());
        return Response.ok(collection);
    }
}
