package dealbrain.collections;

import dealbrain.database.PageSql;
import dealbrain.listings.ListingRows;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The statement that selects one page of items in any order. Its text consists of constants. It selects one item more
 * than the page has, which shows whether another page follows.
 */
final class ItemSearch {
    private final Map<String, Object> parameters = new HashMap<>();
    private final ItemOrder order;
    private final String filter;

    ItemSearch(ItemQuery query, @Nullable ItemCursor cursor) {
        order = query.sort();
        StringBuilder conditions = new StringBuilder();
        if (query.status() != null) {
            conditions.append(" AND i.status = :status");
            parameters.put("status", query.status());
        }
        if (cursor != null) {
            conditions.append(" AND ").append(order.after(cursor));
            parameters.put("key", cursor.key());
            parameters.put("itemId", cursor.itemId());
            parameters.put("generation", cursor.generation());
        }
        filter = conditions.toString();
        parameters.put("limit", query.limit() + 1);
        parameters.put("offset", query.offset());
        if (query.status() != null) {
            parameters.put("maxRows", query.count().maxRows());
        }
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        String total = parameters.containsKey("status")
                ? "(SELECT total FROM "
                        + PageSql.total("FROM collection_item WHERE collection_id = c.id AND status = :status")
                        + " matches)"
                : "c.item_count";
        return "SELECT " + CollectionRows.columns(total)
                + " FROM collection c"
                + " LEFT JOIN LATERAL (SELECT i.* FROM collection_item i" + order.join()
                + " WHERE i.collection_id = c.id" + filter
                + " ORDER BY " + order.sql() + " LIMIT :limit OFFSET :offset) i ON true"
                + " LEFT JOIN listing l ON l.id = i.listing_id" + ListingRows.JOINS
                + "WHERE c.id = :id ORDER BY " + order.sql();
    }
}
