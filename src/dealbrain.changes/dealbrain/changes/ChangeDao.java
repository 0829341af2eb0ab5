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

/** The statements on {@code change_log} and {@code change_listener}; each method is one statement. */
interface ChangeDao extends SqlObject {
    /** How long a change is kept: longer than anything that was made of what it changed. */
    int KEPT_HOURS = 25;

    /** That a transaction changed a thing. */
    record Change(long xid, String tag) {}

    /** What was heard, and up to where; the same by two numbers for the driver. */
    record Heard(String generation, Snapshot position, List<Change> changes) {}

    /**
     * Which database this is: another cluster, another history of it (its timeline), another database or table in it give
     * another text, and transaction ids that mean nothing here. The timeline is that of the log being written: the one of the
     * last checkpoint stays the old one for minutes after a standby has taken over.
     */
    String GENERATION =
            "(SELECT concat_ws('.', c.system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid, "
                    + "'change_log'::regclass::oid) FROM pg_control_system() c, pg_database d WHERE d.datname = current_database())";

    String HEAR = "SELECT " + GENERATION
            + ", pg_current_snapshot()::text, c.xid::text::bigint, c.tag FROM (SELECT) one LEFT JOIN change_log c ON ";

    /** The changes that have been committed since a snapshot of this database, in no order. */
    default Heard since(Snapshot last) {
        return hear(
                HEAR
                        + "c.xid >= pg_snapshot_xmin(:last::pg_snapshot) AND NOT pg_visible_in_snapshot(c.xid, :last::pg_snapshot)",
                last.toString());
    }

    /** All changes that are kept. */
    default Heard all() {
        return hear(HEAR + "true", null);
    }

    private Heard hear(String sql, @Nullable String last) {
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

    /** The generation and the position stand in each row, and in a row of their own when there are no changes. */
    private static Heard read(ResultSet row) throws SQLException {
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
        return new Heard(generation, Snapshot.parse(position), changes);
    }

    /** Puts a listener on the list, and logs that, so that the others can be waited for until they know of it. */
    @SqlUpdate("""
            WITH gone AS (DELETE FROM change_listener WHERE seen_at < clock_timestamp() - interval '1 hour'),
                 logged AS (INSERT INTO change_log (tag) VALUES ('listener:' || :id))
            INSERT INTO change_listener (id, seen, seen_at) VALUES (:id, pg_current_snapshot(), clock_timestamp())
            ON CONFLICT (id) DO UPDATE SET seen = excluded.seen, seen_at = excluded.seen_at
            """)
    void join(@Bind("id") UUID id);

    /** Says up to where a listener has heard; returns how many others are alive, and null when it is not on the list any more. */
    @SqlQuery("""
            UPDATE change_listener SET seen = :position::pg_snapshot, seen_at = clock_timestamp() WHERE id = :id
            RETURNING (SELECT count(*) FROM change_listener other
                        WHERE other.id <> :id AND other.seen_at > statement_timestamp() - make_interval(secs => :lapseSeconds))
            """)
    @Nullable
    Integer confirm(UUID id, String position, double lapseSeconds);

    /**
     * Whether some other listener is alive and has not heard of every change up to a position. Alive at the beginning of the
     * statement: a confirmation that its snapshot does not see must not lapse while it runs.
     */
    @SqlQuery("""
            SELECT EXISTS (SELECT FROM change_listener other
                            WHERE other.id <> :id AND other.seen_at > statement_timestamp() - make_interval(secs => :lapseSeconds)
                              AND EXISTS (SELECT FROM change_log c
                                           WHERE c.xid >= pg_snapshot_xmin(other.seen) AND pg_visible_in_snapshot(c.xid, :position::pg_snapshot)
                                             AND NOT pg_visible_in_snapshot(c.xid, other.seen)))
            """)
    @RepeatedByDesign("polls until all instances have read the change")
    boolean isAnyBehind(UUID id, String position, double lapseSeconds);

    @SqlUpdate("INSERT INTO change_log (tag) VALUES (:tag)")
    void log(String tag);

    @SqlUpdate("DELETE FROM change_listener WHERE id = :id")
    void leave(UUID id);

    /** Deletes changes that are older than anything made of what they changed, at most {@code batch} of them; returns how many. */
    @SqlUpdate("DELETE FROM change_log WHERE id IN (SELECT id FROM change_log "
            + "WHERE changed_at < now() - make_interval(hours => " + KEPT_HOURS + ") ORDER BY changed_at LIMIT :batch)")
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteOld(int batch);
}
