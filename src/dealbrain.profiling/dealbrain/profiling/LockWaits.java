package dealbrain.profiling;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;
import org.jdbi.v3.core.ConnectionFactory;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the running statements that wait for a lock. PostgreSQL has no statistics of lock waits for each statement, but
 * {@code pg_locks} shows who waits now, and since when by the clock of the server. So a statement that has run for
 * {@link #MIN_RUN} is looked up there at each call. What is measured of a wait is its time until the last look, less
 * than it took by at most the interval of the calls. Behind a pooler the server's process is unknown, and nothing is
 * measured.
 *
 * <p>Uses a connection of its own, since statements that wait for locks can exhaust the pool. It is opened when it is
 * needed, and closed when it was not needed for a while. Used by one thread.
 */
final class LockWaits implements AutoCloseable {
    /** Statements that end sooner are not looked up. */
    static final Duration MIN_RUN = Duration.ofMillis(100);

    private static final Logger LOG = LoggerFactory.getLogger(LockWaits.class);
    private static final Duration MAX_IDLE = Duration.ofMinutes(1);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofMinutes(1);
    private static final String SQL = """
            SELECT /* LockWaits.find */ pid, extract(epoch FROM waitstart) * 1e6 AS started,
                extract(epoch FROM clock_timestamp() - waitstart) * 1e9 AS nanos
            FROM pg_locks WHERE NOT granted AND waitstart IS NOT NULL AND pid = ANY(?)""";

    private final ConnectionFactory connections;
    private @Nullable Connection connection;
    private long lastUse;
    private long failedAt;
    private boolean hasFailed;

    LockWaits(ConnectionFactory connections) {
        this.connections = connections;
    }

    /**
     * Looks up the statements that have run for long.
     *
     * @param isRunning whether a statement has not ended. Until then its connection runs no other one
     */
    void sample(Collection<RunningStatement> running, Predicate<RunningStatement> isRunning) {
        long now = System.nanoTime();
        Map<Integer, RunningStatement> byProcess = new HashMap<>();
        for (RunningStatement each : running) {
            if (now - each.start() >= MIN_RUN.toNanos()) {
                addProcess(byProcess, each);
            }
        }
        if (byProcess.isEmpty()) {
            closeIfIdle(now);
        } else if (!hasFailed || now - failedAt > PAUSE_AFTER_FAILURE.toNanos()) {
            lastUse = now;
            sample(byProcess, isRunning);
        }
    }

    private static void addProcess(Map<Integer, RunningStatement> byProcess, RunningStatement each) {
        try {
            byProcess.put(each.connection().unwrap(PGConnection.class).getBackendPID(), each);
        } catch (SQLException e) { // the statement has ended, and its connection was closed
            LOG.atDebug().setCause(e).log("statement ended before it was looked up");
        }
    }

    private void sample(Map<Integer, RunningStatement> byProcess, Predicate<RunningStatement> isRunning) {
        try {
            find(byProcess, isRunning);
            hasFailed = false;
        } catch (SQLException | RuntimeException e) {
            hasFailed = true;
            failedAt = System.nanoTime();
            LOG.atWarn().addKeyValue("reason", String.valueOf(e)).log("lock waits are not measured for a minute");
            close();
        }
    }

    private void find(Map<Integer, RunningStatement> byProcess, Predicate<RunningStatement> isRunning)
            throws SQLException {
        Connection open = connection == null ? connections.openConnection() : connection;
        connection = open;
        try (PreparedStatement statement = open.prepareStatement(SQL)) {
            Array processes = open.createArrayOf("int4", byProcess.keySet().toArray());
            statement.setArray(1, processes);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    RunningStatement waiting = byProcess.get(rows.getInt("pid"));
                    if (waiting != null && isRunning.test(waiting)) {
                        waiting.waitsForLock(rows.getLong("started"), Math.max(0, rows.getLong("nanos")));
                    }
                }
            }
        }
    }

    private void closeIfIdle(long now) {
        if (connection != null && now - lastUse > MAX_IDLE.toNanos()) {
            close();
        }
    }

    @Override
    public void close() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                LOG.atDebug().setCause(e).log("connection for lock waits not closed");
            }
        }
    }
}
