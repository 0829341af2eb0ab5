package dealbrain.listings;

/**
 * The part of a search that reads the index of an order, and takes the rows that match until the page is full. It
 * reads the rows with a key first, then those without, because these come last in both directions.
 *
 * <p>Each of the two reads may have a limit of entries. One that reaches it before the page is full is <em>cut</em>:
 * the rows that match begin too far from the start of the order, and all of them must be read.
 */
final class ListingWalk {
    private final ListingFilters filters;
    private final ListingOrder order;
    private final int size;
    private final int steps;

    /**
     * @param size  the number of rows up to the end of the page
     * @param steps the maximum number of entries that each read tests
     */
    ListingWalk(ListingFilters filters, ListingOrder order, int size, int steps) {
        this.filters = filters;
        this.order = order;
        this.size = size;
        this.steps = steps;
    }

    /**
     * Returns the rows, as the query {@code walk} for WITH.
     *
     * @param condition must be true for the walk to read anything
     */
    String rows(String condition) {
        String read = " AND (" + condition + ")";
        String withKey = "with_key AS MATERIALIZED (" + read("false", afterKey() + read) + ")";
        return allowsNull()
                ? withKey + ", without_key AS MATERIALIZED ("
                        + read("true", afterNull() + " AND (SELECT count(*) FROM with_key) < " + size + read)
                        + "), walk AS (SELECT * FROM with_key UNION ALL SELECT * FROM without_key)"
                : withKey + ", walk AS (SELECT * FROM with_key)";
    }

    /** Returns whether the walk was cut, as a condition. */
    String isCut() {
        if (!isBounded()) {
            return "false";
        }
        String isFull = " WHEN (SELECT count(*) FROM walk) >= " + size + " THEN false";
        return "CASE WHEN (SELECT count(*) FROM with_key) >= " + size + " THEN false WHEN " + reachesLimit(afterKey())
                + " THEN true" + (allowsNull() ? isFull + " ELSE " + reachesLimit(afterNull()) : " ELSE false")
                + " END";
    }

    /** Ranges of prices are not: the entries that one range leaves untested may precede those of another. */
    private boolean isBounded() {
        return filters.areGathered(order) && !filters.areReadByPrice(order);
    }

    private boolean allowsNull() {
        return order.allowsNull() && !(filters.hasPrices() && order.isPrice());
    }

    private String afterKey() {
        return order.afterKey();
    }

    private String afterNull() {
        return "k." + order.key() + " IS NULL AND " + order.after("k.id", ":nullId");
    }

    private String reachesLimit(String conditions) {
        return "(SELECT count(*) FROM (" + entries(conditions) + " LIMIT " + steps + ") entries) = " + steps;
    }

    private String read(String withoutKey, String conditions) {
        String columns = "SELECT k.id, " + withoutKey + " AS without_key, k." + order.key() + " AS key FROM ";
        if (isBounded()) {
            return columns + "(" + entries(conditions) + " LIMIT " + steps + ") k WHERE true"
                    + filters.afterIndex(order) + inOrder() + " LIMIT " + size;
        }
        String rows = columns + order.table() + " k WHERE " + conditions + filters.ofIndex(order)
                + filters.afterIndex(order) + inOrder() + " LIMIT " + size;
        return filters.areReadByPrice(order)
                ? "SELECT rows.* FROM " + filters.priceRanges() + " CROSS JOIN LATERAL (" + rows + ") rows"
                : rows;
    }

    /** Returns the entries of the index in its order. */
    private String entries(String conditions) {
        return "SELECT k.* FROM " + order.table() + " k WHERE " + conditions + filters.ofIndex(order) + inOrder();
    }

    private String inOrder() {
        String column = filters.indexColumn(order)
                .map(each -> order.inOrder(each) + ", ")
                .orElse("");
        return " ORDER BY " + column + order.inOrder("k." + order.key()) + ", " + order.inOrder("k.id");
    }
}
