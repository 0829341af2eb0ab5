package dealbrain.operations;

import dealbrain.http.ExchangeObserver;
import dealbrain.http.Request;
import dealbrain.http.ResponseSummary;
import dealbrain.http.Route;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementScope;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.spi.LoggingEventBuilder;

/** Keeps the figures of each request: its statements, its time, a span where somebody takes them, and one line of the log. */
public final class RequestObserver implements ExchangeObserver {
    private static final Logger LOG = LoggerFactory.getLogger("dealbrain.access");
    private static final Set<String> METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");

    private final Profiling profiling;
    private final RequestTelemetry telemetry;
    private final boolean accessLog;

    /**
     * An observer for one server.
     *
     * @param accessLog whether each request has a line in the log
     */
    public RequestObserver(Profiling profiling, boolean accessLog) {
        this.profiling = profiling;
        this.telemetry = new RequestTelemetry(profiling.telemetry());
        this.accessLog = accessLog;
    }

    @Override
    public ResponseSummary observe(Request request, Exchange exchange) throws IOException {
        long start = System.nanoTime();
        String method = METHODS.contains(request.method()) ? request.method() : "_OTHER";
        StatementScope statements = StatementScope.request(name(request, method), request.id());
        Span span = telemetry.begin(request, method);
        boolean isTraced = span.getSpanContext().isValid();
        if (isTraced) {
            MDC.put("trace_id", span.getSpanContext().getTraceId());
        }
        ResponseSummary answered = null;
        try (Scope _ = isTraced ? span.makeCurrent() : Scope.noop()) {
            answered = profiling.statements().run(statements, exchange::process);
            return answered;
        } finally {
            long nanos = System.nanoTime() - start;
            profiling.ended(statements, nanos, answered != null && answered.status() >= 500);
            telemetry.end(request, method, span, answered, nanos, statements.count());
            if (accessLog) {
                log(request, method, answered, nanos, statements.count());
            }
        }
    }

    private static String name(Request request, String method) {
        Route route = request.route();
        return method.equals(route.method()) ? route.name() : method + " " + route.template();
    }

    private static void log(
            Request request, String method, @Nullable ResponseSummary answered, long nanos, int statements) {
        LoggingEventBuilder line = LOG.atInfo()
                .addKeyValue("method", method)
                .addKeyValue("route", request.route().template());
        if (answered == null) {
            line = line.addKeyValue("broken_off", true);
        } else {
            String cache = answered.header("X-Cache").orElse("-");
            line = line.addKeyValue("status", answered.status()).addKeyValue("cache", cache);
        }
        line.addKeyValue("duration_ms", Math.round(nanos / 10_000.0) / 100.0)
                .addKeyValue("statements", statements)
                .log("request");
    }
}
