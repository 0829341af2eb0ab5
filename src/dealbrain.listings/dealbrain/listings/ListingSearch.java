package dealbrain.listings;

import dealbrain.database.TextSearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A search for listings as one statement: the total, and one page with its parts. The page is selected before anything is
 * joined. The text is made of constants and depends on which filters are used, never on their values, so that each combination
 * stays prepared. An unused filter must not be in the text, or a generic plan could not use an index.
 */
final class ListingSearch {
    /** A subquery of its own: otherwise PostgreSQL may scan along the order and split titles into words until the page is full. */
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
        return "SELECT found.total, " + ListingRows.COLUMNS
                + " FROM (SELECT count(*) AS total FROM listing l" + where + ") found"
                + " LEFT JOIN LATERAL (SELECT l.* FROM listing l LEFT JOIN cpu ON cpu.id = l.cpu_id" + where
                + " ORDER BY " + order.sql() + " LIMIT :limit OFFSET :offset) l ON true"
                + ListingRows.JOINS + "ORDER BY " + order.sql();
    }
}
