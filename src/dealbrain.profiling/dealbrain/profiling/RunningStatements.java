package dealbrain.profiling;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The statements that have begun and not ended. A thread looks at them a few times a second and reports once those that have
 * taken five times as long as a slow one: when the database hangs, that is the only line there will be. Safe for use by many threads.
 */
final class RunningStatements implements AutoCloseable {
    private static final int TIMES = 5;
    private static final long PAUSE_MILLIS = 100;

    private static final class Running {
        private final StatementStatistics statement;
        private final @Nullable StatementScope scope;
        private final long start = System.nanoTime();
        private boolean reported;

        Running(StatementStatistics statement, @Nullable StatementScope scope) {
            this.statement = statement;
            this.scope = scope;
        }
    }

    private final ConcurrentMap<StatementContext, Running> running = new ConcurrentHashMap<>();
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
            var _ = watcher.scheduleWithFixedDelay(this::look, PAUSE_MILLIS, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        }
    }

    void begin(StatementContext context, StatementStatistics statement, @Nullable StatementScope scope) {
        running.put(context, new Running(statement, scope));
    }

    void end(StatementContext context) {
        running.remove(context);
    }

    private void look() {
        long now = System.nanoTime();
        for (Map.Entry<StatementContext, Running> entry : running.entrySet()) {
            Running each = entry.getValue();
            long nanos = now - each.start;
            if (!each.reported && nanos >= TIMES * slow.threshold().toNanos()) {
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
