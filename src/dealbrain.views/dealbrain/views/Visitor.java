package dealbrain.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dealbrain.http.Request;
import java.util.Locale;
import java.util.regex.Pattern;

/** The kind of client that opens a link. */
public enum Visitor {
    PERSON,
    /** A search engine, a preview, a library, or any other program. */
    CRAWLER,
    /** A HEAD request, which is not a view. */
    NONE;

    private static final Pattern PREFETCH = Pattern.compile("prefetch|preview|prerender");

    /** Few different agents are in use, and matching the pattern takes longer than a cache lookup. */
    private static final Cache<String, Visitor> BY_AGENT =
            Caffeine.newBuilder().maximumSize(1000).build();

    /** Returns the kind of client. A prefetch, or a fetch for a preview, counts as a crawler. */
    public static Visitor of(Request request) {
        if (request.method().equals("HEAD")) {
            return NONE;
        }
        String purpose = request.header("Sec-Purpose").orElse("")
                + request.header("Purpose").orElse("")
                + request.header("X-Purpose").orElse("")
                + request.header("X-Moz").orElse("");
        boolean prefetch = !purpose.isEmpty()
                && PREFETCH.matcher(purpose.toLowerCase(Locale.ROOT)).find();
        return prefetch ? CRAWLER : BY_AGENT.get(request.header("User-Agent").orElse(""), Visitor::ofAgent);
    }

    static Visitor ofAgent(String agent) {
        return UserAgent.isBrowser(agent) ? PERSON : CRAWLER;
    }
}
