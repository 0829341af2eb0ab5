package dealbrain.http;

import org.slf4j.MDC;

/** What every line of the log says that is written while a request is answered: which request it was, and of which trace. */
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
