package dealbrain.views;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dealbrain.http.Request;
import java.util.Locale;
import java.util.regex.Pattern;

/** The kind of client that opens a link. */
public enum Visitor {
    PERSON,
    CRAWLER,
    /** A HEAD request, which is no view. */
    NONE;

    /**
     * Parts of the User-Agent of search engines, social networks and messengers that fetch previews. Most contain "bot" as a
     * word end; the phones of the maker Cubot do too, and are people. The name of a network alone is no sign of a crawler,
     * because the browsers inside its apps send it as well.
     */
    private static final Pattern CRAWLERS =
            Pattern.compile("(?<!\\bcu)bot\\b|crawler|spider\\b|slurp\\b|^whatsapp/|slack-imgproxy|"
                    + "facebookexternalhit|facebookcatalog|meta-external|skypeuripreview|bingpreview|link preview|"
                    + "embedly|iframely|mastodon/|cardyb|vkshare|"
                    + "google-inspectiontool|googleother|mediapartners-google|feedfetcher-google|lighthouse|uptime");

    private static final Pattern PREFETCH = Pattern.compile("prefetch|preview|prerender");

    /** Few different agents are in use, and matching the pattern takes longer than finding a cached page. */
    private static final Cache<String, Visitor> BY_AGENT =
            Caffeine.newBuilder().maximumSize(1000).build();

    /** Returns the kind of client; one that fetches ahead or for a preview counts as a crawler. */
    public static Visitor of(Request request) {
        if (request.method().equals("HEAD")) {
            return NONE;
        }
        String purpose = request.header("Sec-Purpose").orElse("")
                + request.header("Purpose").orElse("")
                + request.header("X-Moz").orElse("");
        boolean prefetch = !purpose.isEmpty()
                && PREFETCH.matcher(purpose.toLowerCase(Locale.ROOT)).find();
        return prefetch ? CRAWLER : BY_AGENT.get(request.header("User-Agent").orElse(""), Visitor::ofAgent);
    }

    static Visitor ofAgent(String agent) {
        return CRAWLERS.matcher(agent.toLowerCase(Locale.ROOT)).find() ? CRAWLER : PERSON;
    }
}
