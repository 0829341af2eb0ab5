package dealbrain.http;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The JDK's HTTP server with one virtual thread for each request, so that a slow client holds up nobody but itself.
 * A request goes through: access log, CORS, problems, the given filters, the checks of its route, its handler.
 */
public final class Server implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int MAX_URI = 8 * 1024;
    private static final int MAX_HEADERS = 16 * 1024;

    static {
        limitTheJdkServer();
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Router router;
    private final Schemas schemas = new Schemas();
    private final Handler chain;
    private final ResponseWriter writer = new ResponseWriter();

    /**
     * Takes the port, but does not answer yet.
     *
     * @param filters  called in this order, between the server's own and the handler
     * @param problems what an exception that is no {@link ProblemException} means to the client; empty for a bug
     * @throws IOException when the port cannot be had
     */
    public Server(String host, int port, Router router, List<String> corsOrigins, List<Filter> filters,
            Function<Throwable, Optional<ProblemException>> problems) throws IOException {
        this.router = router;
        new Documentation(router, schemas).routes(router);
        this.chain = chain(new Cors(corsOrigins), filters, new Problems(problems));
        this.server = HttpServer.create(new InetSocketAddress(host, port), 1024);
        server.setExecutor(threads);
        server.createContext("/", this::answer);
    }

    /** Each filter sees the problems of those behind it as answers, so that what it adds to answers is on all of them. */
    private static Handler chain(Cors cors, List<Filter> filters, Problems problems) {
        Handler handler = problems.before(Server::dispatch);
        for (Filter filter : filters.reversed()) {
            handler = problems.before(filter.before(handler));
        }
        return new AccessLog().before(cors.before(handler));
    }

    /**
     * The server class reads these once, when it is loaded. Without nodelay an answer in two pieces waits 44 ms for the
     * client's delayed ACK; without the times a client that sends a byte a minute keeps its connection for ever.
     */
    private static void limitTheJdkServer() {
        Map<String, String> limits = Map.of(
                "sun.net.httpserver.nodelay", "true",
                "sun.net.httpserver.maxReqTime", "20",
                "sun.net.httpserver.maxRspTime", "120",
                "sun.net.httpserver.idleInterval", "60",
                "sun.net.httpserver.maxIdleConnections", "5000",
                "sun.net.httpserver.maxReqHeaders", "100",
                "sun.net.httpserver.maxReqHeaderSize", Integer.toString(4 * MAX_HEADERS),
                "jdk.httpserver.maxConnections", "8192");
        limits.forEach((name, value) -> {
            if (System.getProperty(name) == null) {
                System.setProperty(name, value);
            }
        });
    }

    public void start() {
        server.start();
    }

    /** The port that is listened on, also when it was asked for as 0. */
    public int port() {
        return server.getAddress().getPort();
    }

    /** Stops listening and waits, but not longer than this, for the requests that are under way. */
    public void stop(Duration wait) {
        server.stop(Math.toIntExact(wait.toSeconds()));
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop(Duration.ofSeconds(25));
    }

    private void answer(HttpExchange exchange) {
        try {
            Request request = request(exchange);
            writer.write(exchange, request, chain.handle(request));
        } catch (IOException e) {
            LOG.atDebug().setCause(e).log("the client went away");
        } catch (RuntimeException | Error e) {
            LOG.atError().setCause(e).log("a request could not be answered");
            throw e;
        } finally {
            exchange.close();
        }
    }

    private Request request(HttpExchange exchange) {
        String id = Optional.ofNullable(exchange.getRequestHeaders().getFirst("X-Request-Id"))
                .filter(given -> REQUEST_ID.matcher(given).matches())
                .orElseGet(Server::newRequestId);
        URI uri = exchange.getRequestURI();
        Router.Match match;
        Map<String, List<String>> query = Map.of();
        try {
            requireShort(exchange);
            match = router.match(exchange.getRequestMethod(), Uris.path(uri.getRawPath()));
            query = Uris.query(uri.getRawQuery());
        } catch (ProblemException e) {
            match = new Router.Match(Router.failing(exchange.getRequestMethod(), e), Map.of());
        }
        return new Request(exchange.getRequestMethod(), uri.getRawPath(), query, exchange.getRequestHeaders(),
                exchange.getRemoteAddress().getAddress(), id, exchange.getRequestBody(), match, schemas, Map.of());
    }

    private static String newRequestId() {
        return HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong()) + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    private static void requireShort(HttpExchange exchange) {
        if (exchange.getRequestURI().toString().length() > MAX_URI) {
            throw new ProblemException(ProblemType.URI_TOO_LONG, "the address must not be longer than " + MAX_URI + " bytes");
        }
        int length = 0;
        for (Map.Entry<String, List<String>> header : exchange.getRequestHeaders().entrySet()) {
            for (@Nullable String value : header.getValue()) {
                length += header.getKey().length() + (value == null ? 0 : value.length()) + 4;
            }
        }
        if (length > MAX_HEADERS) {
            throw new ProblemException(ProblemType.HEADERS_TOO_LARGE, "the header must not be larger than " + MAX_HEADERS + " bytes");
        }
    }

    /** What every route is held to, before its handler. */
    private static Response dispatch(Request request) {
        Route route = request.route();
        if (request.header("Accept").filter(accept -> !Accept.allows(accept, route.mediaTypes())).isPresent()) {
            throw new ProblemException(ProblemType.NOT_ACCEPTABLE, "this address gives " + String.join(", ", route.mediaTypes()));
        }
        if (route.query() == null && !request.query().isEmpty()) {
            throw ProblemException.invalid(request.query().keySet().stream()
                    .map(name -> Problem.Mistake.in(name, name + " is not known here")).toList());
        }
        return route.handler().handle(request);
    }
}
