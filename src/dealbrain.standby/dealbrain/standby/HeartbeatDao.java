package dealbrain.standby;

import dealbrain.changes.ChangeLog;
import java.util.UUID;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on {@code change_heartbeat}. Each method is one statement. */
interface HeartbeatDao extends SqlObject {
    /** Writes a beat with the generation of the server that commits it, and returns that. On the primary. */
    @SqlQuery("INSERT INTO change_heartbeat (instance, generation, beat) VALUES (:instance, " + ChangeLog.GENERATION
            + ", :beat) ON CONFLICT (instance) DO UPDATE SET generation = excluded.generation, beat = excluded.beat,"
            + " written_at = clock_timestamp() RETURNING generation")
    String write(UUID instance, long beat);

    /**
     * Deletes the rows of earlier generations and of instances that have ended. On the primary. If the clock of the
     * server jumps, the row of a running instance may be deleted too; its next beat writes it again. Skips locked
     * rows, so that two instances do not wait for each other.
     */
    @SqlUpdate("""
            DELETE FROM change_heartbeat WHERE instance IN (
                   SELECT other.instance FROM change_heartbeat other, change_heartbeat own
                    WHERE own.instance = :instance AND other.instance <> :instance
                      AND (other.generation <> own.generation
                           OR other.written_at < clock_timestamp() - interval '1 hour')
                      FOR UPDATE OF other SKIP LOCKED)
            """)
    void deleteOthers(UUID instance);

    @SqlUpdate("DELETE FROM change_heartbeat WHERE instance = :instance")
    void delete(UUID instance);

    /** Returns what {@link StandbySnapshot#parse} parses. On the standby. */
    @SqlQuery("SELECT " + StandbySnapshot.COLUMN)
    String snapshot();
}
