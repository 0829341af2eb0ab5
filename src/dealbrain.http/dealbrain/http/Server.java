package dealbrain.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dealbrain.json.InputSchemas;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's HTTP server with one virtual thread for each request, so that a slow client holds up nobody but itself.
 * A request goes through: CORS, problems, the given filters, the checks of its route, its handler.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final String MOST_CONNECTIONS = "8192";

    static {
        limitTheJdkServer();
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ActiveRequests underWay = new ActiveRequests();
    private final BodyMemoryBudget bodies = new BodyMemoryBudget();
    private final TrustedProxies proxies;
    private volatile boolean stopping;

    /** One that believes no proxy. */
    public Server(String host, int port) throws IOException {
        this(host, port, TrustedProxies.NONE);
    }

    /**
     * Takes the port, but does not answer yet: clients wait.
     *
     * @throws IOException when the port cannot be had
     */
    public Server(String host, int port, TrustedProxies proxies) throws IOException {
        this.proxies = proxies;
        this.server = HttpServer.create(new InetSocketAddress(host, port), 1024);
        server.setExecutor(threads);
    }

    /** Each filter sees the problems of those behind it as answers, so that what it adds to answers is on all of them. */
    private static Handler chain(CorsFilter cors, List<Filter> filters, ProblemFilter problems) {
        Handler handler = problems.before(Server::dispatch);
        for (Filter filter : filters.reversed()) {
            handler = problems.before(filter.before(handler));
        }
        return cors.before(handler);
    }

    /**
     * The server class reads these once, when it is loaded. Without nodelay an answer in two pieces waits 44 ms for the
     * client's delayed ACK; without the times a client that sends a byte a minute keeps its connection for ever. What of
     * a body nobody read is read to its end up to the given amount, so that the client gets the answer, and the
     * connection lives. A header above its limit is closed without an answer, so that ours, which answer, are lower. Of idle
     * connections there may be as many as of all: past a limit of their own each client's would be closed right after its
     * answer, without a word, just when it sends the next request.
     */
    private static void limitTheJdkServer() {
        Map<String, String> limits = Map.of(
                "sun.net.httpserver.nodelay", "true",
                "sun.net.httpserver.maxReqTime", "20",
                "sun.net.httpserver.maxRspTime", "120",
                "sun.net.httpserver.idleInterval", "60",
                "sun.net.httpserver.maxIdleConnections", MOST_CONNECTIONS,
                "sun.net.httpserver.maxReqHeaders", "1000",
                "sun.net.httpserver.maxReqHeaderSize", Integer.toString(16 * RequestReader.MAX_HEADERS),
                "sun.net.httpserver.drainAmount", Integer.toString(16 * Route.ONE_MEBIBYTE),
                "jdk.httpserver.maxConnections", MOST_CONNECTIONS);
        limits.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    /**
     * Loads in the background what reads and checks JSON, about a second of work for a cold machine: something to do for a
     * program that waits for its database.
     */
    public static void warmUp() {
        Thread.ofVirtual().name("warm-up").start(() -> new InputSchemas().bindQuery(Map.of(), PageQuery.class));
    }

    /** Begins to answer, observed by nobody. */
    public void start(
            Router router,
            List<String> corsOrigins,
            List<Filter> filters,
            Function<Throwable, Optional<ProblemException>> problems) {
        start(router, corsOrigins, filters, problems, (_, exchange) -> exchange.answer());
    }

    /**
     * Begins to answer; the schemas of the inputs are made in the background meanwhile.
     *
     * @param filters  called in this order, between the server's own and the handler
     * @param problems what an exception that is no {@link ProblemException} means to the client; empty for a bug
     * @param observer stands around each request
     */
    public void start(
            Router router,
            List<String> corsOrigins,
            List<Filter> filters,
            Function<Throwable, Optional<ProblemException>> problems,
            ExchangeObserver observer) {
        InputSchemas schemas = new InputSchemas();
        DocumentationHandler documentation = new DocumentationHandler(router, schemas);
        documentation.routes(router);
        RequestReader reader = new RequestReader(router, schemas, proxies);
        Handler chain = chain(new CorsFilter(corsOrigins), filters, new ProblemFilter(problems));
        server.createContext("/", exchange -> answer(exchange, reader, chain, observer));
        server.start();
        Thread.ofVirtual().name("schemas").start(documentation::prepare);
    }

    /** The port that is listened on, also when it was asked for as 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening, has clients close connections that they keep, and waits, but not longer than this, for the requests that are under way. */
    public void stop(Duration wait) {
        stopping = true;
        Thread.ofVirtual()
                .start(() -> server.stop(Math.toIntExact(wait.toSeconds()) + 1)); // listens no longer, from now on
        try {
            underWay.awaitNone(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        threads.shutdownNow();
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(25));
    }

    /** Whatever did not end well is thrown: then the JDK's server closes the connection, reads no rest of a body and forgets both at once. */
    private void answer(HttpExchange exchange, RequestReader reader, Handler chain, ExchangeObserver observer)
            throws IOException {
        underWay.begin();
        boolean keeps = false;
        try {
            RequestHeaders header = new RequestHeaders(exchange.getRequestHeaders());
            RequestBody body = new RequestBody(exchange.getRequestBody(), header, bodies.share());
            Request request = reader.read(exchange, header, body);
            LogContext.begin(request);
            ResponseSummary answered = observer.observe(request, () -> {
                Response response;
                try (body) { // before it is written, which may take as long as the client likes
                    response = closing(chain.handle(request));
                }
                write(exchange, request, response);
                return new ResponseSummary(exchange.getResponseCode(), response.headers());
            });
            keeps = answered.header("Connection").isEmpty();
        } catch (IOException | UncheckedIOException e) {
            LOG.atDebug().setCause(e).log("the client went away");
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("an answer broke off by a fault of ours");
        } finally {
            underWay.end();
            LogContext.end();
        }
        if (!keeps) {
            throw new IOException("the connection is to be closed");
        }
        exchange.close();
    }

    /** So that the client knows, when it asks the next time, that this connection is not there any more (RFC 9112, section 9.6). */
    private Response closing(Response response) {
        return stopping ? response.with("Connection", "close") : response;
    }

    /** An answer that cannot be written, such as for a header with a line break in it, becomes a problem if there is still time. */
    private static void write(HttpExchange exchange, Request request, Response response) throws IOException {
        ResponseWriter writer = new ResponseWriter(exchange, request);
        try {
            writer.write(response);
        } catch (RuntimeException | Error e) {
            if (exchange.getResponseCode() != -1) {
                throw e;
            }
            exchange.getResponseHeaders().clear();
            writer.write(ResponseRenderer.problem(request, ProblemFilter.bug(request, e)));
        }
    }

    /** What every route is held to, before its handler. */
    private static Response dispatch(Request request) {
        Route route = request.route();
        if (route.isInTable()) {
            requireAcceptable(request, route);
            requireUnconditional(request, route);
            if (route.query() == null && !request.query().isEmpty()) {
                throw ProblemException.invalid(InputSchemas.unknownParameters(request.query()));
            }
        }
        return ResponseRenderer.render(request, route.handler().handle(request));
    }

    /** A condition that nobody looks at must not pass for one that holds (RFC 9110, section 13.1.1). */
    private static void requireUnconditional(Request request, Route route) {
        boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
        if (!reads && !route.isIfMatchSupported() && request.ifMatch().tags() != null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED,
                    "what is at this address has no versions; leave out the header If-Match");
        }
    }

    private static void requireAcceptable(Request request, Route route) {
        if (request.header("Accept")
                .filter(accept -> !Accept.allows(accept, route.mediaTypes()))
                .isPresent()) {
            throw new ProblemException(
                    ProblemType.NOT_ACCEPTABLE, "this address gives " + String.join(", ", route.mediaTypes()));
        }
    }
}
