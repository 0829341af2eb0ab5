package dealbrain.app;

import dealbrain.changes.ChangeLog;
import dealbrain.http.Filter;
import dealbrain.http.Handler;
import dealbrain.http.Request;
import dealbrain.http.Response;

/**
 * Answers what may have changed something only when every program on this database has heard of it. One statement, in a group more;
 * none for a failure of ours, which says of no change that it was made, and would take longer still while the database is away.
 */
final class Acknowledgement implements Filter {
    private final ChangeLog changes;

    Acknowledgement(ChangeLog changes) {
        this.changes = changes;
    }

    @Override
    public Response filter(Request request, Handler next) {
        Response response = next.handle(request);
        if (mayChange(request) && response.status() < 500) {
            changes.acknowledge();
        }
        return response;
    }

    private static boolean mayChange(Request request) {
        return switch (request.method()) {
            case "GET", "HEAD", "OPTIONS" -> false;
            default -> true;
        };
    }
}
