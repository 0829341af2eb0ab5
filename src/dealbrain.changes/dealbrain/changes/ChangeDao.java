package dealbrain.changes;

import dealbrain.database.RepeatedByDesign;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.customizer.Bind;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code change_log} and {@code change_listener}, where each running instance has one row. Each
 * method is one statement.
 */
interface ChangeDao extends SqlObject {
    /** How long a change stays in the log: longer than any cache entry that was loaded before the change. */
    int RETENTION_HOURS = 25;

    /** A change, by transaction {@code xid}, of the object that {@code tag} names. */
    record Change(long xid, String tag) {}

    /**
     * The result of a poll.
     *
     * @param position the snapshot in which the log was read
     * @param changes  in no particular order
     */
    record Poll(String generation, Snapshot position, List<Change> changes) {}

    /**
     * Identifies the history of transaction ids (step 7 of decision 0009): the cluster, its timeline, the database and
     * the table. The timeline is read from the current position in the log. That of the last checkpoint stays outdated
     * for minutes after a standby was promoted.
     */
    String GENERATION = """
            (SELECT concat_ws('.', c.system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid,
                              'change_log'::regclass::oid)
               FROM pg_control_system() c, pg_database d WHERE d.datname = current_database())""";

    String POLL = "SELECT " + GENERATION + ", pg_current_snapshot()::text, c.xid::text::bigint, c.tag "
            + "FROM (SELECT) one LEFT JOIN change_log c ON ";

    String IS_NEW = "c.xid >= pg_snapshot_xmin(:last::pg_snapshot) "
            + "AND NOT pg_visible_in_snapshot(c.xid, :last::pg_snapshot)";

    /** Returns the changes that have been committed since {@code last}, a snapshot of this database. */
    default Poll since(Snapshot last) {
        return poll(POLL + IS_NEW, last.toString());
    }

    /** Returns all changes in the log. */
    default Poll all() {
        return poll(POLL + "true", null);
    }

    private Poll poll(String sql, @Nullable String last) {
        var query = getHandle().createQuery(sql);
        if (last != null) {
            query.bind("last", last);
        }
        return query.scanResultSet((results, _) -> {
            try (ResultSet result = results.get()) {
                return read(result);
            }
        });
    }

    /**
     * Reads a poll. Each row has the generation and the position; without changes there is a single row whose tag is
     * null.
     */
    private static Poll read(ResultSet row) throws SQLException {
        List<Change> changes = new ArrayList<>();
        String generation = "";
        String position = "";
        while (row.next()) {
            generation = row.getString(1);
            position = row.getString(2);
            String tag = row.getString(4);
            if (tag != null) {
                changes.add(new Change(row.getLong(3), tag));
            }
        }
        return new Poll(generation, Snapshot.parse(position), changes);
    }

    /** Registers a listener, and logs this as a change so that writers can wait until the others have polled it. */
    @SqlUpdate("""
            WITH gone AS (DELETE FROM change_listener WHERE seen_at < clock_timestamp() - interval '1 hour'),
                 logged AS (INSERT INTO change_log (tag) VALUES ('listener:' || :id))
            INSERT INTO change_listener (id, seen, seen_at) VALUES (:id, pg_current_snapshot(), clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, seen_at = excluded.seen_at
            """)
    void join(@Bind("id") UUID id);

    /**
     * Records the position up to which a listener has polled.
     *
     * @param lapseSeconds how long after its last confirmation a listener counts as live
     * @return the number of other live listeners, null if this one is not registered
     */
    @SqlQuery("""
            UPDATE change_listener SET seen = :position::pg_snapshot, seen_at = clock_timestamp() WHERE id = :id
            RETURNING (SELECT count(*) FROM change_listener other
                        WHERE other.id <> :id
                          AND other.seen_at > statement_timestamp() - make_interval(secs => :lapseSeconds))
            """)
    @Nullable
    Integer confirm(UUID id, String position, double lapseSeconds);

    /**
     * Returns whether another live listener has not confirmed every change up to {@code position}. Liveness is judged
     * at the start of the statement: a confirmation that its snapshot does not see must not lapse while it runs.
     */
    @SqlQuery("""
            SELECT EXISTS (SELECT FROM change_listener other
                            WHERE other.id <> :id
                              AND other.seen_at > statement_timestamp() - make_interval(secs => :lapseSeconds)
                              AND EXISTS (SELECT FROM change_log c
                                           WHERE c.xid >= pg_snapshot_xmin(other.seen)
                                             AND pg_visible_in_snapshot(c.xid, :position::pg_snapshot)
                                             AND NOT pg_visible_in_snapshot(c.xid, other.seen)))
            """)
    @RepeatedByDesign("polls until all instances have read the change")
    boolean isAnyBehind(UUID id, String position, double lapseSeconds);

    @SqlUpdate("INSERT INTO change_log (tag) VALUES (:tag)")
    void append(String tag);

    @SqlUpdate("DELETE FROM change_listener WHERE id = :id")
    void leave(UUID id);

    /** Deletes up to {@code batch} changes that are older than {@link #RETENTION_HOURS}; returns how many. */
    @SqlUpdate("DELETE FROM change_log WHERE id IN (SELECT id FROM change_log "
            + "WHERE changed_at < now() - make_interval(hours => " + RETENTION_HOURS + ") "
            + "ORDER BY changed_at LIMIT :batch)")
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteOld(int batch);
}
