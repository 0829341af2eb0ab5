package dealbrain.inbox;

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
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code user_share} and {@code user_share_limit}; each method is one statement. Shares expire by the
 * database's clock.
 */
interface UserShareDao extends SqlObject {
    String SHARE = "s.id, s.sender_id, sender.username, s.recipient_id, recipient.username, s.listing_id, "
            + "s.share_token, s.message, s.shared_at, s.expires_at, s.imported_at, s.expires_at <= now(), ";
    String RELATIONS = """
              LEFT JOIN user_account sender ON sender.id = s.sender_id
              LEFT JOIN user_account recipient ON recipient.id = s.recipient_id
              LEFT JOIN listing l ON l.id = s.listing_id
            """ + ListingRows.JOINS;
    String SELECT = "SELECT " + SHARE + "s.viewed_at, " + ListingRows.COLUMNS + " FROM user_share s" + RELATIONS;

    /** The id of an input's recipient and the title of its listing; null if they do not exist. */
    record InputReferences(
            @Nullable Long recipientId, @Nullable String listingTitle) {}

    /** A used slot of the limit: how many remain, and the seconds until the next one becomes free. */
    record LimitSlot(int remaining, long resetSeconds) {}

    /** The data of a share that an import needs. */
    record ImportSource(
            long id,
            long senderId,
            long recipientId,
            long listingId,
            @Nullable String message,
            boolean isExpired,
            boolean isImported,
            String listingTitle) {}

    /**
     * Reads shares with their listings, for a viewer. Jdbi specializes it for each result, so that its listings share
     * parts.
     */
    record ShareMapper(@Nullable Long viewerId) implements RowMapper<UserShare> {
        @Override
        public UserShare map(ResultSet row, StatementContext context) throws SQLException {
            return specialize(row, context).map(row, context);
        }

        @Override
        public RowMapper<UserShare> specialize(ResultSet result, StatementContext context) {
            ListingRows listings = new ListingRows(viewerId);
            ColumnReader columns = new ColumnReader(result);
            return (_, _) -> read(columns.rewind(), listings);
        }
    }

    @SqlQuery("""
            SELECT (SELECT id FROM user_account
                     WHERE id = :recipientId OR\s""" + UserColumns.FOLDED_USERNAME + """
                     = :recipientFolded LIMIT 1) AS recipient_id,
                   (SELECT title FROM listing WHERE id = :listingId) AS listing_title
            """)
    InputReferences findReferences(@Nullable Long recipientId, @Nullable String recipientFolded, long listingId);

    /**
     * Takes a slot of the sender's sliding hour; empty if all are used. Locks the sender's row until the end of the
     * transaction and reads the clock after it got the lock, so that two transactions cannot take the same slot.
     */
    @SqlQuery("""
            INSERT INTO user_share_limit AS l (sender_id, shared_at) VALUES (:senderId, ARRAY[clock_timestamp()])
            ON CONFLICT (sender_id) DO UPDATE
               SET shared_at = ARRAY(
                       SELECT each FROM unnest(l.shared_at) each
                        WHERE each > clock_timestamp() - interval '1 hour' ORDER BY each) || clock_timestamp()
             WHERE (SELECT count(*) FROM unnest(l.shared_at) each
                     WHERE each > clock_timestamp() - interval '1 hour') < :limit
            RETURNING :limit - cardinality(shared_at) AS remaining,
                      greatest(1, ceil(extract(
                          epoch FROM shared_at[1] + interval '1 hour' - clock_timestamp())))::bigint AS reset_seconds
            """)
    Optional<LimitSlot> takeSlot(long senderId, int limit);

    /** Returns the seconds until the next slot of the sender becomes free, at least one. */
    @SqlQuery("""
            SELECT greatest(1, ceil(extract(epoch FROM min(each) + interval '1 hour' - clock_timestamp())))::bigint
              FROM user_share_limit, unnest(shared_at) each
             WHERE sender_id = :senderId AND each > clock_timestamp() - interval '1 hour'
            """)
    long resetSeconds(long senderId);

    String INSERT = """
        WITH s AS (
             INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, message, expires_at)
             VALUES (:senderId, :recipientId, :listingId, :token, :message, now() + make_interval(days => :days))
             RETURNING *)
        SELECT\s""" + SHARE + "s.viewed_at, " + ListingRows.COLUMNS + " FROM s" + RELATIONS;

    default UserShare insert(
            long senderId, long recipientId, long listingId, String token, @Nullable String message, int days) {
        return getHandle()
                .createQuery(INSERT)
                .bind("senderId", senderId)
                .bind("recipientId", recipientId)
                .bind("listingId", listingId)
                .bind("token", token)
                .bind("message", message)
                .bind("days", days)
                .map(new ShareMapper(senderId))
                .one();
    }

    String FIND_BY_TOKEN = SELECT + " WHERE s.share_token = :token";

    default Optional<UserShare> findByToken(String token, @Nullable Long viewerId) {
        return getHandle()
                .createQuery(FIND_BY_TOKEN)
                .bind("token", token)
                .map(new ShareMapper(viewerId))
                .findOne();
    }

    String FIND = SELECT + " WHERE s.id = :id";

    default Optional<UserShare> find(long id, long viewerId) {
        return getHandle()
                .createQuery(FIND)
                .bind("id", id)
                .map(new ShareMapper(viewerId))
                .findOne();
    }

