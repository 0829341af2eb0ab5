package dealbrain.collections;

import dealbrain.database.TextSearch;
import java.util.HashMap;
import java.util.Map;

/**
 * The statement that searches a user's own collections: it returns the total and one page, newest first. Its text
 * consists of constants for the filters in use, as in {@link DiscoverSearch}.
 */
final class CollectionSearch {
    private final Map<String, Object> parameters = new HashMap<>();
    private final StringBuilder from = new StringBuilder(" FROM collection c WHERE c.user_id = :userId");

    CollectionSearch(long userId, CollectionListQuery query) {
        parameters.put("userId", userId);
        String words = TextSearch.query(query.q());
        if (words != null) {
            from.append(" AND words_of(c.name || ' ' || coalesce(c.description, '')) @@ to_tsquery('simple', :words)");
            parameters.put("words", words);
        }
        if (query.visibility() != null) {
            from.append(" AND c.visibility = :visibility");
            parameters.put("visibility", query.visibility());
        }
        parameters.put("limit", query.limit());
        parameters.put("offset", query.offset());
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        return "SELECT matches.total, " + CollectionRows.COLLECTION_COLUMNS
                + " FROM (SELECT count(*) AS total" + from + ") matches"
                + " LEFT JOIN LATERAL (SELECT c.*" + from
                + " ORDER BY c.created_at DESC, c.id DESC LIMIT :limit OFFSET :offset) c ON true"
                + " ORDER BY c.created_at DESC, c.id DESC";
    }
}
