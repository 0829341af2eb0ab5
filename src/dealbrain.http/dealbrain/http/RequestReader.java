package dealbrain.http;

import com.sun.net.httpserver.HttpExchange;
import dealbrain.json.InputSchemas;
import java.net.URI;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Creates requests from exchanges of the JDK's server: checks their heads, decodes their URIs and finds their routes.
 */
final class RequestReader {
    static final int MAX_URI = 8 * 1024;
    static final int MAX_HEADERS = 16 * 1024;
    private static final int MAX_HEADER_COUNT = 100;
    private static final int MAX_REQUEST_ID = 64;

    private final Router router;
    private final InputSchemas schemas;
    private final TrustedProxies proxies;
    private final PublicUrl publicUrl;

    RequestReader(Router router, InputSchemas schemas, TrustedProxies proxies, PublicUrl publicUrl) {
        this.router = router;
        this.schemas = schemas;
        this.proxies = proxies;
        this.publicUrl = publicUrl;
    }

    /**
     * Returns the request of an exchange. A request that violates a rule gets a route whose handler throws the problem,
     * so that it passes the same filters as every other request.
     */
    Request read(HttpExchange exchange, RequestHeaders headers, RequestBody body) {
        String method = exchange.getRequestMethod();
        String rawPath = rawPath(exchange.getRequestURI());
        Map<String, List<String>> query = Map.of();
        Router.Match match;
        try {
            RequestSyntax.require(exchange, headers);
            requireShort(exchange.getRequestURI(), headers);
            match = match(method, rawPath, exchange.getRequestURI().getRawQuery());
            query = query(match.route(), exchange.getRequestURI().getRawQuery());
        } catch (ProblemException e) {
            match = Router.failing(method, e);
        }
        Peer peer = new Peer(() -> exchange.getRemoteAddress().getAddress(), proxies, headers.get("X-Forwarded-For"));
        return new Request(
                method,
                rawPath,
                query,
                headers,
                peer,
                requestId(headers),
                body,
                match,
                schemas,
                publicUrl,
                Map.of(),
                new AtomicReference<>(Optional.empty()),
                null);
    }

    /** Returns the route of a path, or a redirect to the path that it means. */
    private Router.Match match(String method, String rawPath, @Nullable String rawQuery) {
        Router.Match match;
        boolean isIntact;
        try {
            List<String> path = UriDecoder.path(rawPath);
            match = router.match(method, path);
            isIntact = match.route().isMatched() && match.route().isIntact(path.getLast());
        } catch (ProblemException e) {
            match = Router.failing(method, e);
            isIntact = false;
        }
        return isIntact ? match : redirect(method, rawPath, rawQuery).orElse(match);
    }

    private Optional<Router.Match> redirect(String method, String rawPath, @Nullable String rawQuery) {
        return CanonicalPath.of(router, method, rawPath).map(path -> Router.redirect(method, path + query(rawQuery)));
    }

    /** Returns the query for a redirect. The server of the JDK has read each byte of it as one character. */
    private static String query(@Nullable String rawQuery) {
        return rawQuery == null || rawQuery.isEmpty()
                ? ""
                : "?" + URI.create("?" + rawQuery).toASCIIString().substring(1);
    }

    private Map<String, List<String>> query(Route route, @Nullable String rawQuery) {
        if (!route.isMatched()) {
            return Map.of();
        }
        if (route.isForPeople()) {
            return rawQuery == null ? Map.of() : UriDecoder.lenientQuery(rawQuery);
        }
        return route.isLinked() ? LinkQuery.read(rawQuery, route.query(), schemas) : UriDecoder.query(rawQuery);
    }

    /** Returns the path as it was sent. The JDK parses {@code //a/b} as the path {@code /b} on the host {@code a}. */
    private static String rawPath(URI uri) {
        return uri.getScheme() == null && uri.getRawAuthority() != null
                ? "//" + uri.getRawAuthority() + uri.getRawPath()
                : uri.getRawPath();
    }

    private static String requestId(RequestHeaders headers) {
        String id = headers.get("X-Request-Id");
        return id != null && isRequestId(id)
                ? id
                : HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
    }

    /** Accepts only characters that need no escaping in any log format. */
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

    private static void requireShort(URI uri, RequestHeaders headers) {
        if (uri.toString().length() > MAX_URI) {
            throw new ProblemException(
                    ProblemType.URI_TOO_LONG, "the URI must not be longer than " + MAX_URI + " bytes");
        }
        if (headers.length() > MAX_HEADERS || headers.lines() > MAX_HEADER_COUNT) {
            throw new ProblemException(
                    ProblemType.HEADERS_TOO_LARGE,
                    "the headers must not have more than " + MAX_HEADERS + " bytes or " + MAX_HEADER_COUNT + " fields");
        }
    }
}
