package dealbrain.listings;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A search as one statement: how many it finds, and one page of them with their parts. The page is chosen before anything is
 * joined. The text is put together from constants, by which filters there are and never by their values, so that each
 * combination stays prepared; a filter that is absent must not stand in it, or a generic plan could not use an index.
 */
final class ListingSearch {
    private static final Map<String, String> ORDERS = Map.of(
            "-created_at", "l.created_at DESC, l.id DESC",
            "price_usd", "l.price_usd, l.id",
            "-price_usd", "l.price_usd DESC NULLS LAST, l.id DESC",
            "-score_composite", "l.score_composite DESC NULLS LAST, l.id DESC",
            "dollar_per_cpu_mark_multi", "l.price_usd / (SELECT cpu_mark_multi FROM cpu mark WHERE mark.id = l.cpu_id), l.id");

    private final List<String> filters = new ArrayList<>();
    private final Map<String, Object> parameters = new HashMap<>();
    private final String order;

    ListingSearch(ListingQuery query) {
        String words = Words.query(query.q());
        if (words != null) {
            filter("words_of(l.title) @@ to_tsquery('simple', :words)", "words", words);
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
        order = ORDERS.get(query.sort());
    }

    private void filter(String condition, String name, Object value) {
        filters.add(condition);
        parameters.put(name, value);
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        String from = " FROM listing l" + (filters.isEmpty() ? "" : " WHERE " + String.join(" AND ", filters));
        return "SELECT found.total, " + ListingRows.COLUMNS + " FROM (SELECT count(*) AS total" + from + ") found"
                + " LEFT JOIN LATERAL (SELECT l.*" + from + " ORDER BY " + order + " LIMIT :limit OFFSET :offset) l ON true"
                + ListingRows.JOINS + " ORDER BY " + order;
    }
}
