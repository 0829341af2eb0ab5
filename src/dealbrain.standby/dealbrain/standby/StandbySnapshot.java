package dealbrain.standby;

import dealbrain.changes.Snapshot;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;

/**
 * What a statement has read: the snapshot and, on a server in recovery, the heartbeats that it saw.
 *
 * @param inRecovery whether the server was a standby when it took the snapshot
 * @param heartbeats as {@code <instance> <beat> <generation>}; empty on a primary
 */
record StandbySnapshot(Snapshot snapshot, boolean inRecovery, String heartbeats) {
    /**
     * Follows the snapshot of a server in recovery. A server never returns to recovery without a restart: if it is in
     * recovery when this is evaluated, it was so when the statement took its snapshot.
     */
    private static final char MARK = '@';

    /**
     * The SQL expression, for all servers. On a standby {@code pg_current_snapshot()} lists no running transactions,
     * because the server keeps them elsewhere: it would claim to see those between {@code xmin} and {@code xmax} that
     * are still open. All before {@code xmin} have ended, and their changes are replayed.
     */
    static final String COLUMN = "CASE WHEN pg_is_in_recovery() THEN"
            + " concat(pg_snapshot_xmin(pg_current_snapshot()), ':', pg_snapshot_xmin(pg_current_snapshot()), ':" + MARK
            + "', (SELECT string_agg(concat_ws(' ', instance, beat, generation), ',') FROM change_heartbeat))"
            + " ELSE pg_current_snapshot()::text END";

    /** A heartbeat as the statement saw it. */
    record Heartbeat(String instance, long beat, String generation) {
        private static final int FIELDS = 3;

        static Heartbeat parse(String text) {
            String[] fields = text.split(" ", FIELDS);
            return new Heartbeat(fields[0], Long.parseLong(fields[1]), fields[2]);
        }
    }

    /** Parses the value of {@link #COLUMN}. */
    static StandbySnapshot parse(String text) {
        int mark = text.indexOf(MARK);
        return mark < 0
                ? new StandbySnapshot(Snapshot.parse(text), false, "")
                : new StandbySnapshot(Snapshot.parse(text.substring(0, mark)), true, text.substring(mark + 1));
    }

    /** Returns the heartbeat of an instance. */
    Optional<Heartbeat> heartbeat(UUID instance) {
        return Arrays.stream(heartbeats.split(",", -1))
                .filter(each -> each.startsWith(instance.toString()))
                .findFirst()
                .map(Heartbeat::parse);
    }
}
