package dealbrain.operations;

import dealbrain.http.ExchangeObserver;
import dealbrain.http.Request;
import dealbrain.http.ResponseSummary;
import dealbrain.http.Route;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementScope;
import dealbrain.recording.RecordedRequests;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** Records each request: statistics, metrics, a span if spans are exported, and a log line. Thread-safe. */
final class RequestObserver implements ExchangeObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dealbrain.access");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
    /** Replaces all other methods, of which clients can send any number (OpenTelemetry's HTTP conventions). */
    private static final String OTHER_METHOD = "_OTHER";

    private final Profiling profiling;
    private final RequestTelemetry telemetry;
    private final boolean accessLog;

    /** @param accessLog whether each request is logged */
    RequestObserver(Profiling profiling, boolean accessLog) {
        this.profiling = profiling;
        this.telemetry = new RequestTelemetry(profiling.telemetry());
        this.accessLog = accessLog;
    }

    @Override
    public ResponseSummary observe(Request request, Exchange exchange) throws IOException {
        long start = System.nanoTime();
        String method = METHODS.contains(request.method()) ? request.method() : OTHER_METHOD;
        StatementScope statements = StatementScope.request(name(request, method), request.id());
        RecordedRequests.describe(statements.name(), request.id());
        Span span = telemetry.begin(request, method);
        boolean isTraced = span.getSpanContext().isValid();
        if (isTraced) {
            MDC.put("trace_id", span.getSpanContext().getTraceId());
        }
        ResponseSummary response = null;
        try (Scope _ = isTraced ? span.makeCurrent() : Scope.noop()) {
            response = profiling.statements().run(statements, exchange::process);
            return response;
        } finally {
            long nanos = System.nanoTime() - start;
            profiling.recordRequest(statements, nanos, response == null ? 0 : response.status());
            telemetry.end(request, method, span, response, nanos, statements.count());
            if (accessLog) {
                log(request, method, response, nanos, statements.count());
            }
        }
    }

    private static String name(Request request, String method) {
        Route route = request.route();
        return method.equals(route.method()) ? route.name() : method + " " + route.template();
    }

    /** @param response null if it was not sent completely */
    private static void log(
            Request request, String method, @Nullable ResponseSummary response, long nanos, int statements) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("route", request.route().template());
        if (response == null) {
            line = line.addKeyValue("broken_off", true);
        } else {
            String cache = response.header("X-Cache").orElse("-");
            line = line.addKeyValue("status", response.status()).addKeyValue("cache", cache);
        }
        line.addKeyValue("user_id", request.userId().orElse(null))
                .addKeyValue("duration_ms", Math.round(nanos / 10_000.0) / 100.0)
                .addKeyValue("statements", statements)
                .log("request");
    }
}
