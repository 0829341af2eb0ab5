package dealbrain.collections;

import dealbrain.listings.ListingRows;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One page of items by any order, as one statement of constant parts. It asks for one item more than the page has, to know
 * whether another page follows.
 */
final class ItemSearch {
    /**
     * An order: the columns it goes by, and how its pages go on behind a cursor, whose sort key may be absent.
     */
    private record Order(String by, String behindKey, String behindNone) {}

    private static final Map<String, Order> ORDERS = Map.of(
            "position", new Order("i.order_key", "i.order_key > :key::numeric", "false"),
            "-added_at",
                    new Order(
                            "i.added_at DESC, i.id DESC", "(i.added_at, i.id) < (:key::timestamptz, :itemId)", "false"),
            "price_usd",
                    new Order(
                            "l.price_usd, i.id",
                            "(l.price_usd > :key::numeric OR l.price_usd = :key::numeric AND i.id > :itemId OR l.price_usd IS NULL)",
                            "(l.price_usd IS NULL AND i.id > :itemId)"),
            "-price_usd",
                    new Order(
                            "l.price_usd DESC NULLS LAST, i.id",
                            "(l.price_usd < :key::numeric OR l.price_usd = :key::numeric AND i.id > :itemId OR l.price_usd IS NULL)",
                            "(l.price_usd IS NULL AND i.id > :itemId)"));

    private final Map<String, Object> parameters = new HashMap<>();
    private final Order order;
    private final String filter;

    ItemSearch(ItemQuery query, @Nullable ItemCursor cursor) {
        order = Objects.requireNonNull(
                ORDERS.get(query.sort()), "the schema of the query lets through known orders only");
        StringBuilder conditions = new StringBuilder();
        if (query.status() != null) {
            conditions.append(" AND i.status = :status");
            parameters.put("status", query.status());
        }
        if (cursor != null) {
            conditions.append(" AND ").append(cursor.key() == null ? order.behindNone() : order.behindKey());
            parameters.put("key", cursor.key());
            parameters.put("itemId", cursor.itemId());
        }
        filter = conditions.toString();
        parameters.put("limit", query.limit() + 1);
        parameters.put("offset", query.offset());
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        String listing = order.by().contains("l.") ? " JOIN listing l ON l.id = i.listing_id" : "";
        String total = parameters.containsKey("status")
                ? "(SELECT count(*) FROM collection_item WHERE collection_id = c.id AND status = :status)"
                : "c.item_count";
        return "SELECT " + CollectionDao.COLLECTION + ", " + total + CollectionDao.REST
                + " FROM collection c LEFT JOIN LATERAL (SELECT i.* FROM collection_item i" + listing
                + " WHERE i.collection_id = c.id" + filter + " ORDER BY " + order.by()
                + " LIMIT :limit OFFSET :offset) i ON true"
                + " LEFT JOIN listing l ON l.id = i.listing_id" + ListingRows.JOINS
                + " WHERE c.id = :id ORDER BY " + order.by();
    }
}
