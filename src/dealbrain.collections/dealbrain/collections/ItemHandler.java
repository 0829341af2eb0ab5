package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.http.Access;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;

/** The endpoints under {@code /api/v1/collections/{id}/items}. */
public final class ItemHandler {
    private final ItemService items;
    private final CollectionService collections;
    private final Authentication authentication;

    public ItemHandler(ItemService items, CollectionService collections, Authentication authentication) {
        this.items = items;
        this.collections = collections;
        this.authentication = authentication;
    }

    public void routes(Router router) {
        String all = "/api/v1/collections/{id}/items";
        router.get(all, this::list)
                .access(Access.OPTIONAL)
                .summary("The items of a collection, by pages")
                .query(ItemQuery.class)
                .returnsPageOf(CollectionItem.class);
        router.post(all, this::add)
                .access(Access.WRITE)
                .summary("Put a listing into a collection of mine")
                .body(ItemInput.class)
                .creates(CollectionItem.class)
                .problems(ItemService.DUPLICATE_ITEM);
        router.post(all + "/bulk", this::addAll)
                .access(Access.WRITE)
                .summary("Put up to 1000 listings into a collection of mine")
                .body(ItemsInput.class)
                .returns(ItemsResult.class);
        router.put(all + "/order", this::reorder)
                .access(Access.WRITE)
                .summary("Put all items into a new order")
                .body(OrderInput.class)
                .supportsIfMatch()
                .returns(OrderResult.class)
                .problems(ItemService.ORDER_MISMATCH);
        router.get(all + "/{item_id}", this::show)
                .access(Access.OPTIONAL)
                .summary("An item of a collection")
                .returns(CollectionItem.class);
        router.patch(all + "/{item_id}", this::update)
                .access(Access.WRITE)
                .summary("Change or move an item")
                .supportsIfMatch()
                .patch(ItemChange.class)
                .returns(CollectionItem.class);
        router.delete(all + "/{item_id}", this::remove)
                .access(Access.WRITE)
                .summary("Take an item out")
                .supportsIfMatch()
                .returnsNothing();
    }

    Response list(Request request) {
        return Response.ok(collections.items(
                request.pathLong("id"), authentication.viewer(request), request.query(ItemQuery.class)));
    }

    Response add(Request request) {
        long id = request.pathLong("id");
        CollectionItem made = items.add(authentication.user(request), id, request.body(ItemInput.class));
        return Response.created("/api/v1/collections/" + id + "/items/" + made.id(), made);
    }

    Response addAll(Request request) {
        return Response.ok(items.addAll(
                authentication.user(request),
                request.pathLong("id"),
                request.body(ItemsInput.class).listingIds()));
    }

    Response reorder(Request request) {
        return Response.ok(items.reorder(
                authentication.user(request),
                request.pathLong("id"),
                request.ifMatch(),
                request.body(OrderInput.class).itemIds()));
    }

    Response show(Request request) {
        return Response.ok(
                items.get(request.pathLong("id"), request.pathLong("item_id"), authentication.viewer(request)));
    }

    Response update(Request request) {
        return Response.ok(items.update(
                authentication.user(request),
                request.pathLong("id"),
                request.pathLong("item_id"),
                request.ifMatch(),
                request.patch(ItemChange.class)::applyTo));
    }

    Response remove(Request request) {
        items.remove(
                authentication.user(request), request.pathLong("id"), request.pathLong("item_id"), request.ifMatch());
        return Response.noContent();
    }
}
