package dealbrain.collections;

import dealbrain.accounts.Authentication;
import dealbrain.accounts.User;
import dealbrain.http.Access;
import dealbrain.http.IfMatch;
import dealbrain.http.ProblemType;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import jakarta.validation.constraints.Size;
import java.util.List;

/** The endpoints under {@code /api/v1/collections/{id}/items}. */
final class ItemHandler {
    /** The body that appends listings to a collection, in this order. */
    record ItemsInput(@Size(min = 1, max = 1000) List<Long> listingIds) {
        ItemsInput {
            listingIds = List.copyOf(listingIds);
        }
    }

    /** The number of added listings, and of listings that were repeated or in the collection already. */
    record ItemsResult(int added, int skipped) {}

    /** The body that reorders a collection: the id of each item once. */
    record OrderInput(@Size(max = 100_000) List<Long> itemIds) {
        OrderInput {
            itemIds = List.copyOf(itemIds);
        }
    }

    /** The number of items that were put in order. */
    record OrderResult(int itemCount) {}

    private static final String ITEMS = "/api/v1/collections/{id}/items";

    private final ItemService items;
    private final CollectionService collections;
    private final Authentication authentication;

    ItemHandler(ItemService items, CollectionService collections, Authentication authentication) {
        this.items = items;
        this.collections = collections;
        this.authentication = authentication;
    }

    void routes(Router router) {
        router.get(ITEMS, this::list)
                .access(Access.OPTIONAL)
                .operation("listItems")
                .summary("List the items of a collection")
                .query(ItemQuery.class)
                .returnsPageOf(CollectionItem.class)
                .problems(ProblemType.FORBIDDEN); // a filter by status, which only the owner may use
        router.post(ITEMS, this::add)
                .operation("addItem")
                .summary("Add a listing to one of your collections")
                .body(ItemInput.class)
                .creates(CollectionItem.class)
                .problems(ItemService.DUPLICATE_ITEM);
        router.post(ITEMS + "/bulk", this::addAll)
                .operation("addItems")
                .summary("Add up to 1000 listings to one of your collections")
                .body(ItemsInput.class)
                .returns(ItemsResult.class);
        router.put(ITEMS + "/order", this::reorder)
                .operation("reorderItems")
                .summary("Reorder all items of one of your collections")
                .body(OrderInput.class)
                .supportsIfMatchOf("/api/v1/collections/{id}")
                .returns(OrderResult.class)
                .problems(ItemService.ORDER_MISMATCH);
        router.get(ITEMS + "/{item_id}", this::show)
                .access(Access.OPTIONAL)
                .operation("getItem")
                .summary("Get an item of a collection")
                .returns(CollectionItem.class);
        router.patch(ITEMS + "/{item_id}", this::update)
                .operation("updateItem")
                .summary("Change or move an item")
                .supportsIfMatch()
                .patch(ItemChange.class)
                .returns(CollectionItem.class);
        router.delete(ITEMS + "/{item_id}", this::delete)
                .operation("deleteItem")
                .summary("Remove an item from a collection")
                .supportsIfMatch()
                .returnsNothing();
    }

    Response list(Request request) {
        long id = request.pathLong("id");
        return Response.ok(collections.items(authentication.viewer(request), id, request.query(ItemQuery.class)));
    }

    Response add(Request request) {
        long id = request.pathLong("id");
        CollectionItem added = items.add(authentication.user(request), id, request.body(ItemInput.class));
        return Response.created("/api/v1/collections/" + id + "/items/" + added.id(), added);
    }

    Response addAll(Request request) {
        User user = authentication.user(request);
        long id = request.pathLong("id");
        List<Long> listingIds = request.body(ItemsInput.class).listingIds();
        int added = items.addAll(user, id, listingIds);
        return Response.ok(new ItemsResult(added, listingIds.size() - added));
    }

    Response reorder(Request request) {
        User user = authentication.user(request);
        long id = request.pathLong("id");
        IfMatch condition = request.ifMatch();
        List<Long> itemIds = request.body(OrderInput.class).itemIds();
        items.reorder(user, id, condition, itemIds);
        return Response.ok(new OrderResult(itemIds.size()));
    }

    Response show(Request request) {
        long collectionId = request.pathLong("id");
        long itemId = request.pathLong("item_id");
        return Response.ok(items.get(authentication.viewer(request), collectionId, itemId));
    }

    Response update(Request request) {
        return Response.ok(items.update(
                authentication.user(request),
                request.pathLong("id"),
                request.pathLong("item_id"),
                request.ifMatch(),
                request.patch(ItemChange.class)::applyTo));
    }

    Response delete(Request request) {
        items.delete(
                authentication.user(request), request.pathLong("id"), request.pathLong("item_id"), request.ifMatch());
        return Response.noContent();
    }
}
