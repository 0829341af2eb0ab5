package dealbrain.perf;

import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.http.Access;
import dealbrain.http.ApiDescription;
import dealbrain.http.CachedBody;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.http.Server;
import dealbrain.http.ServerOptions;
import dealbrain.views.ViewCounter;
import dealbrain.views.Views;
import dealbrain.views.Visitor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The application's HTTP server with one prepared page at two paths. {@code /counted} counts a view, as shared pages
 * do, and stores the counts every second; {@code /plain} does not. The application has no setting for this comparison.
 */
final class ViewCountServer {
    private ViewCountServer() {}

    /** Starts the server on the port in {@code arguments[0]}. */
    public static void main(String[] arguments) throws IOException {
        Database database = Database.open(DatabaseUrl.parse(System.getenv("DATABASE_URL")), 2);
        Views views = new Views(database.jdbi(), _ -> {});
        ViewCounter counter = views.counter("collection");
        byte[] bytes = "x".repeat(3000).getBytes(StandardCharsets.US_ASCII);
        Response page = Response.cached(CachedBody.strong(bytes, Response.JSON, CachedBody.tagOf(bytes)));
        Router router = new Router();
        router.get("/plain", _ -> page).access(Access.PUBLIC).returns(String.class);
        router.get("/counted", request -> {
                    counter.count(Visitor.of(request), DataSet.OF_150.id());
                    return page;
                })
                .access(Access.PUBLIC)
                .returns(String.class);
        Server server = new Server("127.0.0.1", Integer.parseInt(arguments[0]));
        var _ = Executors.newSingleThreadScheduledExecutor()
                .scheduleWithFixedDelay(views::flush, 1, 1, TimeUnit.SECONDS);
        server.start(router, ServerOptions.of(ApiDescription.of("counting", "1")));
    }
}
