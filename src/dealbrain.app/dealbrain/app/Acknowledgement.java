package dealbrain.app;

import dealbrain.changes.ChangeLog;
import dealbrain.http.Filter;
import dealbrain.http.Handler;
import dealbrain.http.Request;
import dealbrain.http.Response;

/**
 * Delays the response to a request that may have changed data until all instances have received the change. One
 * statement; more with several instances. A 5xx is not delayed: it does not confirm a change, and while the database
 * is unavailable the wait would last until a timeout.
 */
final class Acknowledgement implements Filter {
    private final ChangeLog changes;

    Acknowledgement(ChangeLog changes) {
        this.changes = changes;
    }

    @Override
    public Response filter(Request request, Handler next) {
        Response response = next.handle(request);
        if (mayChangeData(request) && response.status() < 500) {
            changes.acknowledge();
        }
        return response;
    }

    private static boolean mayChangeData(Request request) {
        return switch (request.method()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }
}
