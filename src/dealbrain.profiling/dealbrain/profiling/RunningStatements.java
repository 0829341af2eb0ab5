package dealbrain.profiling;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The statements that are running. A thread checks them ten times a second and logs once each that has run for five
 * times the slow threshold: a statement that hangs never ends, and would not be logged otherwise. Thread-safe.
 */
final class RunningStatements implements AutoCloseable {
    private static final int THRESHOLD_FACTOR = 5;
    private static final long PERIOD_MILLIS = 100;

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
    private final ScheduledThreadPoolExecutor watcher;
    private boolean started;

    RunningStatements(SlowStatements slow) {
        this.slow = slow;
        this.watcher = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("running-statements").factory());
    }

    synchronized void start() {
        if (!started && !watcher.isShutdown()) {
            started = true;
            var _ = watcher.scheduleWithFixedDelay(this::check, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
        }
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
    public void close() {
        watcher.shutdownNow();
    }
}
