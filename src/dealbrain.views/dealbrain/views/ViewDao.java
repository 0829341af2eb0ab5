package dealbrain.views;

import java.util.List;
import org.jdbi.v3.sqlobject.SqlObject;

/** The statement that writes views, one for each table. */
interface ViewDao extends SqlObject {
    /**
     * Returns the text for a table with the columns {@code view_count} and {@code crawler_count}. It locks the rows in
     * the order of their ids, so that concurrent calls do not deadlock.
     */
    static String statement(String table) {
        return """
                WITH viewed AS MATERIALIZED (
                     SELECT id FROM %s WHERE id = ANY(:ids) ORDER BY id FOR NO KEY UPDATE)
                UPDATE %s t SET view_count = t.view_count + v.people, crawler_count = t.crawler_count + v.crawlers
                  FROM unnest(:ids, :people, :crawlers) AS v (id, people, crawlers)
                 WHERE t.id = v.id AND t.id IN (SELECT id FROM viewed)
                RETURNING t.id, t.view_count
                """.formatted(table, table);
    }

    /**
     * Adds views to the stored totals. The lists have the same length. One statement.
     *
     * @return the new totals of views by people, in any order, without rows that were deleted
     */
    default List<ViewTotal> add(String statement, List<Long> ids, List<Long> people, List<Long> crawlers) {
        return getHandle()
                .createQuery(statement)
                .bindArray("ids", Long.class, ids)
                .bindArray("people", Long.class, people)
                .bindArray("crawlers", Long.class, crawlers)
                .map((row, _) -> new ViewTotal(row.getLong(1), row.getLong(2)))
                .list();
    }
}
