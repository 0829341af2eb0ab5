package dealbrain.profiling;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The statements that are running. A thread checks them ten times a second and logs once each that has run for five
 * times the slow threshold: a statement that hangs never ends, and would not be logged otherwise. Thread-safe.
 */
final class RunningStatements implements AutoCloseable {
    private static final int THRESHOLD_FACTOR = 5;
    private static final Duration PERIOD = Duration.ofMillis(100);

    private static final class Execution {
        private final StatementStatistics statement;
        private final @Nullable StatementScope scope;
        private final long start = System.nanoTime();
        private boolean reported; // used by the watcher only

        Execution(StatementStatistics statement, @Nullable StatementScope scope) {
            this.statement = statement;
            this.scope = scope;
        }
    }

    private final ConcurrentMap<StatementContext, Execution> running = new ConcurrentHashMap<>();
    private final SlowStatements slow;
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

    /** Returns the state of the thread; empty before it is started. */
    synchronized Optional<WorkerState> state() {
        return Optional.ofNullable(watcher).map(Worker::state);
    }

    void add(StatementContext context, StatementStatistics statement, @Nullable StatementScope scope) {
        running.put(context, new Execution(statement, scope));
    }

    void remove(StatementContext context) {
        running.remove(context);
    }

    private void check() {
        long now = System.nanoTime();
        for (Map.Entry<StatementContext, Execution> entry : running.entrySet()) {
            Execution each = entry.getValue();
            long nanos = now - each.start;
            if (!each.reported && nanos >= THRESHOLD_FACTOR * slow.threshold().toNanos()) {
                each.reported = true;
                slow.reportRunning(each.statement, nanos, each.scope, entry.getKey());
            }
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (watcher != null) {
            watcher.close();
        }
    }
}
