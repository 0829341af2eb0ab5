package dealbrain.profiling;

import dealbrain.background.WorkerState;
import dealbrain.waterfall.Statement;
import dealbrain.waterfall.Waterfall;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Profiles all statements of a Jdbi: records the statistics of each statement, counts the statements of each request
 * and job, and reports slow and repeated ones. Parameter values are never read. Thread-safe.
 *
 * <p>Jdbi calls this logger on the thread that runs the statement. The request or job is found by a scoped value of
 * that thread: it cannot leak into other threads, and its binding ends with the work.
 */
public final class StatementProfiler implements SqlLogger, AutoCloseable {
    private static final ScopedValue<StatementScope> CURRENT = ScopedValue.newInstance();

    private final ProfilerMode mode;
    private final ProfilerOptions options;
    private final StatementTelemetry telemetry;
    private final StatementRegistry registry = new StatementRegistry();
    private final SlowStatements slow;
    private final RepeatedStatements repeated;
    private final RunningStatements running;

    /** Creates a profiler without metrics and spans. */
    public StatementProfiler(ProfilerOptions options) {
        this(options, StatementTelemetry.noop(), new Timeline());
    }

    StatementProfiler(ProfilerOptions options, StatementTelemetry telemetry, Timeline timeline) {
        this.mode = options.mode();
        this.options = options;
        this.telemetry = telemetry;
        this.slow = new SlowStatements(options, telemetry, timeline);
        this.repeated = new RepeatedStatements(options, telemetry, timeline);
        this.running = new RunningStatements(slow);
    }

    /**
     * Profiles the statements of {@code jdbi}, with the exception of DAOs that were called before: these keep their
     * configuration. Replaces an installed profiler. Does nothing in the mode {@code OFF}.
     */
    public void install(Jdbi jdbi) {
        if (mode == ProfilerMode.OFF) {
            return;
        }
        jdbi.setSqlLogger(this);
        jdbi.setStatementBuilderFactory(_ -> new ScrollableStatementBuilder(registry));
        slow.startAutoExplain(jdbi);
        running.start();
    }

    /**
     * Finds the statements that wait for a lock, from now on; does nothing in the mode {@code OFF}. To be called once.
     *
     * @param connections to the server that the statements run on, outside of their pool
     */
    public void watchLocks(ConnectionFactory connections) {
        if (mode != ProfilerMode.OFF) {
            running.watchLocks(connections);
        }
    }

    /** Returns the scope of the request or job that this thread is doing. */
    public static Optional<StatementScope> current() {
        return Optional.ofNullable(scope());
    }

    private static @Nullable StatementScope scope() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    /**
     * Does a request or job in a scope, and reports the statements that it repeated, also if it throws. In nested
     * scopes a statement counts for the innermost one only.
     */
    public <T, X extends Throwable> T run(StatementScope scope, ScopedValue.CallableOp<T, X> work) throws X {
        try {
            return runUnreported(scope, work);
        } finally {
            repeated.report(scope, mode);
        }
    }

    /** Does work in a scope without a report at the end, for tests that only count statements. */
    public static <T, X extends Throwable> T runUnreported(StatementScope scope, ScopedValue.CallableOp<T, X> work)
            throws X {
        return Waterfall.call(
                scope.waterfall(), () -> ScopedValue.where(CURRENT, scope).call(work));
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        running.add(context, registry.of(context), scope());
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        record(context, ScrollableStatementBuilder.rowCount(context), null);
    }

    @Override
    public void logException(StatementContext context, SQLException e) {
        record(context, 0, e);
    }

    private void record(StatementContext context, long rows, @Nullable SQLException failure) {
        RunningStatement ended = running.remove(context);
        StatementStatistics statement = registry.of(context);
        StatementScope scope = scope();
        long nanos = context.getElapsedTime(ChronoUnit.NANOS);
        statement.record(nanos, rows, failure == null, scope);
        boolean isSlow = slow.isSlow(nanos);
        telemetry.record(context, statement, nanos, isSlow, failure);
        if (scope != null) {
            addSteps(scope.waterfall(), statement.statement(), nanos, rows, failure, ended);
        }
        boolean full = mode == ProfilerMode.FULL;
        if (full && statement.callSite() == null) { // one call site for each statement is enough for the list
            CallSite.of(statement).ifPresent(statement::callSite);
        }
        if (isSlow) {
            String callSite = full ? CallSite.of(statement).orElse(null) : null;
            slow.report(new SlowStatements.Execution(statement, nanos, rows, scope, callSite, context));
        }
        if (scope != null) { // last, as it may throw
            repeated.check(scope, statement, scope.record(statement, nanos, full));
        }
    }

    private static void addSteps(
            Waterfall waterfall,
            Statement statement,
            long nanos,
            long rows,
            @Nullable SQLException failure,
            @Nullable RunningStatement ended) {
        String sqlState = failure == null ? null : Objects.requireNonNullElse(failure.getSQLState(), "unknown");
        waterfall.addStatement(statement, nanos, rows, sqlState);
        if (ended != null && ended.lockNanos() > 0) {
            long start = System.nanoTime() - nanos;
            waterfall.addLock(statement, Math.max(start, ended.firstLock()), Math.min(nanos, ended.lockNanos()));
        }
    }

    public ProfilerMode mode() {
        return mode;
    }

    /** Returns the duration from which on a statement is slow. */
    public Duration slowThreshold() {
        return slow.threshold();
    }

    /** Sets the duration from which on a statement is slow, for statements that end from now on. */
    public void slowThreshold(Duration threshold) {
        slow.threshold(threshold);
    }

    /** Returns the number of executions from which on a statement is repeated. */
    public int repeatedThreshold() {
        return options.repeatedThreshold();
    }

    /** Returns the statistics of all statements, by total duration, the longest first. */
    public List<StatementReport> statements() {
        return registry.all().stream()
                .map(StatementStatistics::report)
                .sorted(Comparator.comparingDouble(StatementReport::totalMs).reversed())
                .toList();
    }

    public Optional<StatementDetails> statement(String fingerprint) {
        return registry.find(fingerprint).map(StatementStatistics::details);
    }

    /** Returns the state of the thread that looks for statements that do not end; empty in the mode {@code OFF}. */
    Optional<WorkerState> watcher() {
        return running.state();
    }

    @Override
    public void close() {
        running.close();
        slow.close();
    }
}
