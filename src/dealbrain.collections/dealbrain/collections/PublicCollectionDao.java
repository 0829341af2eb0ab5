package dealbrain.collections;

import dealbrain.database.PagedRows;
import dealbrain.views.ViewTotal;
import java.sql.ResultSet;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The statements on public collections; each method is one statement. */
interface PublicCollectionDao extends SqlObject {
    String FIND = "SELECT " + PublicCollectionRows.COLUMNS + " FROM collection c" + PublicCollectionRows.JOINS
            + " WHERE c.id = :id AND c.visibility = 'public'" + PublicCollectionRows.ORDER;

    /** Returns a public collection with one page of its items, their listings and all relations of these. */
    default Optional<PublicCollection> find(long id, int limit, int offset) {
        return getHandle()
                .createQuery(FIND)
                .bind("id", id)
                .bind("limit", limit)
                .bind("offset", offset)
                .scanResultSet((results, _) -> {
                    try (ResultSet result = results.get()) {
                        return PublicCollectionRows.read(result);
                    }
                });
    }

    /** Returns one page of a search with the total. */
    default PagedRows<PublicCollection> discover(DiscoverSearch search) {
        return PagedRows.read(
                getHandle().createQuery(search.sql()).bindMap(search.parameters()), PublicCollectionRows::collection);
    }

    @SqlQuery("""
            UPDATE collection c
               SET view_count = c.view_count + v.people, crawler_count = c.crawler_count + v.crawlers
              FROM unnest(:ids::bigint[], :people::bigint[], :crawlers::bigint[]) AS v (id, people, crawlers)
             WHERE c.id = v.id
            RETURNING c.id, c.view_count
            """)
    List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers);
}
