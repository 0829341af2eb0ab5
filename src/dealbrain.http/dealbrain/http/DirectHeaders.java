package dealbrain.http;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * The headers that browsers, command-line clients and Prometheus send themselves. Any other header may be one that a
 * proxy has added. A list of the headers of proxies would never be complete: each product and each operator has others.
 */
final class DirectHeaders {
    private static final Set<String> NAMES = Set.of(
            "accept",
            "accept-charset",
            "accept-encoding",
            "accept-language",
            "authorization",
            "cache-control",
            "connection",
            "content-length",
            "cookie",
            "dnt",
            "host",
            "http2-settings",
            "if-modified-since",
            "if-none-match",
            "keep-alive",
            "pragma",
            "priority",
            "referer",
            "te",
            "upgrade",
            "upgrade-insecure-requests",
            "user-agent",
            "x-prometheus-scrape-timeout-seconds");

    /** The start of the names that only browsers may set (Fetch, "forbidden request-header"). */
    private static final String BROWSER_PREFIX = "sec-";

    private DirectHeaders() {}

    /** Returns whether the request has no other header. */
    static boolean areAllOf(RequestHeaders headers) {
        return StreamSupport.stream(headers.all().spliterator(), false)
                .map(Map.Entry::getKey)
                .map(name -> name.toLowerCase(Locale.ROOT))
                .allMatch(name -> NAMES.contains(name) || name.startsWith(BROWSER_PREFIX));
    }
}
