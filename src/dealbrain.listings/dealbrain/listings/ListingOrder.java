package dealbrain.listings;

import dealbrain.json.SortOrder;
import org.jspecify.annotations.Nullable;

/**
 * The sort orders of listings: by a key and, for equal keys, by the id in the same direction. Listings without a key
 * come last. The indexes are in sql/0017-lists-of-listings.sql, sql/0023-valuation.sql and sql/0024-ownership.sql.
 */
enum ListingOrder implements SortOrder {
    NEWEST("-created_at", "listing", "created_at", "timestamptz"),
    PRICE("price_usd", "listing", "price_usd", "numeric"),
    PRICE_DESCENDING("-price_usd", "listing", "price_usd", "numeric"),
    ADJUSTED_PRICE("adjusted_price_usd", "listing_verdict", "adjusted_price_usd", "numeric"),
    ADJUSTED_PRICE_DESCENDING("-adjusted_price_usd", "listing_verdict", "adjusted_price_usd", "numeric"),
    SCORE("-score_composite", "listing_verdict", "score_composite", "numeric"),
    DOLLAR_PER_MARK_MULTI(
            "dollar_per_cpu_mark_multi", "listing_dollars", "dollar_per_cpu_mark_multi", "double precision"),
    DOLLAR_PER_MARK_SINGLE(
            "dollar_per_cpu_mark_single", "listing_dollars", "dollar_per_cpu_mark_single", "double precision");

    private final String parameter;
    private final String table;
    private final String key;
    private final String type;

    ListingOrder(String parameter, String table, String key, String type) {
        this.parameter = parameter;
        this.table = table;
        this.key = key;
        this.type = type;
    }

    @Override
    public String parameter() {
        return parameter;
    }

    /** Returns the table with the key, the id and the columns of the filters that are used with this order. */
    String table() {
        return table;
    }

    /** Returns the column of the key. */
    String key() {
        return key;
    }

    /** Returns the SQL type of the key. */
    String type() {
        return type;
    }

    boolean isDescending() {
        return parameter.startsWith("-");
    }

    /** Returns an expression for ORDER BY, in the direction of this order. */
    String inOrder(String expression) {
        return isDescending() ? expression + " DESC" : expression;
    }

    /** Returns the condition that a row is after another one in this order. */
    String after(String row, String other) {
        return row + (isDescending() ? " < " : " > ") + other;
    }

    /** Returns the condition that a row {@code k} with a key is after the place in the parameters. */
    String afterKey() {
        return after("(k." + key + ", k.id)", "(cast(:key AS " + type + "), :keyId)");
    }

    /** Returns whether there is an index of a filter's column with this order. */
    boolean hasIndex(String column) {
        return switch (this) {
            case NEWEST, PRICE, PRICE_DESCENDING, SCORE -> true;
            case ADJUSTED_PRICE, ADJUSTED_PRICE_DESCENDING ->
                column.equals("cpu_id") || column.equals("gpu_id") || column.equals("owner_id");
            case DOLLAR_PER_MARK_MULTI, DOLLAR_PER_MARK_SINGLE -> column.equals("gpu_id") || column.equals("owner_id");
        };
    }

    /** Returns the order of the listings of one CPU, whose dollars per mark follow from the price. */
    ListingOrder ofOneCpu() {
        return table.equals("listing_dollars") ? PRICE : this;
    }

    boolean isPrice() {
        return this == PRICE || this == PRICE_DESCENDING;
    }

    /** Returns whether cheap listings have other keys than expensive ones. */
    boolean isRelatedToPrice() {
        return this != NEWEST && !isPrice();
    }

    /** Returns whether a listing may have no key. */
    boolean allowsNull() {
        return this != NEWEST;
    }

    /** Returns the key of a listing; null if it has none. */
    @Nullable
    Object key(Listing listing) {
        return switch (this) {
            case NEWEST -> listing.createdAt();
            case PRICE, PRICE_DESCENDING -> listing.priceUsd();
            case ADJUSTED_PRICE, ADJUSTED_PRICE_DESCENDING -> listing.adjustedPriceUsd();
            case SCORE -> listing.scoreComposite();
            case DOLLAR_PER_MARK_MULTI -> listing.dollarPerCpuMarkMulti();
            case DOLLAR_PER_MARK_SINGLE -> listing.dollarPerCpuMarkSingle();
        };
    }
}
