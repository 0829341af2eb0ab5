package dealbrain.shares;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dealbrain.http.Request;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who opens a link, as far as views are concerned. */
enum Visitor {
    PERSON,
    CRAWLER,
    /** Somebody who asks for the header only. */
    NOBODY;

    /**
     * The names by which search engines, social networks and messengers that fetch previews call themselves. Most end in "bot",
     * as do the telephones of Cubot. The name of a network alone says nothing: the browsers in its apps have it too.
     */
    private static final Pattern CRAWLERS =
            Pattern.compile("(?<!\\bcu)bot\\b|crawler|spider\\b|slurp\\b|^whatsapp/|slack-imgproxy|"
                    + "facebookexternalhit|facebookcatalog|meta-external|skypeuripreview|bingpreview|link preview|embedly|iframely|mastodon/|cardyb|vkshare|"
                    + "google-inspectiontool|googleother|mediapartners-google|feedfetcher-google|lighthouse|uptime");

    private static final Pattern AHEAD = Pattern.compile("prefetch|preview|prerender");

    /** The programs that people use are few, and a name is looked at for longer than a page is found. */
    private static final Cache<String, Visitor> KNOWN =
            Caffeine.newBuilder().maximumSize(1000).build();

    static Visitor of(Request request) {
        if (request.method().equals("HEAD")) {
            return NOBODY;
        }
        String purpose = request.header("Sec-Purpose").orElse("")
                + request.header("Purpose").orElse("")
                + request.header("X-Moz").orElse("");
        boolean ahead = !purpose.isEmpty()
                && AHEAD.matcher(purpose.toLowerCase(Locale.ROOT)).find();
        return ahead ? CRAWLER : KNOWN.get(request.header("User-Agent").orElse(""), Visitor::ofAgent);
    }

    static Visitor ofAgent(String agent) {
        return CRAWLERS.matcher(agent.toLowerCase(Locale.ROOT)).find() ? CRAWLER : PERSON;
    }
}
