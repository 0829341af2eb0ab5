package dealbrain.collections;

import dealbrain.database.PageSql;
import dealbrain.database.Words;
import dealbrain.database.WordsPageSql;
import dealbrain.http.ListCursors.TimeKey;
import java.util.HashMap;
import java.util.Map;

/**
 * The statement that searches a user's own collections: it returns the total and one page, newest first. Its text
 * consists of constants for the filters in use, as in {@link DiscoverSearch}.
 */
final class CollectionSearch {
    private static final String AFTER = "(c.created_at, c.id) < (:time::timestamptz, :id)";
    private static final String ORDER = "c.created_at DESC, c.id DESC";

    private final Map<String, Object> parameters = new HashMap<>();
    private final String sql;

    CollectionSearch(long userId, CollectionListQuery query, TimeKey start) {
        parameters.put("userId", userId);
        parameters.put("time", start.time());
        parameters.put("id", start.id());
        String condition = "c.user_id = :userId";
        if (query.visibility() != null) {
            condition += " AND c.visibility = :visibility";
            parameters.put("visibility", query.visibility());
        }
        String words = Words.query(query.q());
        if (words == null) {
            sql = new PageSql("collection c WHERE " + condition, AFTER, ORDER)
                    .select(CollectionRows.COLLECTION_COLUMNS, "c", "");
        } else {
            parameters.put("words", words);
            sql = new WordsPageSql("collection", "c", condition, AFTER, ORDER)
                    .selectFromSome(CollectionDao.WORDS, "true", CollectionRows.COLLECTION_COLUMNS, "");
        }
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        return sql;
    }
}
