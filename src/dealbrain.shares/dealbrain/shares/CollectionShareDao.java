package dealbrain.shares;

import dealbrain.collections.BestDeals;
import dealbrain.collections.PublicCollectionRows;
import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code collection_share}; each method is one statement. Links expire by the database's clock. */
@RegisterRowMapper(CollectionShareDao.ShareMapper.class)
@RegisterRowMapper(CollectionShareDao.CopySourceMapper.class)
interface CollectionShareDao extends SqlObject {
    String SHARE = "s.id, s.collection_id, s.share_token, s.view_count, s.created_at, s.expires_at, "
            + "coalesce(s.expires_at <= now(), false)";

    /** Reads the columns of {@link #SHARE}. The address stays empty; the service, which knows the base URL, sets it. */
    final class ShareMapper implements RowMapper<CollectionShare> {
        @Override
        public CollectionShare map(ResultSet result, StatementContext context) throws SQLException {
            return read(new ColumnReader(result));
        }

        private static CollectionShare read(ColumnReader row) throws SQLException {
            return new CollectionShare(
                    row.int64(),
                    row.int64(),
                    row.text(),
                    "",
                    row.int64(),
                    row.instant(),
                    row.instantOrNull(),
                    row.bool());
        }
    }

    @SqlQuery("INSERT INTO collection_share AS s (collection_id, share_token, expires_at) "
            + "VALUES (:collectionId, :token, now() + make_interval(days => :days)) RETURNING " + SHARE)
    CollectionShare insert(long collectionId, String token, @Nullable Integer days);

    String LIST = new PageSql(
                    "collection_share s WHERE s.collection_id = :collectionId", "s.id < :beforeId", "s.id DESC")
            .select(SHARE, "s", "");

    /** Returns the links to a collection with ids less than {@code beforeId}, highest first. */
    default PagedRows<CollectionShare> list(long collectionId, long beforeId, PageRange range) {
        return PagedRows.read(
                getHandle().createQuery(LIST).bind("collectionId", collectionId).bind("beforeId", beforeId),
                range,
                ShareMapper::read);
    }

    @SqlUpdate("DELETE FROM collection_share WHERE id = :id AND collection_id = :collectionId")
    int delete(long collectionId, long id);

    /** The collection that a link leads to, as far as copying it needs. */
    record CopySource(long collectionId, long ownerId, String name, boolean expired) {}

    /** Reads the columns of {@link #find}. */
    final class CopySourceMapper implements RowMapper<CopySource> {
        @Override
        public CopySource map(ResultSet result, StatementContext context) throws SQLException {
            ColumnReader row = new ColumnReader(result);
            return new CopySource(row.int64(), row.int64(), row.text(), row.bool());
        }
    }

    @SqlQuery("""
            SELECT c.id, c.user_id, c.name, coalesce(s.expires_at <= now(), false)
              FROM collection_share s JOIN collection c ON c.id = s.collection_id
             WHERE s.share_token = :token AND c.visibility <> 'private'
            """)
    Optional<CopySource> find(String token);

    String OPEN = open("", "");
    String OPEN_WITH_BEST = open(BestDeals.COLUMNS + ", ", BestDeals.JOIN);

    private static String open(String columns, String join) {
        return "SELECT s.id, coalesce(s.expires_at <= now(), false), c.user_id, " + ShareRows.VALIDITY + ", " + columns
                + PublicCollectionRows.COLUMNS
                + " FROM collection_share s JOIN collection c ON c.id = s.collection_id" + PublicCollectionRows.JOINS
                + join + " WHERE s.share_token = :token AND c.visibility <> 'private'" + PublicCollectionRows.ORDER;
    }

    /** Returns a link, also an expired one, with one page of its collection; empty if the collection is private. */
    default Optional<CollectionShareTarget> open(String token, int limit, int offset) {
        return open(OPEN, token, limit, offset, _ -> BestDeals.NONE);
    }

    /** Returns the same as {@link #open}, with the best deals of the whole collection. */
    default Optional<CollectionShareTarget> openWithBest(String token, int limit, int offset) {
        return open(OPEN_WITH_BEST, token, limit, offset, BestDeals::read);
    }

    private Optional<CollectionShareTarget> open(
            String statement, String token, int limit, int offset, BestReader best) {
        return getHandle()
                .createQuery(statement)
                .bind("token", token)
                .bind("limit", limit)
                .bind("offset", offset)
                .scanResultSet((results, _) -> {
                    try (ResultSet result = results.get()) {
                        return read(result, best);
                    }
                });
    }

    /** Reads the columns of the best deals, if the statement selects them. */
    @FunctionalInterface
    interface BestReader {
        BestDeals read(ColumnReader row) throws SQLException;
    }

    private static Optional<CollectionShareTarget> read(ResultSet result, BestReader bestReader) throws SQLException {
        PublicCollectionRows rows = new PublicCollectionRows();
        ColumnReader row = new ColumnReader(result);
        if (!result.next()) {
            return Optional.empty();
        }
        long shareId = row.int64();
        boolean expired = row.bool();
        long ownerId = row.int64();
        ShareValidity validity = ShareRows.validity(row);
        BestDeals best = bestReader.read(row);
        int width = row.position() - 1;
        rows.add(row);
        while (result.next()) {
            rows.add(row.rewind().skip(width));
        }
        return rows.collection()
                .map(collection -> new CollectionShareTarget(shareId, expired, ownerId, validity, collection, best));
    }

    /** Skips the rows that another transaction has locked, so that it waits for none. */
    @SqlUpdate("""
            DELETE FROM collection_share WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM collection_share WHERE expires_at < now() - make_interval(days => :days)
                    ORDER BY expires_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteExpired(int days, int batch);
}
