package dealbrain.operations;

import dealbrain.http.Filter;
import dealbrain.http.Handler;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.profiling.StatementProfiler;
import dealbrain.profiling.StatementScope;
import java.util.Locale;

/** Adds the number of statements to each response: {@code X-DB-Queries}, and {@code Server-Timing} (W3C). */
final class StatementHeaders implements Filter {
    @Override
    public Response filter(Request request, Handler next) {
        Response response = next.handle(request);
        return StatementProfiler.current()
                .map(scope -> withHeaders(response, scope))
                .orElse(response);
    }

    private static Response withHeaders(Response response, StatementScope scope) {
        int count = scope.count();
        String timing = String.format(
                Locale.ROOT, "db;dur=%.1f;desc=\"%d %s\"", scope.millis(), count, count == 1 ? "query" : "queries");
        return response.with("X-DB-Queries", Integer.toString(count)).with("Server-Timing", timing);
    }
}
