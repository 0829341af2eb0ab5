package dealbrain.shares;

import dealbrain.accounts.UserColumns;
import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import dealbrain.http.ListCursors.TimeKey;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code listing_share}; each method is one statement. Links expire by the database's clock. */
@RegisterRowMapper(ListingShareDao.ShareMapper.class)
interface ListingShareDao extends SqlObject {
    String SHARE = "s.id, s.listing_id, s.share_token, s.view_count, s.created_at, s.created_by, s.expires_at, "
            + "coalesce(s.expires_at <= now(), false)";
    String FIND_BY_TOKEN =
            "SELECT s.id, s.share_token, s.listing_id, s.view_count, coalesce(s.expires_at <= now(), false),"
                    + " " + UserColumns.shownName("u") + ", s.created_by, " + ShareRows.VALIDITY + ", "
                    + ListingRows.PUBLIC_COLUMNS + ListingRows.DETAILS
                    + " FROM listing_share s JOIN user_account u ON u.id = s.created_by"
                    + " JOIN listing l ON l.id = s.listing_id" + ListingRows.JOINS + "WHERE s.share_token = :token";

    /** The path of a link. */
    record Link(long listingId, String shareToken) {}

    /** Reads the columns of {@link #SHARE}. The address stays empty; the service, which knows the base URL, sets it. */
    final class ShareMapper implements RowMapper<ListingShare> {
        @Override
        public ListingShare map(ResultSet result, StatementContext context) throws SQLException {
            return read(new ColumnReader(result));
        }

        private static ListingShare read(ColumnReader row) throws SQLException {
            return new ListingShare(
                    row.int64(),
                    row.int64(),
                    row.text(),
                    "",
                    row.int64(),
                    row.instant(),
                    row.int64(),
                    row.instantOrNull(),
                    row.bool());
        }
    }

    /** Reads the columns of {@link #FIND_BY_TOKEN}. */
    final class TargetMapper implements RowMapper<ListingShareTarget> {
        @Override
        public ListingShareTarget map(ResultSet result, StatementContext context) throws SQLException {
            ColumnReader row = new ColumnReader(result);
            long id = row.int64();
            String token = row.text();
            long listingId = row.int64();
            long viewCount = row.int64();
            boolean expired = row.bool();
            String sharedBy = row.text();
            long creatorId = row.int64();
            ShareValidity validity = ShareRows.validity(row);
            Listing listing = new ListingRows(null).nextWithDetails(row);
            return new ListingShareTarget(
                    new PublicShare(id, token, listingId, viewCount, expired, validity.expiresAt(), sharedBy, listing),
                    creatorId,
                    validity);
        }
    }

    @SqlQuery("INSERT INTO listing_share AS s (listing_id, created_by, share_token, expires_at) "
            + "VALUES (:listingId, :userId, :token, now() + make_interval(days => :days)) RETURNING " + SHARE)
    ListingShare insert(long listingId, long userId, String token, @Nullable Integer days);

    String OF_LISTING = list("listing_share s WHERE s.listing_id = :listingId AND s.created_by = :userId");
    String OF_USER = list("listing_share s WHERE s.created_by = :userId");

    private static String list(String from) {
        return new PageSql(from, "(s.created_at, s.id) < (:time::timestamptz, :id)", "s.created_at DESC, s.id DESC")
                .select(SHARE, "s", "");
    }

    /** Returns the links of a user to a listing after {@code start}, newest first. */
    default PagedRows<ListingShare> ofListing(long listingId, long userId, TimeKey start, PageRange range) {
        return list(getHandle().createQuery(OF_LISTING).bind("listingId", listingId), userId, start, range);
    }

    /** Returns the links of a user after {@code start}, newest first. */
    default PagedRows<ListingShare> ofUser(long userId, TimeKey start, PageRange range) {
        return list(getHandle().createQuery(OF_USER), userId, start, range);
    }

    private static PagedRows<ListingShare> list(Query query, long userId, TimeKey start, PageRange range) {
        return PagedRows.read(
                query.bind("userId", userId).bind("time", start.time()).bind("id", start.id()),
                range,
                ShareMapper::read);
    }

    @SqlQuery("SELECT " + SHARE + " FROM listing_share s WHERE s.id = :id AND s.created_by = :userId")
    Optional<ListingShare> find(long id, long userId);

    @SqlQuery("UPDATE listing_share s SET expires_at = now() + make_interval(days => :days) "
            + "WHERE s.id = :id AND s.created_by = :userId RETURNING " + SHARE)
    Optional<ListingShare> setExpiry(long id, long userId, @Nullable Integer days);

    @SqlUpdate("DELETE FROM listing_share WHERE id = :id AND created_by = :userId")
    int delete(long id, long userId);

    /** Returns a link, also an expired one, with its listing and all eight relations. */
    default Optional<ListingShareTarget> findByToken(String token) {
        return getHandle()
                .createQuery(FIND_BY_TOKEN)
                .bind("token", token)
                .map(new TargetMapper())
                .findOne();
    }

    /** Returns the most viewed links that have not expired. */
    @SqlQuery("SELECT listing_id, share_token FROM listing_share WHERE expires_at IS NULL OR expires_at > now() "
            + "ORDER BY view_count DESC, id DESC LIMIT :limit")
    List<Link> mostViewed(int limit);

    /** Skips the rows that another transaction has locked, so that it waits for none. */
    @SqlUpdate("""
            DELETE FROM listing_share WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM listing_share WHERE expires_at < now() - make_interval(days => :days)
                    ORDER BY expires_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteExpired(int days, int batch);
}
