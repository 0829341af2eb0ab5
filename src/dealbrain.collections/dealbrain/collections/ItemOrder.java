package dealbrain.collections;

import dealbrain.json.SortOrder;
import org.jspecify.annotations.Nullable;

/**
 * The sort orders of items: the columns, the sort key of an item, and the condition for the items after a cursor.
 * Statements give the item the alias {@code i}, its listing {@code l} and the verdict on it {@code verdict}.
 */
public enum ItemOrder implements SortOrder {
    POSITION("position", "i.order_key", ItemOrder.AFTER_ORDER_KEY, null),
    NEWEST("-added_at", "i.added_at DESC, i.id DESC", "(i.added_at, i.id) < (:key::timestamptz, :itemId)", null),
    PRICE("price_usd", "l.price_usd"),
    PRICE_DESCENDING("-price_usd", "l.price_usd"),
    ADJUSTED_PRICE("adjusted_price_usd", "verdict.adjusted_price_usd"),
    ADJUSTED_PRICE_DESCENDING("-adjusted_price_usd", "verdict.adjusted_price_usd"),
    SCORE("-score_composite", "verdict.score_composite");

    /**
     * A cursor with a key of an earlier generation stands behind those items that have stayed in their place since and
     * had no greater key then. There may be none of them.
     */
    private static final String AFTER_ORDER_KEY = """
            i.order_key > CASE WHEN c.key_generation = :generation THEN :key::numeric ELSE coalesce((
                SELECT stayed.order_key FROM former_order_key f JOIN collection_item stayed ON stayed.id = f.item_id
                 WHERE f.collection_id = c.id AND f.generation = :generation AND f.order_key <= :key::numeric
                 ORDER BY f.order_key DESC LIMIT 1), '-Infinity'::numeric) END
            """;

    private final String parameter;
    private final String sql;
    private final String afterKey;
    private final @Nullable String afterNull;

    ItemOrder(String parameter, String sql, String afterKey, @Nullable String afterNull) {
        this.parameter = parameter;
        this.sql = sql;
        this.afterKey = afterKey;
        this.afterNull = afterNull;
    }

    /** An order by a number, which items may not have. */
    ItemOrder(String parameter, String column) {
        this(
                parameter,
                column + (parameter.startsWith("-") ? " DESC NULLS LAST" : "") + ", i.id",
                "(%1$s %2$s :key::numeric OR %1$s = :key::numeric AND i.id > :itemId OR %1$s IS NULL)"
                        .formatted(column, parameter.startsWith("-") ? "<" : ">"),
                "(" + column + " IS NULL AND i.id > :itemId)");
    }

    @Override
    public String parameter() {
        return parameter;
    }

    /** Returns the list for ORDER BY. */
    String sql() {
        return sql;
    }

    /** Returns the join to an item that the columns need. */
    String join() {
        if (sql.startsWith("l.")) {
            return " JOIN listing l ON l.id = i.listing_id";
        }
        return sql.startsWith("verdict.") ? " JOIN listing_verdict verdict ON verdict.id = i.listing_id" : "";
    }

    /** Returns the sort key of an item; null for an item without one, which is sorted last. */
    @Nullable
    String key(CollectionItem item) {
        Object key = switch (this) {
            case POSITION -> item.orderKey().toPlainString();
            case NEWEST -> item.addedAt();
            case PRICE, PRICE_DESCENDING -> item.listing().priceUsd();
            case ADJUSTED_PRICE, ADJUSTED_PRICE_DESCENDING -> item.listing().adjustedPriceUsd();
            case SCORE -> item.listing().scoreComposite();
        };
        return key == null ? null : key.toString();
    }

    boolean allowsNullKey() {
        return afterNull != null;
    }

    /** Returns the condition for the items after a cursor. */
    String after(ItemCursor cursor) {
        return cursor.key() == null && afterNull != null ? afterNull : afterKey;
    }
}
