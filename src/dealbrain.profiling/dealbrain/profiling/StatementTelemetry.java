package dealbrain.profiling;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;

/**
 * Spans and metrics of statements, named by OpenTelemetry's stable semantic conventions for database clients. Statement
 * texts have placeholders instead of values, and need no sanitizing. Thread-safe.
 */
final class StatementTelemetry {
    static final String SCOPE = "dealbrain.profiling";
    static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("db.system.name");
    static final AttributeKey<String> OPERATION = AttributeKey.stringKey("db.operation.name");
    static final AttributeKey<String> COLLECTION = AttributeKey.stringKey("db.collection.name");
    static final AttributeKey<String> SUMMARY = AttributeKey.stringKey("db.query.summary");
    static final AttributeKey<String> TEXT = AttributeKey.stringKey("db.query.text");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> STATUS = AttributeKey.stringKey("db.response.status_code");
    private static final AttributeKey<String> SEVERITY = AttributeKey.stringKey("severity");
    private static final AttributeKey<Double> DURATION = AttributeKey.doubleKey("db.duration_ms");

    private final boolean tracing;
    private final Tracer tracer;
    private final DoubleHistogram duration;
    private final LongCounter slow;
    private final LongCounter repeated;

    /** @param tracing whether spans are exported; if not, none are recorded */
    StatementTelemetry(OpenTelemetry telemetry, boolean tracing) {
        Meter meter = telemetry.getMeter(SCOPE);
        this.tracing = tracing;
        this.tracer = telemetry.getTracer(SCOPE);
        this.duration = meter.histogramBuilder("db.client.operation.duration")
                .setUnit("s")
                .setDescription("Duration of database statements.")
                .setExplicitBucketBoundariesAdvice(List.of(0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 5.0, 10.0))
                .build();
        this.slow = meter.counterBuilder("dealbrain.db.slow_statements")
                .setDescription("Statements that were slow.")
                .build();
        this.repeated = meter.counterBuilder("dealbrain.db.repeated_statements")
                .setDescription("Statements that one request or job repeated (N+1).")
                .build();
        repeated.add(0); // Prometheus sees no increase in a series that starts with 1
        slow.add(0, severity(Level.WARN));
        slow.add(0, severity(Level.ERROR));
    }

    private static Attributes severity(Level level) {
        return Attributes.of(SEVERITY, level == Level.ERROR ? "error" : "warning");
    }

    static StatementTelemetry noop() {
        return new StatementTelemetry(OpenTelemetry.noop(), false);
    }

    static Attributes attributes(SqlText sql) {
        return Attributes.builder()
                .put(SYSTEM, "postgresql")
                .put(OPERATION, sql.operation())
                .put(SUMMARY, sql.summary())
                .put(COLLECTION, sql.table().isEmpty() ? null : sql.table())
                .build();
    }

    void record(
            StatementContext context,
            StatementStatistics statement,
            long nanos,
            boolean isSlow,
            @Nullable SQLException failure) {
        Attributes attributes = failure == null ? statement.attributes() : failed(statement.attributes(), failure);
        duration.record(nanos / 1e9, attributes);
        if (tracing) {
            span(context, statement, attributes, isSlow ? nanos : -1);
        }
    }

    private static Attributes failed(Attributes attributes, SQLException failure) {
        String state = Objects.requireNonNullElse(failure.getSQLState(), "unknown");
        return attributes.toBuilder().put(STATUS, state).put(ERROR, state).build();
    }

    /** Records the span after the statement has ended, with the times that Jdbi has measured. */
    private void span(StatementContext context, StatementStatistics statement, Attributes attributes, long slowNanos) {
        Instant failedAt = context.getExceptionMoment();
        Instant end = failedAt == null ? Objects.requireNonNull(context.getCompletionMoment()) : failedAt;
        Span span = tracer.spanBuilder(statement.sql().summary())
                .setSpanKind(SpanKind.CLIENT)
                .setStartTimestamp(Objects.requireNonNull(context.getExecutionMoment()))
                .startSpan();
        if (span.isRecording()) {
            span.setAllAttributes(attributes).setAttribute(TEXT, statement.sql().text());
            if (failedAt != null) {
                span.setStatus(StatusCode.ERROR);
            }
            if (slowNanos >= 0) {
                span.addEvent("slow_query", Attributes.of(DURATION, slowNanos / 1e6), end);
            }
        }
        span.end(TimeUnit.SECONDS.toNanos(end.getEpochSecond()) + end.getNano(), TimeUnit.NANOSECONDS);
    }

    void countSlow(Level level) {
        slow.add(1, severity(level));
    }

    void countRepeated() {
        repeated.add(1);
    }
}
