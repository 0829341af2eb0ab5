package dealbrain.profiling;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The statements that are running. A thread checks them ten times a second: it finds those that wait for a lock, and
 * logs once each that has run for five times the slow threshold. A statement that hangs never ends, and would not be
 * logged otherwise. Thread-safe.
 */
final class RunningStatements implements AutoCloseable {
    private static final int THRESHOLD_FACTOR = 5;
    private static final Duration PERIOD = Duration.ofMillis(100);

    private final ConcurrentMap<StatementContext, RunningStatement> running = new ConcurrentHashMap<>();
    private final SlowStatements slow;
    private volatile @Nullable LockWaits lockWaits;
    private @Nullable Worker watcher;
    private boolean closed;

    RunningStatements(SlowStatements slow) {
        this.slow = slow;
    }

    synchronized void start() {
        if (watcher == null && !closed) {
            watcher = Worker.start("running-statements", PERIOD, PERIOD, this::check);
        }
    }

    /** Looks for lock waits from now on, by connections of {@code connections}. To be called once. */
    void watchLocks(ConnectionFactory connections) {
        lockWaits = new LockWaits(connections);
    }

    /** Returns the state of the thread; empty before it is started. */
    synchronized Optional<WorkerState> state() {
        return Optional.ofNullable(watcher).map(Worker::state);
    }

    void add(StatementContext context, StatementStatistics statement, @Nullable StatementScope scope) {
        running.put(
                context,
                new RunningStatement(statement, scope, Objects.requireNonNull(context.getConnection(), "connection")));
    }

    /** Removes a statement that has ended, and returns it; null if it was not added. */
    @Nullable
    RunningStatement remove(StatementContext context) {
        return running.remove(context);
    }

    private void check() {
        LockWaits locks = lockWaits;
        if (locks != null) {
            locks.sample(running.values(), running::containsValue);
        }
        long now = System.nanoTime();
        for (Map.Entry<StatementContext, RunningStatement> entry : running.entrySet()) {
            RunningStatement each = entry.getValue();
            long nanos = now - each.start();
            if (!each.isReported()
                    && nanos >= THRESHOLD_FACTOR * slow.threshold().toNanos()) {
                each.setReported();
                slow.reportRunning(each.statement(), nanos, each.scope(), entry.getKey());
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (watcher != null) {
            watcher.close();
        }
        LockWaits locks = lockWaits;
        if (locks != null) {
            locks.close();
        }
    }
}
