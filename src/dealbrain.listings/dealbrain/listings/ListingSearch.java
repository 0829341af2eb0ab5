package dealbrain.listings;

import dealbrain.database.TextSearch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A search as one statement: how many it finds, and one page of them with their parts. The page is chosen before anything is
 * joined. The text is put together from constants, by which filters there are and never by their values, so that each
 * combination stays prepared; a filter that is absent must not stand in it, or a generic plan could not use an index.
 */
public final class ListingSearch {
    private static final Map<String, String> ORDERS = Map.of(
            "-created_at", "l.created_at DESC, l.id DESC",
            "price_usd", "l.price_usd, l.id",
            "-price_usd", "l.price_usd DESC NULLS LAST, l.id DESC",
            "-score_composite", "l.score_composite DESC NULLS LAST, l.id DESC",
            "dollar_per_cpu_mark_multi", "l.price_usd / cpu.cpu_mark_multi, l.id");

    /** Asked apart, or PostgreSQL would walk along the order and take the titles to pieces until it has met enough of them. */
    private static final String WORDS =
            "l.id = ANY (ARRAY(SELECT id FROM listing WHERE words_of(title) @@ to_tsquery('simple', :words)))";

    private final List<String> filters = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private final String order;

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
        order = Objects.requireNonNull(
                ORDERS.get(query.sort()), "the schema of the query lets through known orders only");
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
        return "SELECT found.total, " + ListingRows.COLUMNS + " FROM (SELECT count(*) AS total FROM listing l" + where
                + ") found"
                + " LEFT JOIN LATERAL (SELECT l.* FROM listing l LEFT JOIN cpu ON cpu.id = l.cpu_id" + where
                + " ORDER BY " + order
                + " LIMIT :limit OFFSET :offset) l ON true"
                + ListingRows.JOINS + " ORDER BY " + order;
    }
}
