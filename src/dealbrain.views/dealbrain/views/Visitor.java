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
    /** A HEAD request, which is not a view. */
    NONE;

    /**
     * Parts of the User-Agent of search engines, and of social networks and messengers that fetch previews. Most
     * contain a word that ends in "bot"; phones of the brand Cubot are an exception. The name of a social network
     * alone does not identify a crawler, because the browsers inside its apps send it too.
     */
    private static final Pattern CRAWLERS =
            Pattern.compile("(?<!\\bcu)bot\\b|crawler|spider\\b|slurp\\b|^whatsapp/|slack-imgproxy|"
                    + "facebookexternalhit|facebookcatalog|meta-external|skypeuripreview|bingpreview|link preview|"
                    + "embedly|iframely|mastodon/|cardyb|vkshare|"
                    + "google-inspectiontool|googleother|mediapartners-google|feedfetcher-google|lighthouse|uptime");

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
                + request.header("X-Moz").orElse("");
        boolean prefetch = !purpose.isEmpty()
                && PREFETCH.matcher(purpose.toLowerCase(Locale.ROOT)).find();
        return prefetch ? CRAWLER : BY_AGENT.get(request.header("User-Agent").orElse(""), Visitor::ofAgent);
    }

    static Visitor ofAgent(String agent) {
        return CRAWLERS.matcher(agent.toLowerCase(Locale.ROOT)).find() ? CRAWLER : PERSON;
    }
}
