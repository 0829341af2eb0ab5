package dealbrain.http;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a client in a rate limit, as headers (draft-ietf-httpapi-ratelimit-headers, and the older
 * {@code X-RateLimit} ones).
 *
 * @param name          the name of the policy, a token
 * @param limit         the quota of a window
 * @param remaining     the rest of the quota, 0 or more
 * @param windowSeconds the length of the window
 * @param resetSeconds  the time until the window ends
 */
public record RateLimit(String name, int limit, int remaining, long windowSeconds, long resetSeconds) {
    /** The names of {@link #headers}. */
    public static final List<String> HEADERS =
            List.of("RateLimit-Policy", "RateLimit", "X-RateLimit-Limit", "X-RateLimit-Remaining", "X-RateLimit-Reset");

    public Map<String, String> headers() {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("RateLimit-Policy", "\"" + name + "\";q=" + limit + ";w=" + windowSeconds);
        headers.put("RateLimit", "\"" + name + "\";r=" + remaining + ";t=" + resetSeconds);
        headers.put("X-RateLimit-Limit", Integer.toString(limit));
        headers.put("X-RateLimit-Remaining", Integer.toString(remaining));
        headers.put("X-RateLimit-Reset", Long.toString(resetSeconds));
        return headers;
    }

    /** Returns the problem for a request that exceeds the limit, with these headers and {@code Retry-After}. */
    public ProblemException exceeded(ProblemType type, String detail) {
        Map<String, String> headers = headers();
        headers.put("Retry-After", Long.toString(resetSeconds));
        return new ProblemException(type, detail, headers);
    }
}
