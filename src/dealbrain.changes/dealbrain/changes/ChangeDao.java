package dealbrain.changes;

import dealbrain.database.RepeatedByDesign;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on the tables of {@code sql/0009-change-log.sql}. Each method is one statement. */
interface ChangeDao extends SqlObject {
    /** The maximum number of changes that a poll applies one by one. */
    int MAX_CHANGES = 10_000;

    /** How long a change stays in the log at least: longer than an entry stays in the cache. */
    int RETENTION_HOURS = 25;

    /** A change, by transaction {@code xid}, of the object that {@code tag} names. */
    record Change(long xid, String tag) {
        static Change parse(String text) {
            int space = text.indexOf(' ');
            return new Change(Long.parseLong(text.substring(0, space)), text.substring(space + 1));
        }
    }

    /**
     * The result of a poll.
     *
     * @param settled            whether all leases of earlier generations have ended; null if the generation has no
     *                           incarnation, because PostgreSQL has crashed or a standby was promoted
     * @param position           the snapshot of the statement
     * @param databaseMillis     the clock of the database, in milliseconds since 1970
     * @param databaseMicros     how long the statement has taken in the database
     * @param horizon            a snapshot that sees all changes that may have been deleted from the log; null if none
     *                           have
     * @param longestLeaseMillis the longest lease that an instance has ever had
     * @param members            all members, this instance included
     * @param changes            the first {@link #MAX_CHANGES} changes and one more if there are more
     */
    record Poll(
            String generation,
            @Nullable Boolean settled,
            Snapshot position,
            long databaseMillis,
            long databaseMicros,
            @Nullable Snapshot horizon,
            long longestLeaseMillis,
            List<Member> members,
            List<Change> changes) {

        boolean isTruncated() {
            return changes.size() > MAX_CHANGES;
        }

        /** Returns whether the log had all changes since {@code last}. */
        boolean isCompleteSince(Snapshot last) {
            return horizon == null || last.contains(horizon);
        }
    }

    /**
     * Identifies the history of transaction ids (step 7 of decision 0009). The timeline is read from the current
     * position in the WAL: that of the last checkpoint stays outdated for minutes after a standby was promoted.
     */
    String GENERATION = """
            (SELECT concat_ws('.', c.system_identifier, left(pg_walfile_name(pg_current_wal_lsn()), 8), d.oid,
                              'change_log'::regclass::oid, (SELECT id FROM change_incarnation))
               FROM pg_control_system() c, pg_database d WHERE d.datname = current_database())""";

    /**
     * The order makes the planner use the index, also before the table was analyzed. The rows of a dump from another
     * cluster may have transaction ids that this one has not reached; they are not changes.
     */
    String CHANGES = """
            ARRAY(SELECT c.xid || ' ' || c.tag
                    FROM ((SELECT xid, tag FROM change_log
                            WHERE xid >= pg_snapshot_xmax(:last::pg_snapshot)
                              AND xid < pg_snapshot_xmax(pg_current_snapshot())
                            ORDER BY xid, tag LIMIT %1$s)
                          UNION ALL
                          (SELECT xid, tag FROM change_log
                            WHERE xid = ANY (ARRAY(SELECT pg_snapshot_xip(:last::pg_snapshot))) LIMIT %1$s)) c
                   LIMIT %1$s)""".formatted(MAX_CHANGES + 1);

    /** The oldest checkpoint. Those of a dump from another cluster may be in the future and are ignored. */
    String HORIZON = """
            (SELECT position FROM change_checkpoint
              WHERE pg_snapshot_xmax(position) <= pg_snapshot_xmax(pg_current_snapshot()) ORDER BY id LIMIT 1)""";

    String POLL = "SELECT " + GENERATION + " AS generation, " + HORIZON + "::text AS horizon, " + CHANGES
            + " AS changes, " + """
            (SELECT settled FROM change_incarnation) AS settled,
            pg_current_snapshot()::text AS position,
            (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS database_millis,
            (extract(epoch FROM clock_timestamp() - statement_timestamp()) * 1000000)::bigint AS database_micros,
            (SELECT longest_lease_millis FROM change_settings) AS longest_lease_millis,
            ARRAY(SELECT concat_ws(' ', id, beat, lease_millis, seen, name) FROM change_member) AS members
            """;

    /** Returns what has been committed since {@code last}, a snapshot of this database. */
    default Poll poll(Snapshot last) {
        return getHandle()
                .createQuery(POLL)
                .bind("last", last.toString())
                .map((row, _) -> read(row))
                .one();
    }

