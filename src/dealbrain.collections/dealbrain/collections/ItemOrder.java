package dealbrain.collections;

import dealbrain.json.SortOrder;
import org.jspecify.annotations.Nullable;

/**
 * The sort orders of items: the columns, the sort key of an item, and the condition for the items after a cursor.
 * Statements give the item the alias {@code i} and its listing {@code l}.
 */
public enum ItemOrder implements SortOrder {
    POSITION("position", "i.order_key", "i.order_key > :key::numeric", null),
    NEWEST("-added_at", "i.added_at DESC, i.id DESC", "(i.added_at, i.id) < (:key::timestamptz, :itemId)", null),
    PRICE(
            "price_usd",
            "l.price_usd, i.id",
            "(l.price_usd > :key::numeric OR l.price_usd = :key::numeric AND i.id > :itemId OR l.price_usd IS NULL)",
            "(l.price_usd IS NULL AND i.id > :itemId)"),
    PRICE_DESCENDING(
            "-price_usd",
            "l.price_usd DESC NULLS LAST, i.id",
            "(l.price_usd < :key::numeric OR l.price_usd = :key::numeric AND i.id > :itemId OR l.price_usd IS NULL)",
            "(l.price_usd IS NULL AND i.id > :itemId)");

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

    @Override
    public String parameter() {
        return parameter;
    }

    /** Returns the cursor of the page that follows an item. */
    public String cursorAfter(CollectionItem last) {
        return ItemCursor.after(last, this).text();
    }

    /** Returns the list for ORDER BY. */
    String sql() {
        return sql;
    }

    boolean usesListing() {
        return sql.startsWith("l.");
    }

    /** Returns the sort key of an item; null for an item without one, which is sorted last. */
    @Nullable
    String key(CollectionItem item) {
        Object key = switch (this) {
            case POSITION -> item.orderKey().toPlainString();
            case NEWEST -> item.addedAt();
            case PRICE, PRICE_DESCENDING -> item.listing().priceUsd();
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
