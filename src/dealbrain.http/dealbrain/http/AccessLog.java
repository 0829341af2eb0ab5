package dealbrain.http;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line for each request. */
final class AccessLog implements Filter {
    private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);

    @Override
    public Response filter(Request request, Handler next) {
        long start = System.nanoTime();
        Response response = next.handle(request);
        LOG.atDebug().addKeyValue("method", request.method()).addKeyValue("route", request.route().template())
                .addKeyValue("status", response.status()).addKeyValue("duration_ms", (System.nanoTime() - start) / 1_000_000.0)
                .addKeyValue("request_id", request.id()).log("request");
        return response;
    }
}
