package dealbrain.http;

import org.slf4j.MDC;

/** The keys that every log line has while a request is processed: the id of the request and of its trace. */
final class LogContext {
    private LogContext() {}

    static void begin(Request request) {
        MDC.put("request_id", request.id());
        request.traceParent().ifPresent(trace -> MDC.put("trace_id", trace.traceId()));
    }

    static void end() {
        MDC.clear();
    }
}
