package dealbrain.operations;

import dealbrain.http.Request;
import dealbrain.http.ResponseSummary;
import dealbrain.http.TraceParent;
import dealbrain.profiling.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongHistogram;
import io.opentelemetry.api.metrics.Meter;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Spans and metrics of requests, by the stable semantic conventions of HTTP servers. Safe for use by many threads. */
final class RequestTelemetry {
    private static final String SCOPE = "dealbrain.operations";
    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
    private static final Attributes SERVED = Attributes.of(OUTCOME, "served");
    private static final Attributes FAILED = Attributes.of(OUTCOME, "failed");
    private static final String BROKEN_OFF = "broken_off";
    /** What of a share's token may be seen. */
    private static final int SHOWN_OF_TOKEN = 8;
    /** The names that the convention gives, and 0.2, which the alert on collections asks for. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    private record Kind(String method, String route, int status) {}

    /** What requests of one kind are recorded with. */
    private record Labels(Attributes request, Attributes route) {}

    private final boolean tracing;
    private final Tracer tracer;
    private final DoubleHistogram duration;
    private final LongHistogram statements;
    private final LongAdder active = new LongAdder();
    private final LongAdder served = new LongAdder();
    private final LongAdder failed = new LongAdder();
    /** Of those there are few: methods and routes come from the table, statuses from us. */
    private final ConcurrentMap<Kind, Labels> labels = new ConcurrentHashMap<>();

    RequestTelemetry(Telemetry telemetry) {
        Meter meter = telemetry.api().getMeter(SCOPE);
        this.tracing = telemetry.isTracing();
        this.tracer = telemetry.api().getTracer(SCOPE);
        this.duration = meter.histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setDescription("Duration of HTTP server requests.")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
        this.statements = meter.histogramBuilder("dealbrain.http.request.statements")
                .ofLongs()
                .setUnit("{statement}")
                .setDescription("Statements that a request ran.")
                .setExplicitBucketBoundariesAdvice(List.of(0L, 1L, 2L, 3L, 5L, 10L, 20L, 50L))
                .build();
        observeCounts(meter);
    }

    /** Counts that are only looked at when somebody reads the metrics; from the first reading on, so that a first failure is seen as an increase. */
    private void observeCounts(Meter meter) {
        var _ = meter.upDownCounterBuilder("http.server.active_requests")
                .setUnit("{request}")
                .setDescription("Number of active HTTP server requests.")
                .buildWithCallback(it -> it.record(active.sum()));
        var _ = meter.counterBuilder("dealbrain.http.requests")
                .setDescription("Requests by whether they failed by a fault of ours.")
                .buildWithCallback(it -> {
                    it.record(served.sum(), SERVED);
                    it.record(failed.sum(), FAILED);
                });
    }

    Span begin(Request request, String method) {
        active.increment();
        if (!tracing) {
            return Span.getInvalid();
        }
        SpanBuilder span = tracer.spanBuilder(method + " " + request.route().template())
                .setSpanKind(SpanKind.SERVER)
                .setAttribute(METHOD, method)
                .setAttribute(ROUTE, request.route().template())
                .setAttribute(SCHEME, "http")
                .setAttribute("client.address", request.client().getHostAddress())
                .setAttribute("request_id", request.id());
        request.pathParameters()
                .forEach((name, text) -> span.setAttribute(name, name.endsWith("token") ? cut(text) : text));
        request.traceParent().ifPresent(parent -> span.setParent(Context.root().with(Span.wrap(remote(parent)))));
        return span.startSpan();
    }

    private static SpanContext remote(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(),
                parent.parentId(),
                parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    private static String cut(String token) {
        return token.substring(0, Math.min(SHOWN_OF_TOKEN, token.length()));
    }

    /** @param answered null when the answer broke off */
    void end(
            Request request,
            String method,
            Span span,
            @Nullable ResponseSummary answered,
            long nanos,
            int statementCount) {
        active.decrement();
        int status = answered == null ? 0 : answered.status();
        (status >= 500 ? failed : served).increment();
        Labels of =
                labels.computeIfAbsent(new Kind(method, request.route().template(), status), RequestTelemetry::labels);
        duration.record(nanos / 1e9, of.request());
        statements.record(statementCount, of.route());
        if (span.isRecording()) {
            describe(span, answered);
        }
        span.end();
    }

    private static Labels labels(Kind kind) {
        AttributesBuilder builder = Attributes.builder()
                .put(METHOD, kind.method())
                .put(ROUTE, kind.route())
                .put(SCHEME, "http");
        if (kind.status() == 0) {
            builder.put(ERROR, BROKEN_OFF);
        } else {
            builder.put(STATUS, kind.status());
        }
        if (kind.status() >= 500) {
            builder.put(ERROR, Integer.toString(kind.status()));
        }
        return new Labels(builder.build(), Attributes.of(ROUTE, kind.route()));
    }

    private static void describe(Span span, @Nullable ResponseSummary answered) {
        if (answered == null) {
            span.setAttribute(ERROR, BROKEN_OFF).setStatus(StatusCode.ERROR);
            return;
        }
        span.setAttribute(STATUS, (long) answered.status());
        answered.header("X-Cache").ifPresent(result -> span.setAttribute("cache_hit", result.equals("HIT")));
        if (answered.status() >= 500) {
            span.setAttribute(ERROR, Integer.toString(answered.status())).setStatus(StatusCode.ERROR);
        }
    }
}
