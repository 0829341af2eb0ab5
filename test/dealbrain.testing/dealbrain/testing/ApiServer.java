package dealbrain.testing;

import dealbrain.accounts.Accounts;
import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.changes.ChangeLog;
import dealbrain.http.ApiDescription;
import dealbrain.http.Handler;
import dealbrain.http.Request;
import dealbrain.http.Response;
import dealbrain.http.Router;
import dealbrain.http.Server;
import dealbrain.http.ServerOptions;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A server with the endpoints of accounts and of the given modules, for the API tests of a module. Responses have the
 * number of statements in the header {@code X-DB-Queries}. Ordered after the database:
 *
 * <pre>{@code
 * @Order(2)
 * @RegisterExtension
 * static final ApiServer server = new ApiServer(database, ListingApiTest::addRoutes);
 * }</pre>
 */
public final class ApiServer implements BeforeAllCallback, AfterAllCallback {
    /** Longer than a busy machine delays a poll, after which the cache would not be used. */
    private static final Duration LEASE = Duration.ofSeconds(20);

    private static final long CACHE_BYTES = 10_000_000;
    private static final int HASH_ITERATIONS = 10;
    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

    /** Creates the modules of a test and adds their routes. */
    @FunctionalInterface
    public interface Modules {
        void addRoutes(Router router, Jdbi jdbi, Authentication authentication, Cache cache);
    }

    private final TestDatabase database;
    private final Modules modules;
    private @Nullable Running running;

    public ApiServer(TestDatabase database, Modules modules) {
        this.database = database;
        this.modules = modules;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        if (running == null) { // not again for a nested class
            running = new Running(database.jdbi(), modules);
        }
    }

    @Override
    public void afterAll(ExtensionContext context) {
        boolean nested = context.getRequiredTestClass().isMemberClass();
        if (!nested && running != null) {
            running.close();
        }
    }

    /** Returns a client without a token. */
    public Api api() {
        return Api.at(Objects.requireNonNull(running, "ApiServer needs @RegisterExtension on a static field")
                .server
                .port());
    }

    private static final class Running implements AutoCloseable {
        private final ChangeLog changes;
        private final Cache cache;
        private final Server server;

        Running(Jdbi jdbi, Modules modules) throws IOException {
            StatementCounter.listenTo(jdbi);
            changes = ChangeLog.open(jdbi, jdbi, LEASE);
            cache = new Cache(changes, null, "", CACHE_BYTES, 0);
            Accounts accounts = new Accounts(jdbi, HASH_ITERATIONS, true);
            Router router = new Router();
            accounts.routes(router);
            modules.addRoutes(router, jdbi, accounts.authentication(), cache);
            server = new Server("127.0.0.1", 0);
            server.start(
                    router,
                    ServerOptions.of(ApiDescription.of("test", "1"))
                            .withFilters(
                                    List.of(Running::countStatements, this::acknowledge, accounts.authentication())));
        }

        private static Response countStatements(Request request, Handler next) {
            AtomicReference<Response> response = new AtomicReference<>();
            int statements = StatementCounter.countWithRepetition(() -> response.set(next.handle(request)));
            return response.get().with("X-DB-Queries", Integer.toString(statements));
        }

        /**
         * Waits until the cache knows the changes of a request, so that the next request does not get an older
         * response.
         */
        private Response acknowledge(Request request, Handler next) {
            Response response = next.handle(request);
            if (!SAFE_METHODS.contains(request.method())) {
                changes.acknowledge();
            }
            return response;
        }

        @Override
        public void close() {
            server.close();
            cache.close();
            changes.close();
        }
    }
}
