package dealbrain.profiling;

import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Hears of each statement of Jdbi: keeps its statistics, counts it for the piece of work that runs it, and names those that are
 * slow or repeated. The work is known by a scoped value: nothing mixes between threads, and nothing is left behind. Values of
 * parameters are never looked at. Safe for use by many threads.
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

    /** A profiler that tells no telemetry. */
    public StatementProfiler(ProfilerOptions options) {
        this(options, StatementTelemetry.none(), new Timeline());
    }

    StatementProfiler(ProfilerOptions options, StatementTelemetry telemetry, Timeline timeline) {
        this.mode = options.mode();
        this.options = options;
        this.telemetry = telemetry;
        this.slow = new SlowStatements(options, telemetry, timeline);
        this.repeated = new RepeatedStatements(options, telemetry, timeline);
        this.running = new RunningStatements(slow);
    }

    /** Has the statements of a Jdbi heard, from now on. Installing it again changes nothing; installing another replaces it. */
    public void install(Jdbi jdbi) {
        if (mode == ProfilerMode.OFF) {
            return;
        }
        jdbi.setSqlLogger(this);
        jdbi.setStatementBuilderFactory(_ -> new CountableRows());
        slow.explainBy(jdbi);
        running.start();
    }

    /** The piece of work that this thread is doing. */
    public static Optional<StatementScope> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /**
     * Does a piece of work, and at its end, however it ends, names the statements that it repeated. Work within it counts for
     * itself alone.
     */
    public <T, X extends Throwable> T run(StatementScope scope, ScopedValue.CallableOp<T, X> work) throws X {
        try {
            return count(scope, work);
        } finally {
            repeated.report(scope, mode);
        }
    }

    /** Does a piece of work of which nothing is said at its end, as for a test that only wants its count. */
    public static <T, X extends Throwable> T count(StatementScope scope, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, scope).call(work);
    }

    @Override
    public void logBeforeExecution(StatementContext context) {
        running.begin(context, registry.of(context), scope());
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        ended(context, CountableRows.count(context), null);
    }

    @Override
    public void logException(StatementContext context, SQLException e) {
        ended(context, 0, e);
    }

    private void ended(StatementContext context, long rows, @Nullable SQLException failure) {
        running.end(context);
        StatementStatistics statement = registry.of(context);
        StatementScope scope = scope();
        long nanos = context.getElapsedTime(ChronoUnit.NANOS);
        statement.executed(nanos, rows, failure == null, scope);
        boolean isSlow = slow.is(nanos);
        telemetry.executed(context, statement, nanos, isSlow, failure);
        boolean full = mode == ProfilerMode.FULL;
        if (full && statement.callSite() == null) {
            CallSite.of(statement).ifPresent(statement::calledFrom);
        }
        if (isSlow) {
            slow.report(new SlowStatements.Execution(
                    statement, nanos, rows, scope, full ? CallSite.of(statement).orElse(null) : null, context));
        }
        if (scope != null) {
            repeated.check(scope, statement, scope.add(statement, nanos, full));
        }
    }

    private static @Nullable StatementScope scope() {
        return CURRENT.isBound() ? CURRENT.get() : null;
    }

    public ProfilerMode mode() {
        return mode;
    }

    /** From how long on a statement is slow. */
    public Duration slowThreshold() {
        return slow.threshold();
    }

    /** Changes from how long on a statement is slow, for the next one. */
    public void slowThreshold(Duration threshold) {
        slow.threshold(threshold);
    }

    /** From how many executions on a statement counts as repeated. */
    public int repeatedThreshold() {
        return options.repeated();
    }

    /** Every statement seen, the one that took most time in all first. */
    public List<StatementReport> statements() {
        return registry.all().stream()
                .map(StatementStatistics::report)
                .sorted(Comparator.comparingDouble(StatementReport::totalMs).reversed())
                .toList();
    }

    public Optional<StatementDetails> statement(String fingerprint) {
        return registry.find(fingerprint).map(StatementStatistics::details);
    }

    @Override
    public void close() {
        running.close();
        slow.close();
    }
}
