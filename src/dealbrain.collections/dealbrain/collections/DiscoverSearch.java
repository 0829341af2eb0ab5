package dealbrain.collections;

import dealbrain.database.PageSql;
import dealbrain.database.Words;
import dealbrain.database.WordsPageSql;
import dealbrain.http.ListCursors;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The statement that searches the public collections: it returns the total and one page with the names of the owners.
 * Its text consists of constants for the filters in use. A filter that is not used must not be in the text, because a
 * generic plan could not use an index then.
 */
final class DiscoverSearch {
    private static final String COLUMNS = PublicCollectionRows.COLLECTION_COLUMNS + ", " + PublicCollectionDao.STAMP;
    private static final String OWNER = PublicCollectionRows.OWNER;
    private static final String IS_PUBLIC = "is_public"; // exactly those of the public collections (sql/0018-lists.sql)

    private final Map<String, Object> parameters = new HashMap<>();
    private final String sql;

    DiscoverSearch(DiscoverQuery query, Optional<ListCursors.Keys> start) {
        DiscoverOrder order = query.sort();
        order.bind(start, parameters);
        String condition = "c.visibility = 'public'";
        if (query.ownerId() != null) {
            condition += " AND c.user_id = :ownerId";
            parameters.put("ownerId", query.ownerId());
        }
        String words = Words.query(query.q());
        if (words == null) {
            sql = new PageSql("collection c WHERE " + condition, order.after(), order.sql())
                    .select(COLUMNS, "c", OWNER);
        } else {
            parameters.put("words", words);
            WordsPageSql list = new WordsPageSql("collection", "c", condition, order.after(), order.sql());
            sql = query.ownerId() == null
                    ? list.selectFromAll(CollectionDao.WORDS, IS_PUBLIC, COLUMNS, OWNER)
                    : list.selectFromSome(CollectionDao.WORDS, IS_PUBLIC, COLUMNS, OWNER);
        }
    }

    Map<String, Object> parameters() {
        return parameters;
    }

    String sql() {
        return sql;
    }
}
