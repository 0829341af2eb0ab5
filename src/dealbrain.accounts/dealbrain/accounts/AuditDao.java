package dealbrain.accounts;

import dealbrain.accounts.AuditHandler.AuditQuery;
import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PageSql;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import dealbrain.database.Words;
import dealbrain.http.ListCursors.TimeKey;
import dealbrain.json.RawJson;
import java.sql.SQLException;
import java.time.Instant;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code audit_entry}; each method is one statement. */
interface AuditDao extends SqlObject {
    String COLUMNS = "e.id, e.created_at, e.action, e.actor_id, e.actor_name, e.target_kind, e.target_id,"
            + " e.target_name, e.address, e.request_id, e.details, e.occurrences, e.last_at";

    /** Entries by a user, and about one. The conditions of the indexes are repeated, so that they can be used. */
    String OF_USER = " AND (lower(e.actor_name COLLATE \"C\") = :user AND e.actor_name IS NOT NULL"
            + " OR lower(e.target_name COLLATE \"C\") = :user AND e.target_kind = 'user')";

    String OF_ACTION = " AND e.action = :action";
    String LIST = list("");
    String LIST_OF_USER = list(OF_USER);
    String LIST_OF_ACTION = list(OF_ACTION);
    String LIST_OF_USER_AND_ACTION = list(OF_USER + OF_ACTION);

    private static String list(String filter) {
        return new PageSql(
                        "audit_entry e WHERE e.created_at >= :since::timestamptz AND e.created_at < :until::timestamptz"
                                + filter,
                        "(e.created_at, e.id) < (:time::timestamptz, :id)",
                        "e.created_at DESC, e.id DESC")
                .select(COLUMNS, "e", "");
    }

    /**
     * Stores an entry.
     *
     * @param actorName null for the name of the user {@code actorId}
     */
    @SqlUpdate("""
            INSERT INTO audit_entry (action, actor_id, actor_name, target_kind, target_id, target_name, address,
                                     request_id, details)
            VALUES (:action, :actorId,
                    coalesce(:actorName, (SELECT username FROM user_account WHERE id = :actorId)),
                    :targetKind, :targetId, :targetName, :address, :requestId, :details::jsonb)
            """)
    void insert(
            AuditAction action,
            @Nullable Long actorId,
            @Nullable String actorName,
            String targetKind,
            @Nullable Long targetId,
            @Nullable String targetName,
            @Nullable String address,
            @Nullable String requestId,
            String details);

    /**
     * Counts a failed sign-in in the row of its hour, network and user. The network has one row for unknown users and
     * those that exceed {@code ofNetwork}; its name is not stored, as it may be a password. All networks share one row
     * for what exceeds {@code ofAll}. Concurrent statements that start a row can exceed each limit by their number.
     */
    @SqlUpdate("""
            WITH known AS (SELECT id, username FROM user_account WHERE\s""" + UserColumns.FOLDED_USERNAME + """
             = :folded),
            stored AS (
                 SELECT count(*) AS of_all, count(*) FILTER (WHERE address = :network) AS of_network,
                        coalesce(bool_or(address = :network AND target_id = (SELECT id FROM known)), false) AS has_user,
                        coalesce(bool_or(address = :network AND target_id IS NULL), false) AS has_others
                   FROM audit_entry WHERE failure_hour = date_trunc('hour', now(), 'UTC')),
            place AS (
                 SELECT has_user OR of_network < :ofNetwork AND of_all < :ofAll AS is_user_named,
                        has_user OR has_others OR of_all < :ofAll AS is_network_named
                   FROM stored)
            INSERT INTO audit_entry AS e (action, target_kind, target_id, target_name, address, request_id, failure_hour)
            SELECT 'sign_in_failed', 'user', CASE WHEN is_user_named THEN id END,
                   CASE WHEN is_user_named THEN username END, CASE WHEN is_network_named THEN :network END,
                   :requestId, date_trunc('hour', now(), 'UTC')
              FROM place LEFT JOIN known ON true
                ON CONFLICT (failure_hour, address, target_id) WHERE failure_hour IS NOT NULL DO UPDATE
               SET occurrences = e.occurrences + 1, last_at = clock_timestamp(), request_id = excluded.request_id
            """)
    void countFailure(String folded, String network, @Nullable String requestId, int ofNetwork, int ofAll);

    /** Returns the entries that the query selects after {@code start}, newest first. */
    default PagedRows<AuditEntry> list(AuditQuery query, TimeKey start, PageRange range) {
        Query statement = getHandle().createQuery(statement(query));
        if (query.user() != null) {
            statement.bind("user", Words.foldName(query.user()));
        }
        if (query.action() != null) {
            statement.bind("action", query.action());
        }
        return PagedRows.read(
                statement
                        .bind("since", time(query.since(), "-infinity"))
                        .bind("until", time(query.until(), "infinity"))
                        .bind("time", start.time())
                        .bind("id", start.id()),
                range,
                AuditDao::read);
    }

    private static String statement(AuditQuery query) {
        if (query.user() == null) {
            return query.action() == null ? LIST : LIST_OF_ACTION;
        }
        return query.action() == null ? LIST_OF_USER : LIST_OF_USER_AND_ACTION;
    }

    /** Returns a time in a form that PostgreSQL reads, which has no year 0. */
    private static String time(@Nullable Instant time, String none) {
        if (time == null) {
            return none;
        }
        return (time.isBefore(Instant.EPOCH) ? Instant.EPOCH : time).toString();
    }

    private static AuditEntry read(ColumnReader row) throws SQLException {
        return new AuditEntry(
                row.int64(),
                row.instant(),
                row.text(),
                row.int64OrNull(),
                row.textOrNull(),
                row.text(),
                row.int64OrNull(),
                row.textOrNull(),
                row.textOrNull(),
                row.textOrNull(),
                new RawJson(row.text()),
                row.int32(),
                row.instant());
    }

    /** Deletes up to {@code batch} entries that are more than {@code days} old; skips those that are being deleted. */
    @SqlUpdate("""
            DELETE FROM audit_entry WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM audit_entry WHERE created_at < now() - make_interval(days => :days)
                    ORDER BY created_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteOld(int days, int batch);
}