    String VIEW = """
        WITH viewed AS (
             UPDATE user_share SET viewed_at = now()
              WHERE share_token = :token AND recipient_id = :viewerId AND viewed_at IS NULL AND expires_at > now()
             RETURNING id, viewed_at)
        SELECT\s""" + SHARE + "coalesce(s.viewed_at, viewed.viewed_at), " + ListingRows.COLUMNS
            + " FROM user_share s LEFT JOIN viewed ON viewed.id = s.id" + RELATIONS + " WHERE s.share_token = :token";

    /** Finds a share by its token, and marks it as viewed if the viewer is its recipient and it has not expired. */
    default Optional<UserShare> view(String token, @Nullable Long viewerId) {
        return getHandle()
                .createQuery(VIEW)
                .bind("token", token)
                .bind("viewerId", viewerId)
                .map(new ShareMapper(viewerId))
                .findOne();
    }

    /** The statement for each filter of received shares. */
    Map<UserShareFilter, String> RECEIVED = new EnumMap<>(Map.of(
            UserShareFilter.ALL,
            list("s.recipient_id = :userId"),
            UserShareFilter.UNVIEWED,
            list("s.recipient_id = :userId AND s.viewed_at IS NULL AND s.expires_at > now()"),
            UserShareFilter.IMPORTED,
            list("s.recipient_id = :userId AND s.imported_at IS NOT NULL"),
            UserShareFilter.EXPIRED,
            list("s.recipient_id = :userId AND s.expires_at <= now()")));

    String SENT = list("s.sender_id = :userId");

    private static String list(String condition) {
        return new PageSql(
                        "user_share s WHERE " + condition,
                        "(s.shared_at, s.id) < (:time::timestamptz, :id)",
                        "s.shared_at DESC, s.id DESC")
                .select(SHARE + "s.viewed_at, " + ListingRows.COLUMNS, "s", RELATIONS);
    }

    /** Returns the shares that a user received after {@code start}, newest first. */
    default PagedRows<UserShare> received(long userId, UserShareFilter filter, TimeKey start, PageRange range) {
        return list(Objects.requireNonNull(RECEIVED.get(filter)), userId, start, range);
    }

    /** Returns the shares that a user sent after {@code start}, newest first. */
    default PagedRows<UserShare> sent(long userId, TimeKey start, PageRange range) {
        return list(SENT, userId, start, range);
    }

    private PagedRows<UserShare> list(String statement, long userId, TimeKey start, PageRange range) {
        ListingRows listings = new ListingRows(userId);
        return PagedRows.read(
                getHandle()
                        .createQuery(statement)
                        .bind("userId", userId)
                        .bind("time", start.time())
                        .bind("id", start.id()),
                range,
                row -> read(row, listings));
    }

    /** Locks the listing before the share, in the order of a deletion, because another order could deadlock. */
    @SqlQuery("""
            SELECT s.id, s.sender_id, s.recipient_id, s.listing_id, s.message, s.expires_at <= now() AS is_expired,
                   s.imported_at IS NOT NULL AS is_imported, l.title AS listing_title
              FROM user_share s JOIN listing l ON l.id = s.listing_id
             WHERE s.share_token = :token FOR KEY SHARE OF l FOR UPDATE OF s
            """)
    Optional<ImportSource> lock(String token);

    /** Marks a share as imported, and as viewed. */
    @SqlUpdate("UPDATE user_share SET imported_at = coalesce(imported_at, now()),"
            + " viewed_at = coalesce(viewed_at, now()) WHERE id = :id")
    void setImported(long id);

    @SqlUpdate("DELETE FROM user_share WHERE share_token = :token AND (sender_id = :userId OR recipient_id = :userId)")
    int delete(String token, long userId);

    /**
     * Skips the shares that another transaction has locked. Then locks the notifications of all shares, which the
     * deletion changes, in the order of their ids; the last condition is always true and makes it do so first.
     */
    @SqlUpdate("""
            WITH expired AS MATERIALIZED (
                 SELECT id, ctid FROM user_share WHERE expires_at < now() - make_interval(days => :days)
                  ORDER BY expires_at LIMIT :batch FOR UPDATE SKIP LOCKED),
            notified AS MATERIALIZED (
                 SELECT id FROM notification WHERE share_id = ANY(ARRAY(SELECT id FROM expired))
                  ORDER BY id FOR UPDATE)
            DELETE FROM user_share
             WHERE ctid = ANY(ARRAY(SELECT ctid FROM expired)) AND (SELECT count(*) FROM notified) >= 0
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteExpired(int days, int batch);

    /** Reads the columns of {@link #SHARE}, {@code viewed_at}, and the listing. */
    private static UserShare read(ColumnReader row, ListingRows listings) throws SQLException {
        long id = row.int64();
        long senderId = row.int64();
        String senderUsername = row.text();
        long recipientId = row.int64();
        String recipientUsername = row.text();
        long listingId = row.int64();
        String token = row.text();
        @Nullable String message = row.textOrNull();
        Instant sharedAt = row.instant();
        Instant expiresAt = row.instant();
        @Nullable Instant importedAt = row.instantOrNull();
        boolean expired = row.bool();
        @Nullable Instant viewedAt = row.instantOrNull();
        Listing listing = listings.next(row);
        if (listing == null) {
            throw new SQLException("share " + id + " has no listing, against its foreign key");
        }
        return new UserShare(
                id,
                senderId,
                senderUsername,
                recipientId,
                recipientUsername,
                listingId,
                token,
                message,
                sharedAt,
                expiresAt,
                viewedAt,
                importedAt,
                expired,
                viewedAt != null,
                importedAt != null,
                listing);
    }
}
