package dealbrain.collections;

import dealbrain.caching.LoadResult;
import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SqlObject;

/** The statements on public collections; each method is one statement. */
interface PublicCollectionDao extends SqlObject {
    /**
     * A public collection, as a statement has read it.
     *
     * @param snapshot {@link LoadResult#SNAPSHOT}
     */
    record Found(PublicCollection collection, long ownerId, String snapshot) {
        /** Reads a row without items: the columns of a collection, and then {@link #STAMP}. */
        static Found read(ColumnReader row) throws SQLException {
            return new Found(PublicCollectionRows.collection(row), row.int64(), row.text());
        }
    }

    /** The columns of {@link Found} besides those of the collection. */
    String STAMP = "c.user_id, " + LoadResult.SNAPSHOT;

    String FIND = "SELECT " + STAMP + ", " + PublicCollectionRows.COLUMNS + " FROM collection c"
            + PublicCollectionRows.JOINS + " WHERE c.id = :id AND c.visibility = 'public'" + PublicCollectionRows.ORDER;

    /** Returns a public collection with one page of its items, their listings and all relations of these. */
    default Optional<Found> find(long id, int limit, int offset) {
        return getHandle()
                .createQuery(FIND)
                .bind("id", id)
                .bind("limit", limit)
                .bind("offset", offset)
                .scanResultSet((results, _) -> {
                    try (ResultSet result = results.get()) {
                        return read(result);
                    }
                });
    }

    private static Optional<Found> read(ResultSet result) throws SQLException {
        if (!result.next()) {
            return Optional.empty();
        }
        ColumnReader row = new ColumnReader(result);
        long ownerId = row.int64();
        String snapshot = row.text();
        int width = row.position() - 1;
        PublicCollectionRows rows = new PublicCollectionRows();
        do {
            rows.add(row.rewind().skip(width));
        } while (result.next());
        return rows.collection().map(collection -> new Found(collection, ownerId, snapshot));
    }

    /** Returns one page of a search with the total. */
    default PagedRows<Found> discover(DiscoverSearch search, PageRange range) {
        return PagedRows.read(getHandle().createQuery(search.sql()).bindMap(search.parameters()), range, Found::read);
    }
}