    private static Poll read(ResultSet row) throws SQLException {
        String horizon = row.getString("horizon");
        return new Poll(
                row.getString("generation"),
                row.getObject("settled", Boolean.class),
                Snapshot.parse(row.getString("position")),
                row.getLong("database_millis"),
                row.getLong("database_micros"),
                horizon == null ? null : Snapshot.parse(horizon),
                row.getLong("longest_lease_millis"),
                texts(row, "members").stream().map(Member::parse).toList(),
                texts(row, "changes").stream().map(Change::parse).toList());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    /** Returns the position from which a new instance polls: the oldest since which the log has all changes. */
    default Stamp start() {
        return getHandle()
                .createQuery("SELECT " + GENERATION + " AS generation, coalesce(" + HORIZON
                        + ", pg_current_snapshot())::text AS horizon")
                .map((row, _) -> new Stamp(row.getString("generation"), Snapshot.parse(row.getString("horizon"))))
                .one();
    }

    /** Creates the incarnation after a crash. Another instance may have done it at the same time. */
    @SqlUpdate("INSERT INTO change_incarnation (settled) VALUES (false) ON CONFLICT DO NOTHING")
    void createIncarnation();

    /** Starts a new generation. */
    @SqlUpdate("UPDATE change_incarnation SET id = gen_random_uuid(), settled = false")
    void replaceIncarnation();

    /** Records that all leases of earlier generations have ended. */
    @SqlUpdate("UPDATE change_incarnation SET settled = true WHERE id::text = right(:generation, 36)")
    void settle(String generation);

    /** Registers a member. What its snapshot sees is in the first poll after it. */
    @SqlUpdate("""
            WITH longest AS (UPDATE change_settings SET longest_lease_millis = :leaseMillis
                              WHERE longest_lease_millis < :leaseMillis)
            INSERT INTO change_member (id, name, lease_millis, seen, beat)
            VALUES (:id, :name, :leaseMillis, pg_current_snapshot(), 0)
            """)
    void join(UUID id, String name, long leaseMillis);

    /** Records the position up to which a member has polled. Returns 0 if it was evicted. */
    @SqlUpdate("UPDATE change_member SET seen = :position::pg_snapshot, beat = beat + 1 WHERE id = :id")
    int confirm(UUID id, String position);

    /** Removes a member that has not confirmed since {@code beat}. Returns 0 if it has, or if it is gone. */
    @SqlUpdate("DELETE FROM change_member WHERE id = :id AND beat = :beat")
    int evict(UUID id, long beat);

    @SqlUpdate("DELETE FROM change_member WHERE id = :id")
    void leave(UUID id);

    @SqlUpdate("INSERT INTO change_log (tag) VALUES (:tag) ON CONFLICT DO NOTHING")
    void append(String tag);

    /** Records the current snapshot, by which rows of the log can be deleted after the retention. */
    @SqlUpdate("INSERT INTO change_checkpoint (position) VALUES (pg_current_snapshot())")
    void recordCheckpoint();

    /** Makes the last checkpoint that is older than the retention the horizon. By id, as the clock may be set back. */
    @SqlUpdate("DELETE FROM change_checkpoint WHERE id < (SELECT max(id) FROM change_checkpoint "
            + "WHERE taken_at < clock_timestamp() - make_interval(hours => " + RETENTION_HOURS + "))")
    void moveHorizon();

    /**
     * Deletes up to {@code batch} changes that the horizon sees, oldest first, and up to {@code batch} of another
     * cluster; returns how many. Skips the rows that another instance is deleting.
     */
    @SqlUpdate("WITH horizon AS MATERIALIZED (SELECT " + HORIZON + " AS position)" + """
             DELETE FROM change_log WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM change_log
                    WHERE xid < (SELECT pg_snapshot_xmax(position) FROM horizon)
                      AND pg_visible_in_snapshot(xid, (SELECT position FROM horizon))
                    ORDER BY xid LIMIT :batch FOR UPDATE SKIP LOCKED) || ARRAY(
                   SELECT ctid FROM change_log WHERE xid >= pg_snapshot_xmax(pg_current_snapshot())
                    ORDER BY xid LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteOld(int batch);

    /** Returns what is known of the transaction that has been open for the longest time in the whole cluster. */
    @SqlQuery("""
            SELECT text FROM (
                   (SELECT concat_ws(' ', 'database ' || datname, 'pid ' || pid,
                                     'application ' || application_name, state,
                                     'since ' || date_trunc('second', xact_start)) AS text, age(backend_xid) AS age
                      FROM pg_stat_activity WHERE backend_xid IS NOT NULL)
                   UNION ALL
                   (SELECT concat_ws(' ', 'prepared transaction', gid, 'database ' || database,
                                     'since ' || date_trunc('second', prepared)), age(transaction)
                      FROM pg_prepared_xacts))
                   oldest ORDER BY age DESC LIMIT 1
            """)
    @Nullable
    String oldestTransaction();
}
