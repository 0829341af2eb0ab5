package dealbrain.collections;

import dealbrain.database.TextSearch;
import java.util.HashMap;
import java.util.Map;

/**
 * The statement that searches the public collections: it returns the total and one page with the names of the owners.
 * Its text consists of constants for the filters in use. A filter that is not used must not be in the text, because a
 * generic plan could not use an index then.
 */
final class DiscoverSearch {
    private final Map<String, Object> parameters = new HashMap<>();
    private final StringBuilder from = new StringBuilder(" FROM collection c WHERE c.visibility = 'public'");
    private final String order;

    DiscoverSearch(DiscoverQuery query) {
        String words = TextSearch.query(query.q());
        if (words != null) {
            from.append(" AND words_of(c.name || ' ' || coalesce(c.description, '')) @@ to_tsquery('simple', :words)");
            parameters.put("words", words);
        }
        if (query.ownerId() != null) {
            from.append(" AND c.user_id = :ownerId");
            parameters.put("ownerId", query.ownerId());
        }
        parameters.put("limit", query.limit());
        parameters.put("offset", query.offset());
        order = switch (query.sort()) {
            case RECENT -> "c.created_at DESC, c.id DESC";
            case POPULAR -> "c.view_count DESC, c.id DESC";
        };
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        return "SELECT matches.total, " + PublicCollectionRows.COLLECTION_COLUMNS
                + " FROM (SELECT count(*) AS total" + from + ") matches"
                + " LEFT JOIN LATERAL (SELECT c.*" + from + " ORDER BY " + order
                + " LIMIT :limit OFFSET :offset) c ON true"
                + PublicCollectionRows.OWNER + "ORDER BY " + order;
    }
}
