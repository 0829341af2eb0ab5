package dealbrain.http;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** One line for each request that was answered, with the status that went out. */
final class AccessLog {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    private AccessLog() {
    }

    static void write(Request request, int status, long nanos) {
        if (LOG.isDebugEnabled()) {
            LoggingEventBuilder line = LOG.atDebug().addKeyValue("method", request.method()).addKeyValue("route", request.route().template())
                    .addKeyValue("status", status).addKeyValue("duration_ms", nanos / 1_000_000.0).addKeyValue("request_id", request.id());
            Optional<TraceParent> trace = request.traceParent();
            (trace.isPresent() ? line.addKeyValue("trace_id", trace.get().traceId()) : line).log("request");
        }
    }
}
