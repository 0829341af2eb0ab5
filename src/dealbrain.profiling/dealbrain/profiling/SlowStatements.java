package dealbrain.profiling;

import java.time.Duration;
import java.util.Locale;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/** Names slow statements in the log, and has their plans asked for. Safe for use by many threads. */
final class SlowStatements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowStatements.class);

    /** One execution that was slow, or is. */
    record Execution(
            StatementStatistics statement,
            long nanos,
            long rows,
            @Nullable StatementScope scope,
            @Nullable String callSite,
            StatementContext context) {}

    private final ProfilerOptions options;
    private final StatementTelemetry telemetry;
    private final Timeline timeline;
    private volatile long thresholdNanos;
    private volatile @Nullable Plans plans;

    SlowStatements(ProfilerOptions options, StatementTelemetry telemetry, Timeline timeline) {
        this.options = options;
        this.telemetry = telemetry;
        this.timeline = timeline;
        this.thresholdNanos = options.slow().toNanos();
    }

    synchronized void explainBy(Jdbi jdbi) {
        if (options.plans() && options.mode() == ProfilerMode.FULL && plans == null) {
            plans = new Plans(jdbi);
        }
    }

    boolean is(long nanos) {
        return nanos >= thresholdNanos;
    }

    Duration threshold() {
        return Duration.ofNanos(thresholdNanos);
    }

    void threshold(Duration threshold) {
        thresholdNanos = threshold.toNanos();
    }

    void report(Execution slow) {
        slow.statement().wasSlow();
        telemetry.slow(level(slow.nanos()));
        log(slow, false);
        Plans planner = plans;
        if (planner != null) {
            planner.ask(slow.statement(), slow.context());
        }
    }

    /** Says it of one that has not ended yet. */
    void reportRunning(
            StatementStatistics statement, long nanos, @Nullable StatementScope scope, StatementContext context) {
        log(new Execution(statement, nanos, 0, scope, null, context), true);
    }

    private void log(Execution slow, boolean running) {
        SqlText sql = slow.statement().sql();
        double millis = slow.nanos() / 1e6;
        String message = String.format(Locale.ROOT, "SLOW QUERY (%.2fms): %s", millis, sql.shown());
        LoggingEventBuilder line = LOG.atLevel(level(slow.nanos()))
                .addKeyValue("slow_query", true)
                .addKeyValue("query_duration_ms", rounded(millis))
                .addKeyValue("query_statement", sql.shown())
                .addKeyValue("query_fingerprint", sql.fingerprint());
        line = running ? line.addKeyValue("still_running", true) : line.addKeyValue("rows", slow.rows());
        LogFields.add(line, slow.statement(), slow.scope(), slow.callSite()).log(message);
        timeline.slow(sql, message, slow.scope());
    }

    private static Level level(long nanos) {
        return nanos > ProfilerOptions.ERROR.toNanos() ? Level.ERROR : Level.WARN;
    }

    private static double rounded(double millis) {
        return Math.round(millis * 100) / 100.0;
    }

    @Override
    public synchronized void close() {
        if (plans != null) {
            plans.close();
        }
    }
}
