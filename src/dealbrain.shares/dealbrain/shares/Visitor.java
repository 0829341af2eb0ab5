package dealbrain.shares;

import dealbrain.http.Request;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who opens a link, as far as views are concerned. */
enum Visitor {
    PERSON, CRAWLER,
    /** Somebody who asks for the header only. */
    NOBODY;

    /** The names by which search engines, social networks and messengers that fetch previews call themselves. */
    private static final Pattern CRAWLERS = Pattern.compile("bot\\b|crawl|spider|slurp|facebookexternalhit|facebookcatalog|whatsapp|telegram|"
            + "twitter|linkedin|pinterest|slack|discord|skypeuripreview|embedly|quora link preview|redditbot|mastodon|bluesky|vkshare|"
            + "google-inspectiontool|bingpreview|lighthouse|preview|uptime");

    static Visitor of(Request request) {
        if (request.method().equals("HEAD")) {
            return NOBODY;
        }
        String purpose = request.header("Sec-Purpose").orElse("") + request.header("Purpose").orElse("") + request.header("X-Moz").orElse("");
        String agent = request.header("User-Agent").orElse("").toLowerCase(Locale.ROOT);
        boolean ahead = purpose.toLowerCase(Locale.ROOT).matches(".*(prefetch|preview|prerender).*");
        return ahead || CRAWLERS.matcher(agent).find() ? CRAWLER : PERSON;
    }
}
