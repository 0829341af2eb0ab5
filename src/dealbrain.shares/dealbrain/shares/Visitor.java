package dealbrain.shares;

import dealbrain.http.Request;
import java.util.Locale;
import java.util.regex.Pattern;

/** Who opens a link, as far as views are concerned. */
enum Visitor {
    PERSON, CRAWLER,
    /** Somebody who asks for the header only. */
    NOBODY;

    /**
     * The names by which search engines, social networks and messengers that fetch previews call themselves. Most end in "bot",
     * as do the telephones of Cubot. The name of a network alone says nothing: the browsers in its apps have it too.
     */
    private static final Pattern CRAWLERS = Pattern.compile("(?<!\\bcu)bot\\b|crawler|spider\\b|slurp\\b|^whatsapp/|slack-imgproxy|"
            + "facebookexternalhit|facebookcatalog|meta-external|skypeuripreview|bingpreview|link preview|embedly|iframely|mastodon/|cardyb|vkshare|"
            + "google-inspectiontool|googleother|mediapartners-google|feedfetcher-google|lighthouse|uptime");

    static Visitor of(Request request) {
        if (request.method().equals("HEAD")) {
            return NOBODY;
        }
        String purpose = request.header("Sec-Purpose").orElse("") + request.header("Purpose").orElse("") + request.header("X-Moz").orElse("");
        boolean ahead = purpose.toLowerCase(Locale.ROOT).matches(".*(prefetch|preview|prerender).*");
        return ahead ? CRAWLER : ofAgent(request.header("User-Agent").orElse(""));
    }

    static Visitor ofAgent(String agent) {
        return CRAWLERS.matcher(agent.toLowerCase(Locale.ROOT)).find() ? CRAWLER : PERSON;
    }
}
