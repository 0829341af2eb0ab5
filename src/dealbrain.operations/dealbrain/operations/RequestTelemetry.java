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

/**
 * Spans and metrics of requests. Their names follow OpenTelemetry's stable semantic conventions for HTTP servers.
 * Thread-safe.
 */
final class RequestTelemetry {
    /** The instrumentation scope of this module. */
    static final String SCOPE = "dealbrain.operations";

    private static final AttributeKey<String> METHOD = AttributeKey.stringKey("http.request.method");
    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");
    private static final AttributeKey<Long> STATUS = AttributeKey.longKey("http.response.status_code");
    private static final AttributeKey<String> SCHEME = AttributeKey.stringKey("url.scheme");
    /** Of the conventions that are in development. */
    private static final AttributeKey<String> USER = AttributeKey.stringKey("enduser.id");

    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("outcome");
    private static final Attributes SERVED = Attributes.of(OUTCOME, "served");
    private static final Attributes FAILED = Attributes.of(OUTCOME, "failed");
    private static final String BROKEN_OFF = "broken_off";
    /** The number of leading characters of a share token that spans may contain: the token is a secret. */
    private static final int TOKEN_PREFIX = 8;
    /** The bucket boundaries of the conventions, and 0.2, which the alert CollectionsSlow needs. */
    private static final List<Double> SECONDS =
            List.of(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.2, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);

    /** @param status 0 if the response was not sent completely */
    private record Key(String method, String route, int status) {}

    /** The attributes of the two histograms. */
    private record Labels(Attributes duration, Attributes statements) {}

    private final boolean tracing;
    private final boolean acceptsTraceContext;
    private final Tracer tracer;
    private final DoubleHistogram duration;
    private final LongHistogram statements;
    private final LongAdder active = new LongAdder();
    private final LongAdder served = new LongAdder();
    private final LongAdder failed = new LongAdder();
    /** Bounded: methods, routes and statuses have a fixed number of values. */
    private final ConcurrentMap<Key, Labels> labels = new ConcurrentHashMap<>();

    RequestTelemetry(Telemetry telemetry) {
        Meter meter = telemetry.api().getMeter(SCOPE);
        this.tracing = telemetry.isTracing();
        this.acceptsTraceContext = telemetry.acceptsTraceContext();
        this.tracer = telemetry.api().getTracer(SCOPE);
        this.duration = meter.histogramBuilder("http.server.request.duration")
                .setUnit("s")
                .setDescription("Duration of HTTP server requests.")
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
        this.statements = meter.histogramBuilder("dealbrain.http.request.statements")
                .ofLongs()
                .setUnit("{statement}")
                .setDescription("Number of statements of a request.")
                .setExplicitBucketBoundariesAdvice(List.of(0L, 1L, 2L, 3L, 5L, 10L, 20L, 50L))
                .build();
        observeCounts(meter);
    }

    /** Registers the counters. Both outcomes start with 0, so that Prometheus sees the first failure as an increase. */
    private void observeCounts(Meter meter) {
        var _ = meter.upDownCounterBuilder("http.server.active_requests")
                .setUnit("{request}")
                .setDescription("Number of active HTTP server requests.")
                .buildWithCallback(measurement -> measurement.record(active.sum()));
        var _ = meter.counterBuilder("dealbrain.http.requests")
                .setDescription("Number of requests, by whether the response was a 5xx.")
                .buildWithCallback(measurement -> {
                    measurement.record(served.sum(), SERVED);
                    measurement.record(failed.sum(), FAILED);
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
                .forEach((name, text) -> span.setAttribute(name, name.endsWith("token") ? prefix(text) : text));
        if (acceptsTraceContext) {
            request.traceParent()
                    .ifPresent(parent -> span.setParent(Context.root().with(Span.wrap(remote(parent)))));
        }
        return span.startSpan();
    }

    private static SpanContext remote(TraceParent parent) {
        return SpanContext.createFromRemoteParent(
                parent.traceId(),
                parent.parentId(),
                parent.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
                TraceState.getDefault());
    }

    private static String prefix(String token) {
        return token.substring(0, Math.min(TOKEN_PREFIX, token.length()));
    }

    /** @param response null if it was not sent completely */
    void end(
            Request request,
            String method,
            Span span,
            @Nullable ResponseSummary response,
            long nanos,
            int statementCount) {
        active.decrement();
        int status = response == null ? 0 : response.status();
        (status >= 500 ? failed : served).increment();
        Key key = new Key(method, request.route().template(), status);
        Labels attributes = labels.computeIfAbsent(key, RequestTelemetry::labels);
        duration.record(nanos / 1e9, attributes.duration());
        statements.record(statementCount, attributes.statements());
        if (span.isRecording()) {
            request.userId().ifPresent(id -> span.setAttribute(USER, Long.toString(id)));
            describe(span, response);
        }
        span.end();
    }

    private static Labels labels(Key key) {
        AttributesBuilder builder = Attributes.builder()
                .put(METHOD, key.method())
                .put(ROUTE, key.route())
                .put(SCHEME, "http");
        if (key.status() == 0) {
            builder.put(ERROR, BROKEN_OFF);
        } else {
            builder.put(STATUS, key.status());
        }
        if (key.status() >= 500) {
            builder.put(ERROR, Integer.toString(key.status()));
        }
        return new Labels(builder.build(), Attributes.of(ROUTE, key.route()));
    }

    private static void describe(Span span, @Nullable ResponseSummary response) {
        if (response == null) {
            span.setAttribute(ERROR, BROKEN_OFF).setStatus(StatusCode.ERROR);
            return;
        }
        span.setAttribute(STATUS, (long) response.status());
        response.header("X-Cache").ifPresent(result -> span.setAttribute("cache_hit", result.equals("HIT")));
        if (response.status() >= 500) {
            span.setAttribute(ERROR, Integer.toString(response.status())).setStatus(StatusCode.ERROR);
        }
    }
}
