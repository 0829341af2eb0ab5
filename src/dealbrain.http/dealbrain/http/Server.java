package dealbrain.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dealbrain.json.InputSchemas;
import dealbrain.recording.RecordedRequests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of the JDK with a virtual thread for each request, so that a slow client delays no other. A request
 * passes CORS, the given filters, the checks of its route and its handler. Exceptions become problem documents after
 * each of them.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    static {
        JdkServerProperties.setDefaults();
    }

    private final HttpServer server;
    private final ExecutorService threads = RecordedRequests.newThreads();
    private final ActiveRequests activeRequests = new ActiveRequests();
    private final BodyMemoryBudget bodyMemory = new BodyMemoryBudget();
    private final TrustedProxies proxies;
    private volatile boolean stopping;
    /** Null before the start. */
    private volatile @Nullable DocumentationHandler documentation;

    /** Binds the port as {@link #Server(String, int, TrustedProxies)}, and trusts no proxy. */
    public Server(String host, int port) throws IOException {
        this(host, port, TrustedProxies.NONE);
    }

    /**
     * Binds the port. Connections are accepted by the operating system, but wait until {@link #start}.
     *
     * @throws IOException the port is not available
     */
    public Server(String host, int port, TrustedProxies proxies) throws IOException {
        this.proxies = proxies;
        this.server = HttpServer.create(new InetSocketAddress(host, port), 1024);
        server.setExecutor(request -> threads.execute(() -> RecordedRequests.process(request)));
    }

    /**
     * Loads the classes that generate schemas and validate JSON, in the background, because the first request with
     * parameters or a body needs them. On a cold JVM that takes a tenth of a second, in which the application can open
     * its database.
     */
    public static void warmUp() {
        Thread.ofVirtual().name("warm-up").start(() -> new InputSchemas().bindQuery(Map.of(), PageQuery.class));
    }

    /**
     * Starts to process requests. The schema of an input is generated with the first request that needs it, unless
     * {@link #generateSchemas} was called before.
     */
    public void start(Router router, ServerOptions options) {
        InputSchemas schemas = new InputSchemas();
        DocumentationHandler handler = new DocumentationHandler(router, schemas, options);
        handler.routes(router);
        SiteHandler.routes(router);
        RequestReader reader = new RequestReader(router, schemas, proxies, options.publicUrl());
        CurrentTag currentTag = new CurrentTag(router);
        Handler chain = chain(options, currentTag.before(Server::dispatch));
        server.createContext("/", exchange -> process(exchange, reader, chain, options.observer()));
        server.start();
        this.documentation = handler;
    }

    /**
     * Generates the schemas of all inputs that no request has needed yet. Takes some tenths of a second of processor
     * time, on a cold JVM a second. Called some time after {@link #start}, so that it does not delay the first
     * requests.
     *
     * @throws IllegalStateException the server was not started
     */
    public void generateSchemas() {
        DocumentationHandler started = documentation;
        if (started == null) {
            throw new IllegalStateException("the server was not started");
        }
        started.generateSchemas();
    }

    /**
     * Returns the filters with the handlers behind them. A filter receives the problems of the filters after it as
     * responses, so that the headers that it adds are on all responses.
     */
    private static Handler chain(ServerOptions options, Handler dispatch) {
        ProblemFilter problems = new ProblemFilter(options.exceptionMapper());
        Handler handler = problems.before(dispatch);
        for (Filter filter : options.filters().reversed()) {
            handler = problems.before(filter.before(handler));
        }
        return new CorsFilter(options.corsOrigins()).before(handler);
    }

    /** Returns the bound port, also if the server was created with port 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops accepting connections, waits up to {@code maxWait} for active requests, and closes all connections. */
    public void stop(Duration maxWait) {
        stopping = true;
        // closes the port at once, and returns after the wait
        Thread.ofVirtual().start(() -> server.stop(Math.toIntExact(maxWait.toSeconds()) + 1));
        try {
            activeRequests.awaitNone(maxWait);
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

    /** Throws after any failure, so that the server of the JDK closes the connection without draining the body. */
    private void process(HttpExchange exchange, RequestReader reader, Handler chain, ExchangeObserver observer)
            throws IOException {
        activeRequests.begin();
        boolean keepAlive = false;
        try {
            RequestHeaders headers = new RequestHeaders(exchange.getRequestHeaders());
            RequestBody body = new RequestBody(exchange.getRequestBody(), headers, bodyMemory);
            Request request = reader.read(exchange, headers, body);
            LogContext.begin(request);
            ResponseSummary summary = observer.observe(request, () -> {
                Response response;
                try (body) { // before the response is written, because a slow client would hold the memory
                    response = closingIfStopping(chain.handle(request));
                }
                write(exchange, request, response);
                return new ResponseSummary(exchange.getResponseCode(), response.headers());
            });
            keepAlive = summary.header("Connection").isEmpty();
        } catch (IOException | UncheckedIOException e) {
            LOG.atDebug().setCause(e).log("client disconnected");
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("response aborted: internal error");
        } finally {
            activeRequests.end();
            LogContext.end();
        }
        if (!keepAlive) {
            throw new IOException("the connection must be closed");
        }
        exchange.close();
    }

    /** Announces that the connection closes after this response (RFC 9112, section 9.6). */
    private Response closingIfStopping(Response response) {
        return stopping ? response.with("Connection", "close") : response;
    }

    /**
     * Writes a problem if the response cannot be written, such as with a line break in a header, and nothing was sent.
     */
    private static void write(HttpExchange exchange, Request request, Response response) throws IOException {
        ResponseWriter writer = new ResponseWriter(exchange, request);
        try {
            writer.write(response);
        } catch (RuntimeException | Error e) {
            boolean headersSent = exchange.getResponseCode() != -1;
            if (headersSent) {
                throw e;
            }
            exchange.getResponseHeaders().clear();
            writer.write(ResponseRenderer.problem(request, ProblemFilter.internalError(request, e)));
        }
    }

    /** Checks a request against its route and calls the handler. */
    private static Response dispatch(Request request) {
        Route route = request.route();
        if (route.isMatched()) {
            requireAcceptable(request, route);
            requireUnconditional(request, route);
            requireDeclared(request, route);
        }
        return ResponseRenderer.render(request, route.handler().handle(request));
    }

    private static void requireAcceptable(Request request, Route route) {
        if (!route.isLinked()
                && request.header("Accept")
                        .filter(accept -> !ContentNegotiation.allows(accept, route.mediaTypes()))
                        .isPresent()) {
            throw new ProblemException(
                    ProblemType.NOT_ACCEPTABLE,
                    "the media types of this path are " + String.join(", ", route.mediaTypes()));
        }
    }

    private static void requireDeclared(Request request, Route route) {
        if (route.query() == null && !route.isForPeople() && !request.query().isEmpty()) {
            throw ProblemException.invalid(InputSchemas.unknownParameters(request.query()));
        }
    }

    /**
     * Rejects {@code If-Match} if the handler does not evaluate it: it must not be ignored (RFC 9110, section 13.1.1).
     */
    private static void requireUnconditional(Request request, Route route) {
        if (!request.isRead()
                && !route.isIfMatchSupported()
                && request.ifMatch().tags() != null) {
            throw new ProblemException(
                    ProblemType.PRECONDITION_FAILED, "this path does not support the header If-Match; leave it out");
        }
    }
}
