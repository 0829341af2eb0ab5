package dealbrain.app;

import dealbrain.changes.ChangeLog;
import dealbrain.http.Filter;
import dealbrain.http.Handler;
import dealbrain.http.Request;
import dealbrain.http.Response;

/**
 * Delays the response to a request that may have changed data until all instances have received the change. A response
 * with a status of 400 or above is not delayed: it does not confirm a change. Services throw before the commit, or
 * their transaction is rolled back. So rejected requests, unauthenticated ones included, cost nothing here, and while
 * the database is unavailable they do not wait until a timeout.
 */
final class Acknowledgement implements Filter {
    private final ChangeLog changes;

    Acknowledgement(ChangeLog changes) {
        this.changes = changes;
    }

    @Override
    public Response filter(Request request, Handler next) {
        Response response = next.handle(request);
        if (mayChangeData(request) && response.status() < 400) {
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
