package dealbrain.listings;

import dealbrain.http.CountMode;
import dealbrain.http.ListCursors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The statement that searches listings: it counts them, and returns one page with their parts
 * (docs/decisions/0025-lists-of-listings.md). Its text consists of constants for the filters in use, so that each
 * combination stays prepared. Limits within it are constants as well: a generic plan does not know parameters.
 *
 * <p>With one filter, the page is read from the index that has the filter and the order. With several, or with prices,
 * the statement first finds up to 10,001 listings, by the index of words and facets or that of prices. If they are few,
 * they are sorted. If there are more, the index of an order usually has a page of them near its start. If it has not,
 * because the filter is related to the order, all that match are sorted.
 */
final class ListingSearch {
    /**
     * What a search reads at most in one way, before it reads in another one.
     *
     * @param few         the number of listings up to which all that match are sorted
     * @param fewPrices   the same if the page can be read by ranges of prices without testing other filters
     * @param steps       the number of entries of an order's index that are tested; all that match are sorted then
     * @param stepsPerRow tested entries for each row up to the end of the page, if that is more
     */
    record Limits(int few, int fewPrices, int steps, int stepsPerRow) {
        static final Limits DEFAULT = new Limits(5_000, 1_000, 5_000, 10);
    }

    private static final long COUNTED = CountMode.LIMIT + 1;

