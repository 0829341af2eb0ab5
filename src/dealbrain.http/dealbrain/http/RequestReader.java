package dealbrain.http;

import com.sun.net.httpserver.HttpExchange;
import dealbrain.json.InputSchemas;
import java.net.InetAddress;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

/** Makes a request of what the JDK's server has read: decodes its address, finds its route, holds it to its limits. */
final class RequestReader {
    static final int MAX_URI = 8 * 1024;
    static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_HEADER_COUNT = 100;
    private static final int MAX_REQUEST_ID = 64;

    private final Router router;
    private final InputSchemas schemas;
    private final TrustedProxies proxies;

    RequestReader(Router router, InputSchemas schemas, TrustedProxies proxies) {
        this.router = router;
        this.schemas = schemas;
        this.proxies = proxies;
    }

    /** A request that breaks a rule gets a route that says so, to be answered on the same way as all others. */
    Request read(HttpExchange exchange, RequestHeaders header, RequestBody body) {
        String method = exchange.getRequestMethod();
        String rawPath = rawPath(exchange.getRequestURI());
        Map<String, List<String>> query = Map.of();
        Router.Match match;
        try {
            RequestSyntax.require(exchange, header);
            requireShort(exchange.getRequestURI(), header);
            match = router.match(method, UriDecoder.path(rawPath));
            query = UriDecoder.query(exchange.getRequestURI().getRawQuery());
        } catch (ProblemException e) {
            match = new Router.Match(Router.failing(method, e), Map.of());
        }
        Supplier<InetAddress> client =
                () -> proxies.client(exchange.getRemoteAddress().getAddress(), header.field("X-Forwarded-For"));
        return new Request(method, rawPath, query, header, client, requestId(header), body, match, schemas, Map.of());
    }

    /** The path as it was sent: the JDK takes {@code //a/b} for {@code /b} on the host {@code a}. */
    private static String rawPath(URI uri) {
        return uri.getScheme() == null && uri.getRawAuthority() != null
                ? "//" + uri.getRawAuthority() + uri.getRawPath()
                : uri.getRawPath();
    }

    private static String requestId(RequestHeaders header) {
        String given = header.field("X-Request-Id");
        return given != null && isRequestId(given)
                ? given
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Letters, digits, dots, underscores and dashes: what goes into any log as it is. */
    private static boolean isRequestId(String text) {
        return !text.isEmpty()
                && text.length() <= MAX_REQUEST_ID
                && text.chars()
                        .allMatch(c -> (c >= 'a' && c <= 'z')
                                || (c >= 'A' && c <= 'Z')
                                || (c >= '0' && c <= '9')
                                || c == '.'
                                || c == '_'
                                || c == '-');
    }

    private static void requireShort(URI uri, RequestHeaders header) {
        if (uri.toString().length() > MAX_URI) {
            throw new ProblemException(
                    ProblemType.URI_TOO_LONG, "the address must not be longer than " + MAX_URI + " bytes");
        }
        if (header.length() > MAX_HEADERS || header.lines() > MAX_HEADER_COUNT) {
            throw new ProblemException(
                    ProblemType.HEADERS_TOO_LARGE,
                    "the header must not be larger than " + MAX_HEADERS + " bytes or have more than " + MAX_HEADER_COUNT
                            + " fields");
        }
    }
}
