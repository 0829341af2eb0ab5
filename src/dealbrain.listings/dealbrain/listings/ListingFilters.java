package dealbrain.listings;

import dealbrain.database.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The filters of a search, in two forms: as conditions on the columns of a listing, and as conditions on
 * {@code listing_words}, whose index finds the listings that match several filters. A filter that is not used must not
 * be in the text of a statement, because a generic plan could not use an index then.
 */
final class ListingFilters {
    private static final String HAS_WORDS =
            " AND (SELECT w.words @@ cast(:words AS tsquery) FROM listing_words w WHERE w.id = k.id)";

    /** A filter by one value of a column of {@code k}. */
    private record Equality(String column, String parameter) {
        String condition() {
            return " AND k." + column + " = :" + parameter;
        }

        String facet() {
            return "'" + parameter + ":' || cast(:" + parameter + " AS text)";
        }
    }

    /** The one with the fewest listings first. */
    private final List<Equality> equalities = new ArrayList<>();

    private final Map<String, Object> parameters = new HashMap<>();
    private final List<String> prices = new ArrayList<>();
    private final boolean hasWords;

    /** @param viewerId the id of the user who sends the query */
    ListingFilters(long viewerId, ListingQuery query) {
        equal("cpu_id", "cpu", query.cpuId());
        equal("gpu_id", "gpu", query.gpuId());
        equal("owner_id", "owner", query.owner() == null ? null : viewerId);
        boolean isActive = query.status() == ListingStatus.ACTIVE; // as most listings
        equal("status", "status", isActive ? null : query.status());
        equal("condition", "condition", query.condition());
        equal("status", "status", isActive ? query.status() : null);
        price(" >= :minPrice", "minPrice", query.minPrice());
        price(" <= :maxPrice", "maxPrice", query.maxPrice());
        String words = Words.query(query.q());
        hasWords = words != null;
        if (words != null) {
            parameters.put("words", words);
        }
    }

    private void equal(String column, String parameter, @Nullable Object value) {
        if (value != null) {
            equalities.add(new Equality(column, parameter));
            parameters.put(parameter, value);
        }
    }

    private void price(String condition, String name, @Nullable Object value) {
        if (value != null) {
            prices.add(condition);
            parameters.put(name, value);
        }
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    boolean hasPrices() {
        return !prices.isEmpty();
    }

    /** Returns whether more than one filter must match, so that no index of {@code listing} has all of them. */
    boolean areCombined() {
        return hasWords || equalities.size() + (hasPrices() ? 1 : 0) > 1;
    }

    /** Returns whether no index has both the filters and the order, so that matching listings are counted first. */
    boolean areGathered(ListingOrder order) {
        return areCombined() || (hasPrices() && !order.isPrice());
    }

    /**
     * Returns whether a list is read in ranges of prices: the score and the dollars per mark are related to the price,
     * so that the listings of the filter may begin far from the start of the order. One CPU, GPU or owner has few
     * listings, which are read instead.
     */
    boolean areReadByPrice(ListingOrder order) {
        return hasPrices()
                && order.isRelatedToPrice()
                && !parameters.containsKey("cpu")
                && !parameters.containsKey("gpu")
                && !parameters.containsKey("owner");
    }

    /**
     * Returns the column that precedes the key in the index that is read: that of a filter, or the range of prices.
     * Empty if the index has the key only.
     */
    Optional<String> indexColumn(ListingOrder order) {
        return areReadByPrice(order)
                ? Optional.of("price_range(k.price_usd)")
                : filterOfIndex(order).map(filter -> "k." + filter.column());
    }

    private Optional<Equality> filterOfIndex(ListingOrder order) {
        return equalities.stream()
                .filter(filter -> order.hasIndex(filter.column()))
                .findFirst();
    }

    /**
     * Returns the conditions that the index has; each starts with AND. The column is compared with an array, so that
     * PostgreSQL keeps it in ORDER BY. It leaves out a column that equals one value there, and may then read the index
     * of the key only, and skip all rows with other values.
     */
    String ofIndex(ListingOrder order) {
        if (areReadByPrice(order)) {
            return " AND price_range(k.price_usd) = ANY(ARRAY[price.range])";
        }
        String filter = filterOfIndex(order)
                .map(each -> " AND k." + each.column() + " = ANY(ARRAY[:" + each.parameter() + "])")
                .orElse("");
        return filter + (order.isPrice() ? prices("k.price_usd") : "");
    }

    /**
     * Returns the conditions that {@link #ofIndex} leaves, with AND. They are in a subquery, so that PostgreSQL does
     * not use the index of another filter, and sort all that it finds.
     */
    String afterIndex(ListingOrder order) {
        List<Equality> left = new ArrayList<>(equalities);
        if (!areReadByPrice(order)) {
            filterOfIndex(order).ifPresent(left::remove);
        }
        String text = left.stream().map(Equality::condition).collect(Collectors.joining())
                + (order.isPrice() ? "" : prices("k.price_usd"))
                + (hasWords ? HAS_WORDS : "");
        return text.isEmpty() ? "" : " AND (SELECT true" + text + ")";
    }

    /** Returns the conditions of a search by one filter on a row {@code k}; each starts with AND. */
    String onListing() {
        return equalities.stream().map(Equality::condition).collect(Collectors.joining()) + prices("k.price_usd");
    }

    /** Returns the conditions of the prices on a row {@code k}; each starts with AND. */
    String onPrice() {
        return prices("k.price_usd");
    }

    /** Returns the conditions on a row {@code w} of {@code listing_words}; each starts with AND. */
    String onWords() {
        StringBuilder text = new StringBuilder(onWordsWithoutPrices());
        if (hasPrices()) {
            // only in the first and the last range are there prices outside of the filter
            text.append(" AND w.facets && ").append(priceFacets(firstRange(), lastRange()));
            text.append(" AND (w.facets && ").append(priceFacets(firstRange() + " + 1", lastRange() + " - 1"));
            text.append(" OR (SELECT true").append(prices("d.price_usd"));
            text.append(" FROM listing_dollars d WHERE d.id = w.id))");
        }
        return text.toString();
    }

    /** As {@link #onWords}, without the conditions of the prices. */
    String onWordsWithoutPrices() {
        StringBuilder text = new StringBuilder();
        if (hasWords) {
            text.append(" AND w.words @@ cast(:words AS tsquery)");
        }
        if (!equalities.isEmpty()) {
            text.append(equalities.stream()
                    .map(Equality::facet)
                    .collect(Collectors.joining(", ", " AND w.facets @> ARRAY[", "]")));
        }
        return text.toString();
    }

    private String prices(String column) {
        return prices.stream().map(price -> " AND " + column + price).collect(Collectors.joining());
    }

    private static String priceFacets(String first, String last) {
        return "ARRAY(SELECT 'price:' || range FROM generate_series(" + first + ", " + last + ") AS price(range))";
    }

    /** Returns the ranges that have all prices of the filter, as {@code price.range}, for FROM. */
    String priceRanges() {
        return "generate_series(" + firstRange() + ", " + lastRange() + ") AS price(range)";
    }

    private String firstRange() {
        return parameters.containsKey("minPrice") ? "price_range(:minPrice)" : "0";
    }

    private String lastRange() {
        return "price_range(" + (parameters.containsKey("maxPrice") ? ":maxPrice" : "1000000") + ")";
    }
}
