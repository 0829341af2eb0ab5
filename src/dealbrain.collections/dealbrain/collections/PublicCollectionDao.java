package dealbrain.collections;

import dealbrain.database.ColumnReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The statements that show collections to everybody; each method is one statement. */
interface PublicCollectionDao extends SqlObject {
    String FIND = "SELECT " + PublicCollectionRows.COLUMNS + " FROM collection c" + PublicCollectionRows.JOINS
            + " WHERE c.id = :id AND c.visibility = 'public'" + PublicCollectionRows.ORDER;

    /** A public collection with one page of its items, their listings and all relations of these. */
    default Optional<PublicCollection> find(long id, int limit, int offset) {
        return getHandle().createQuery(FIND).bind("id", id).bind("limit", limit).bind("offset", offset)
                .scanResultSet((results, _) -> {
                    try (ResultSet result = results.get()) {
                        return PublicCollectionRows.read(result);
                    }
                });
    }

    /** One page of a search with the number of all it finds. */
    default Discovered discover(DiscoverSearch search) {
        return getHandle().createQuery(search.sql()).bindMap(search.parameters()).scanResultSet((results, _) -> {
            try (ResultSet result = results.get()) {
                return Discovered.read(result);
            }
        });
    }

    @SqlQuery("""
            UPDATE collection c SET view_count = c.view_count + v.people, crawler_count = c.crawler_count + v.crawlers
              FROM unnest(:ids::bigint[], :people::bigint[], :crawlers::bigint[]) AS v (id, people, crawlers) WHERE c.id = v.id
            RETURNING c.id, c.view_count
            """)
    List<ViewTotal> addViews(List<Long> ids, List<Long> people, List<Long> crawlers);

    /** What {@link #discover} found. */
    record Discovered(List<PublicCollection> collections, long total) {
        /** The total stands in the first column of each row, and in a row of its own when the page is empty. */
        private static Discovered read(ResultSet result) throws SQLException {
            ColumnReader row = new ColumnReader(result);
            List<PublicCollection> collections = new ArrayList<>();
            long total = 0;
            while (result.next()) {
                total = row.rewind().int64();
                if (row.int64OrNull() != null) {
                    collections.add(PublicCollectionRows.collection(row.skip(-1)));
                }
            }
            return new Discovered(collections, total);
        }
    }
}