    /** The limits of rows that are read: those before a page, the page, and one more, rounded up to a few constants. */
    private static final int[] SIZES = {21, 101, 10_101};

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,20}(\\.\\d{1,20})?");

    private final ListingFilters filters;
    private final ListingOrder order;
    private final CountMode count;
    private final int few;
    private final int steps;
    private final int size;
    private final Map<String, Object> parameters;

    /**
     * @param viewerId the id of the user who sends the query
     * @param start    the keys of the cursor
     */
    ListingSearch(long viewerId, ListingQuery query, Optional<ListCursors.Keys> start, Limits limits) {
        this.filters = new ListingFilters(viewerId, query);
        this.order = query.order();
        this.count = query.count();
        this.size = size(query.offset() + query.limit() + 1);
        this.few = filters.areReadByPrice(order) && !filters.areCombined() ? limits.fewPrices() : limits.few();
        this.steps = Math.max(limits.steps(), limits.stepsPerRow() * size);
        this.parameters = new HashMap<>(filters.parameters());
        bind(start);
    }

    private static int size(int rows) {
        for (int size : SIZES) {
            if (rows <= size) {
                return size;
            }
        }
        throw new IllegalArgumentException("a page ends at row " + rows);
    }

    /** Binds the place after which the page starts: a key with an id, or an id among the listings without a key. */
    private void bind(Optional<ListCursors.Keys> start) {
        String first = order.isDescending() ? "Infinity" : "-Infinity";
        String last = order.isDescending() ? "-Infinity" : "Infinity";
        long before = order.isDescending() ? Long.MAX_VALUE : Long.MIN_VALUE;
        Optional<String> key =
                start.filter(keys -> keys.textOrNull(0).isPresent()).map(this::key);
        long id = start.map(keys -> keys.int64(1)).orElse(before);
        boolean isAmongNulls = start.isPresent() && key.isEmpty();
        parameters.put("key", key.orElse(isAmongNulls ? last : first));
        parameters.put("keyId", id);
        parameters.put("nullId", isAmongNulls ? id : before);
    }

    private String key(ListCursors.Keys keys) {
        return order == ListingOrder.NEWEST ? keys.time(0) : keys.text(0, NUMBER);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        ListingWalk walk = new ListingWalk(filters, order, size, steps);
        return "WITH " + (filters.areGathered(order) ? gathered(walk) : walk.rows("true"))
                + ", page AS (SELECT * FROM (SELECT * FROM (SELECT * FROM walk"
                + (filters.areGathered(order) ? " WHERE NOT (SELECT is_cut FROM walk_end) UNION ALL " + sorted() : "")
                + ") rows" + ordered("") + " LIMIT " + size + ") rows LIMIT :limit OFFSET :offset)"
                + " SELECT total.number, " + ListingRows.COLUMNS
                + " FROM (SELECT " + total() + " AS number) total"
                + " LEFT JOIN page ON true LEFT JOIN listing l ON l.id = page.id" + ListingRows.JOINS
                + ordered("page.");
    }

    /** Returns the listings that match, up to a limit, and the walk, which is executed if they are many. */
    private String gathered(ListingWalk walk) {
        return matching() + "found AS MATERIALIZED (SELECT count(*) AS number FROM matching), "
                + walk.rows("(SELECT number FROM found) > " + few)
                + ", walk_end AS MATERIALIZED (SELECT CASE WHEN number <= "
                + few + " THEN false ELSE " + walk.isCut() + " END AS is_cut FROM found)";
    }

    private String matching() {
        boolean byPrice = filters.areCombined() && filters.hasPrices();
        return byPrice
                ? priced()
                : "matching AS MATERIALIZED (SELECT id FROM " + matches() + " LIMIT " + COUNTED + "), ";
    }

    /**
     * Returns the listings that match several filters with prices. If few listings have such a price, they are tested
     * one by one: the ranges of prices in the index of words have many more.
     */
    private String priced() {
        return "priced AS MATERIALIZED (SELECT k.id FROM listing k WHERE true" + filters.onPrice() + " LIMIT "
                + (few + 1)
                + "), matching AS MATERIALIZED (SELECT id FROM (SELECT id FROM priced"
                + " WHERE (SELECT count(*) FROM priced) <= " + few + " AND (SELECT true"
                + filters.onWordsWithoutPrices()
                + " FROM listing_words w WHERE w.id = priced.id)"
                + " UNION ALL SELECT w.id FROM listing_words w WHERE (SELECT count(*) FROM priced) > " + few
                + filters.onWords() + ") matches LIMIT " + COUNTED + "), ";
    }

    /** Returns the listings that match, as FROM and WHERE; they have an {@code id}. */
    private String matches() {
        return filters.areCombined()
                ? "listing_words w WHERE true" + filters.onWords()
                : "listing k WHERE true" + filters.onListing();
    }

    private String total() {
        return switch (count) {
            case NONE -> "0";
            case LIMITED ->
                filters.areGathered(order)
                        ? "(SELECT number FROM found)"
                        : "(SELECT count(*) FROM (SELECT FROM " + matches() + " LIMIT " + COUNTED + ") counted)";
            case EXACT -> "(SELECT count(*) FROM " + matches() + ")";
        };
    }

    /** Returns the first of the listings that match, if they are few or the walk was cut. */
    private String sorted() {
        String key = "k." + order.key();
        String nulls = order.allowsNull() ? " OR " + key + " IS NULL AND " + order.after("k.id", ":nullId") : "";
        return "(SELECT k.id, " + key + " IS NULL AS without_key, " + key + " AS key FROM (" + few() + " UNION ALL "
                + rows("SELECT id FROM " + matches() + " AND (SELECT is_cut FROM walk_end)") + ") k WHERE ("
                + order.afterKey() + nulls + ")" + ordered("") + " LIMIT " + size + ")";
    }

    /** Returns the listings that match, if they are few. The index of prices leads to keys, the others to ids. */
    private String few() {
        String areFew = "(SELECT number FROM found) <= " + few;
        return !filters.areCombined() && order.table().equals("listing")
                ? "(SELECT k.id, k." + order.key() + " FROM listing k WHERE " + areFew + filters.onPrice()
                        + " ORDER BY k.price_usd, k.id LIMIT " + few + ")"
                : rows("SELECT id FROM matching WHERE " + areFew);
    }

    /** Returns the listings of a query for ids, with their keys. Without OFFSET, PostgreSQL may join all listings. */
    private String rows(String ids) {
        return "SELECT k.id, k." + order.key() + " FROM (" + ids + ") matches CROSS JOIN LATERAL (SELECT * FROM "
                + order.table() + " k WHERE k.id = matches.id OFFSET 0) k";
    }

    /** Returns ORDER BY of rows with and without a key; those without come last in both directions. */
    private String ordered(String alias) {
        return " ORDER BY " + alias + "without_key, " + order.inOrder(alias + "key") + ", "
                + order.inOrder(alias + "id");
    }
}
