package dealbrain.listings;

import dealbrain.database.TextSearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The statement that searches listings: it returns the total and one page with its parts. It selects the page before
 * the joins. Its text consists of constants for the filters in use, so that each combination stays prepared. A filter
 * that is not used must not be in the text, because a generic plan could not use an index then.
 */
final class ListingSearch {
    /**
     * Uses a subquery, because otherwise PostgreSQL may scan in the sort order and split each title into words until
     * the page is full.
     */
    private static final String WORDS =
            "l.id = ANY (ARRAY(SELECT id FROM listing WHERE words_of(title) @@ to_tsquery('simple', :words)))";

    private final List<String> filters = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private final ListingOrder order;

    ListingSearch(ListingQuery query) {
        String words = TextSearch.query(query.q());
        if (words != null) {
            filter(WORDS, "words", words);
        }
        if (query.status() != null) {
            filter("l.status = :status", "status", query.status());
        }
        if (query.condition() != null) {
            filter("l.condition = :condition", "condition", query.condition());
        }
        if (query.cpuId() != null) {
            filter("l.cpu_id = :cpuId", "cpuId", query.cpuId());
        }
        if (query.gpuId() != null) {
            filter("l.gpu_id = :gpuId", "gpuId", query.gpuId());
        }
        if (query.minPrice() != null) {
            filter("l.price_usd >= :minPrice", "minPrice", query.minPrice());
        }
        if (query.maxPrice() != null) {
            filter("l.price_usd <= :maxPrice", "maxPrice", query.maxPrice());
        }
        parameters.put("limit", query.limit());
        parameters.put("offset", query.offset());
        order = query.sort();
    }

    private void filter(String condition, String name, Object value) {
        filters.add(condition);
        parameters.put(name, value);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        String where = filters.isEmpty() ? "" : " WHERE " + String.join(" AND ", filters);
        return "SELECT matches.total, " + ListingRows.COLUMNS
                + " FROM (SELECT count(*) AS total FROM listing l" + where + ") matches"
                + " LEFT JOIN LATERAL (SELECT l.* FROM listing l LEFT JOIN cpu ON cpu.id = l.cpu_id" + where
                + " ORDER BY " + order.sql() + " LIMIT :limit OFFSET :offset) l ON true"
                + ListingRows.JOINS + "ORDER BY " + order.sql();
    }
}
