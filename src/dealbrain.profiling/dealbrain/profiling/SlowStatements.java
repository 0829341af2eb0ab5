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

/**
 * Logs and counts slow statements. Thread-safe.
 *
 * <p>A statement that hangs is reported twice: once by {@link RunningStatements} while it runs, and once when it has
 * ended. Only the second report is counted in the metrics and explained, since only then the duration is final.
 */
final class SlowStatements implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SlowStatements.class);

    /** One slow execution. */
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
    private volatile long thresholdNanos; // can be changed while statements run
    private volatile @Nullable AutoExplain autoExplain;

    SlowStatements(ProfilerOptions options, StatementTelemetry telemetry, Timeline timeline) {
        this.options = options;
        this.telemetry = telemetry;
        this.timeline = timeline;
        this.thresholdNanos = options.slowThreshold().toNanos();
    }

    /** Explains slow statements from now on, if the options say so, on connections of {@code jdbi}. */
    synchronized void startAutoExplain(Jdbi jdbi) {
        if (options.plans() && options.mode() == ProfilerMode.FULL && autoExplain == null) {
            autoExplain = new AutoExplain(jdbi);
        }
    }

    boolean isSlow(long nanos) {
        return nanos >= thresholdNanos;
    }

    Duration threshold() {
        return Duration.ofNanos(thresholdNanos);
    }

    void threshold(Duration threshold) {
        thresholdNanos = threshold.toNanos();
    }

    void report(Execution slow) {
        slow.statement().countSlow();
        telemetry.countSlow(level(slow.nanos()));
        log(slow, false);
        AutoExplain explainer = autoExplain;
        if (explainer != null) {
            explainer.explainLater(slow.statement(), slow.context());
        }
    }

    /** Logs a statement that has not ended yet. */
    void reportRunning(
            StatementStatistics statement, long nanos, @Nullable StatementScope scope, StatementContext context) {
        log(new Execution(statement, nanos, 0, scope, null, context), true);
    }

    private void log(Execution slow, boolean running) {
        SqlText sql = slow.statement().sql();
        double millis = slow.nanos() / 1e6;
        String message = String.format(Locale.ROOT, "SLOW QUERY (%.2fms): %s", millis, sql.logText());
        LoggingEventBuilder line = LOG.atLevel(level(slow.nanos()))
                .addKeyValue("slow_query", true)
                .addKeyValue("query_duration_ms", rounded(millis))
                .addKeyValue("query_statement", sql.logText())
                .addKeyValue("query_fingerprint", sql.fingerprint());
        line = running ? line.addKeyValue("still_running", true) : line.addKeyValue("rows", slow.rows());
        LogFields.add(line, slow.statement(), slow.scope(), slow.callSite()).log(message);
        timeline.recordSlow(sql, message, slow.scope());
    }

    private static Level level(long nanos) {
        return nanos > ProfilerOptions.ERROR_THRESHOLD.toNanos() ? Level.ERROR : Level.WARN;
    }

    private static double rounded(double millis) {
        return Math.round(millis * 100) / 100.0;
    }

    @Override
    public synchronized void close() {
        if (autoExplain != null) {
            autoExplain.close();
        }
    }
}
