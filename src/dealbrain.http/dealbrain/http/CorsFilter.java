package dealbrain.http;

import java.util.List;
import java.util.Set;

/** Allows pages of the configured origins to call the server, and no others (Fetch Standard, section 3.3). */
final class CorsFilter implements Filter {
    private static final String EXPOSED_HEADERS =
            "Content-Disposition, ETag, Link, Location, Retry-After, X-Total-Count, X-Total-Count-Relation, "
                    + "X-Request-Id, X-Cache, RateLimit, RateLimit-Policy, "
                    + "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset";
    private static final String ALLOWED_HEADERS =
            "Authorization, Content-Type, If-Match, If-None-Match, X-Request-Id, traceparent";

    private final Set<String> origins;

    CorsFilter(List<String> origins) {
        this.origins = Set.copyOf(origins);
    }

    @Override
    public Response filter(Request request, Handler next) {
        if (origins.isEmpty()) {
            return next.handle(request);
        }
        Response response = next.handle(request).varyBy("Origin");
        String origin = request.header("Origin").orElse("");
        if (!origins.contains(origin)) {
            return response;
        }
        Response allowed = response.with("Access-Control-Allow-Origin", origin)
                .with("Access-Control-Expose-Headers", EXPOSED_HEADERS);
        return isPreflight(request) ? preflight(allowed) : allowed;
    }

    private static boolean isPreflight(Request request) {
        return request.method().equals("OPTIONS")
                && request.header("Access-Control-Request-Method").isPresent();
    }

    private static Response preflight(Response response) {
        return response.with("Access-Control-Allow-Methods", response.headers().getOrDefault("Allow", "GET"))
                .with("Access-Control-Allow-Headers", ALLOWED_HEADERS)
                .with("Access-Control-Max-Age", "600");
    }
}
