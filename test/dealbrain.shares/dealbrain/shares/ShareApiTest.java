package dealbrain.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.catalog.Catalog;
import dealbrain.collections.DealCollections;
import dealbrain.http.PublicUrl;
import dealbrain.http.Router;
import dealbrain.listings.Listings;
import dealbrain.notifications.Notifications;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.ApiServer;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import dealbrain.views.Views;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ShareApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final ApiServer server = new ApiServer(database, ShareApiTest::addRoutes);

    private static final String PUBLIC_URL = "https://deals.example.org";

    private static Views views;

    private final Api anonymous = server.api();
    private Api ada;
    private JsonNode share;
    private String page;
    private String json;

    private static void addRoutes(Router router, Jdbi jdbi, Authentication authentication, Cache cache) {
        views = new Views(jdbi, _ -> {});
        Listings listings = new Listings(jdbi, authentication, new Catalog(jdbi, authentication));
        Notifications notifications = new Notifications(jdbi, authentication);
        DealCollections collections = new DealCollections(jdbi, authentication, cache, PageSource.of(jdbi), views);
        Tracer tracer = OpenTelemetry.noop().getTracer("test");
        listings.routes(router);
        notifications.routes(router);
        collections.routes(router);
        new Shares(
                        jdbi,
                        authentication,
                        listings,
                        collections,
                        notifications,
                        views,
                        cache,
                        PageSource.of(jdbi),
                        tracer,
                        PublicUrl.parse(PUBLIC_URL))
                .routes(router);
    }

    @BeforeEach
    void shareAListing() {
        ada = anonymous.signUp("ada-" + UUID.randomUUID().toString().substring(0, 8));
        String listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny <PC>\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
        share = ada.post(listing + "/shares", "{}").json();
        page = "/deals/" + share.path("listing_id").asLong() + "/"
                + share.path("share_token").asText();
        json = "/api/v1" + page;
    }

    @Test
    void returnsTheListingAsJsonAndAsHtml() {
        Response asJson = anonymous.get(json);
        assertEquals(200, asJson.status(), asJson.text());
        assertEquals("1", asJson.header("X-DB-Queries").orElseThrow());
        assertEquals("private, no-cache", asJson.header("Cache-Control").orElseThrow());
        assertEquals("no-referrer", asJson.header("Referrer-Policy").orElseThrow());
        assertEquals("noindex", asJson.header("X-Robots-Tag").orElseThrow());
        assertTrue(asJson.header("ETag").isPresent());
        assertEquals("Tiny <PC>", asJson.json().at("/listing/title").asText());
        assertFalse(asJson.text().contains("owner_id"), asJson.text());
        assertFalse(asJson.text().contains("share_id"), asJson.text());

        Response asHtml = anonymous.get(page);
        assertEquals("text/html; charset=utf-8", asHtml.header("Content-Type").orElseThrow());
        assertTrue(asHtml.text().contains("Tiny &lt;PC&gt;"), asHtml.text());
        assertTrue(asHtml.text().contains("content=\"" + PUBLIC_URL + page + "\""), asHtml.text());
        assertEquals(PUBLIC_URL + page, share.path("share_url").asText());
    }

    @Test
    void returnsTheSameBytesForUnknownRevokedAndForeignTokens() {
        long listing = share.path("listing_id").asLong();
        JsonNode revoked = ada.post("/api/v1/listings/" + listing + "/shares", "{\"expires_in_days\": 1}")
                .json();
        ada.delete("/api/v1/listing-shares/" + revoked.path("id").asLong());
        String other = ada.post("/api/v1/listings", "{\"title\": \"other\"}")
                .header("Location")
                .orElseThrow();
        String foreign =
                ada.post(other + "/shares", "{}").json().path("share_token").asText();

        for (String prefix : List.of("/api/v1/deals/", "/deals/")) {
            List<String> responses = List.of(
                            "x".repeat(64), revoked.path("share_token").asText(), foreign)
                    .stream()
                    .map(token -> anonymous.get(prefix + listing + "/" + token))
                    .peek(response -> assertEquals(404, response.status()))
                    .peek(response ->
                            assertEquals("1", response.header("X-DB-Queries").orElseThrow()))
                    .map(response ->
                            response.text().replaceAll("\"(request_id|instance)\":\"[^\"]*\"|request_id: \\w+", ""))
                    .distinct()
                    .toList();
            assertEquals(1, responses.size(), responses::toString);
        }
        assertEquals(404, anonymous.get("/deals/not-a-number/" + foreign).status());
    }

    @Test
    void counts400ConcurrentViewsButNoHeadRequestsCrawlersAndPrefetches() {
        List<String> outcomes = Concurrently.run(8, _ -> {
            for (int i = 0; i < 50; i++) {
                assertEquals(200, anonymous.get(i % 2 == 0 ? json : page).status());
            }
        });
        assertEquals(Collections.nCopies(8, "ok"), outcomes);
        anonymous.send("HEAD", json, null);
        anonymous.get(page, "User-Agent", "facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)");
        anonymous.get(page, "User-Agent", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)");
        anonymous.get(page, "Sec-Purpose", "prefetch;anonymous-client-ip");

        views.flush();

        int crawlers = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT crawler_count FROM listing_share WHERE id = :id")
                        .bind("id", share.path("id").asLong())
                        .mapTo(Integer.class)
                        .one());
        assertEquals(3, crawlers);
        assertEquals(
                400,
                ada.get("/api/v1/listing-shares")
                        .json()
                        .get(0)
                        .path("view_count")
                        .asInt());
    }

    @Test
    void usesDefaultsWithoutABody() {
        Response created =
                ada.send("POST", "/api/v1/listings/" + share.path("listing_id").asLong() + "/shares", null);

        assertEquals(201, created.status(), created.text());
        assertEquals(
                created.json(),
                ada.get(created.header("Location").orElseThrow()).json());
        assertEquals(
                404,
                anonymous
                        .signUp("eve-" + UUID.randomUUID().toString().substring(0, 8))
                        .get(created.header("Location").orElseThrow())
                        .status());
        assertFalse(created.json().path("expires_at").isNull());
        assertEquals(415, ada.send("POST", "/api/v1/listings", null).status());
    }

    @Test
    void createsALinkThatDoesNotExpire() {
        String shares = "/api/v1/listings/" + share.path("listing_id").asLong() + "/shares";
        for (String days : List.of("null", "0")) {
            assertEquals(
                    "null",
                    ada.post(shares, "{\"expires_in_days\": " + days + "}")
                            .json()
                            .path("expires_at")
                            .toString());
        }
    }

    @Test
    void changesAndRemovesAnExpiry() {
        String path = "/api/v1/listing-shares/" + share.path("id").asLong();

        assertTrue(ada.patch(path, "{\"expires_in_days\": null}")
                .json()
                .path("expires_at")
                .isNull());
        assertTrue(ada.patch(path, "{}").json().path("expires_at").isNull());
        assertFalse(ada.patch(path, "{\"expires_in_days\": 5}")
                .json()
                .path("expires_at")
                .isNull());
        assertEquals(422, ada.patch(path, "{\"expires_in_days\": -1}").status());
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE listing_share SET expires_at = now() WHERE id = ?",
                        share.path("id").asLong()));

        assertEquals("share-expired", anonymous.get(json).json().path("code").asText());
        Response gone = anonymous.get(page);
        assertEquals(404, gone.status());
        assertTrue(gone.text().contains("The link has expired"), gone.text());
        assertEquals(2, gone.text().split("Ask the sender", -1).length, "the page repeats itself: " + gone.text());
    }

    @Test
    void sharesACollectionUntilItIsPrivate() {
        String collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"unlisted\"}")
                .header("Location")
                .orElseThrow();
        ada.post(collection + "/items", """
                {"listing_id": %d, "notes": "top secret", "status": "bought"}
                """.formatted(share.path("listing_id").asLong()));
        String token = ada.post(collection + "/share-tokens", "{}")
                .json()
                .path("share_token")
                .asText();

        Response asJson = anonymous.get("/api/v1/collections/shared/" + token);
        assertEquals("1", asJson.header("X-DB-Queries").orElseThrow());
        assertEquals("Tiny <PC>", asJson.json().at("/items/0/listing/title").asText());
        for (String text : List.of(asJson.text(), anonymous.get("/c/" + token).text())) {
            assertFalse(text.contains("top secret") || text.contains("bought") || text.contains("owner_id"), text);
        }
        Api bob = anonymous.signUp("bob-" + UUID.randomUUID().toString().substring(0, 8));
        assertEquals(
                201,
                bob.post("/api/v1/collections/shared/" + token + "/copy", "{\"name\": \"Copied\"}")
                        .status());
        assertEquals(
                1,
                ada.get("/api/v1/notifications/unread-count")
                        .json()
                        .path("unread_count")
                        .asInt());

        ada.patch(collection + "/visibility", "{\"visibility\": \"private\"}");
        assertEquals(
                "share-not-found",
                anonymous
                        .get("/api/v1/collections/shared/" + token)
                        .json()
                        .path("code")
                        .asText());
        assertEquals(404, anonymous.get("/c/" + token).status());
        assertEquals(409, ada.post(collection + "/share-tokens", "{}").status());
    }

    @Test
    void ignoresWhatOthersAppendToALink() {
        for (String link : List.of(page, json)) {
            assertEquals(200, anonymous.get(link).status());
            for (String query :
                    List.of("?fbclid=x", "?utm_source=a&utm_source=b", "?s=09", "?limit=5", "?", "?a=%FF")) {
                Response response = anonymous.get(link + query);
                assertEquals(200, response.status(), query);
                assertEquals("0", response.header("X-DB-Queries").orElseThrow(), query);
            }
            for (String glued : List.of("/", ".", ")", "%20", "%E2%80%8B", "_", "and")) {
                Response response = anonymous.get(link + glued + "?fbclid=x");
                assertEquals(308, response.status(), glued);
                assertEquals(link + "?fbclid=x", response.header("Location").orElseThrow());
            }
        }
        assertEquals(422, ada.get("/api/v1/listing-shares?utm_source=x").status());
    }

    @Test
    void readsTheFirstPageOfACollectionForInvalidParameters() {
        String token = collectionLink(ada.post("/api/v1/collections", "{\"name\": \"L\", \"visibility\": \"unlisted\"}")
                .header("Location")
                .orElseThrow());
        for (String link : List.of("/c/" + token, "/api/v1/collections/shared/" + token)) {
            assertEquals("1", anonymous.get(link).header("X-DB-Queries").orElseThrow());
            for (String query : List.of("limit=", "limit=x", "offset=-1", "limit=1&limit=2", "limit=200)&fbclid=x")) {
                Response response = anonymous.get(link + "?" + query);
                assertEquals(200, response.status(), query);
                assertEquals("0", response.header("X-DB-Queries").orElseThrow(), query);
            }
        }
        String url = PUBLIC_URL + "/c/" + token + "\"";
        String page = anonymous.get("/c/" + token + "?fbclid=x&limit=").text();
        assertTrue(page.contains("<link rel=\"canonical\" href=\"" + url), page);
        assertTrue(page.contains("<meta property=\"og:url\" content=\"" + url), page);
    }

    @Test
    void highlightsTheBestDealsAlsoAfterAChangeOnAnotherPage() {
        String collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"unlisted\"}")
                .header("Location")
                .orElseThrow();
        for (String price : List.of("100", "200", "300")) {
            String listing = ada.post("/api/v1/listings", "{\"title\": \"PC\", \"price_usd\": " + price + "}")
                    .header("Location")
                    .orElseThrow();
            ada.post(collection + "/items", "{\"listing_id\": " + listing.replaceFirst(".*/", "") + "}");
        }
        String first = "/c/" + collectionLink(collection) + "?limit=1";
        assertTrue(
                anonymous.get(first).text().contains("$100.00<small>best price"),
                anonymous.get(first).text());

        JsonNode last = ada.get(collection + "/items").json().get(2);
        assertEquals(
                200,
                ada.patch("/api/v1/listings/" + last.path("listing_id").asLong(), "{\"price_usd\": 50}")
                        .status());
        assertFalse(anonymous.get(first).text().contains("<small>best price"));

        ada.patch(collection + "/items/" + last.path("id").asLong(), "{\"status\": \"rejected\"}");
        assertTrue(
                anonymous.get(first).text().contains("$100.00<small>best price"),
                anonymous.get(first).text());
    }

    @Test
    void showsADealOfACollectionByTheLinkOfTheCollection() {
        String listing = "/api/v1/listings/" + share.path("listing_id").asLong();
        ada.patch(listing, """
                {"notes": "top secret", "seller": "Refurb & Co", "listing_url": "https://shop.example.org/1",
                 "price_date": "2026-11-01T00:00:00Z", "form_factor": "Mini tower"}
                """);
        String collection = collection();
        addItem(collection, share.path("listing_id").asLong());
        String shared = "/c/" + collectionLink(collection);
        String deal = shared + "/deals/" + share.path("listing_id").asLong();

        String table = anonymous.get(shared).text();
        assertTrue(table.contains("<a href=\"" + deal + "\" rel=\"nofollow\">Tiny &lt;PC&gt;</a>"), table);
        Response shown = anonymous.get(deal);
        assertEquals("1", shown.header("X-DB-Queries").orElseThrow());
        for (String text : List.of(
                "<h1 dir=\"auto\">Tiny &lt;PC&gt;</h1>",
                "$199.90",
                "1 November 2026",
                "Mini tower",
                "Refurb &amp; Co",
                "href=\"https://shop.example.org/1\"",
                "<link rel=\"canonical\" href=\"" + PUBLIC_URL + deal,
                "<a href=\"" + shared + "\" rel=\"nofollow\">All deals of <bdi>Lab</bdi></a>",
                "From a collection kept by ada-")) {
            assertTrue(shown.text().replace("&#x3D;", "=").contains(text), () -> text + " in " + shown.text());
        }
        assertFalse(shown.text().contains("top secret") || shown.text().contains("hidden note"), shown::text);

        Response again = anonymous.get(deal);
        assertEquals("0", again.header("X-DB-Queries").orElseThrow());
        assertEquals("private, no-cache", again.header("Cache-Control").orElseThrow());
        assertEquals("noindex", again.header("X-Robots-Tag").orElseThrow());
        String tag = again.header("ETag").orElseThrow();
        assertEquals(304, anonymous.get(deal, "If-None-Match", tag).status());
        Response head = anonymous.send("HEAD", deal, null);
        assertEquals(200, head.status());
        assertEquals(tag, head.header("ETag").orElseThrow());
        assertEquals("", head.text());
        Response glued = anonymous.get(deal + ").?fbclid=x");
        assertEquals(308, glued.status());
        assertEquals(deal + "?fbclid=x", glued.header("Location").orElseThrow());
    }

    @Test
    void findsOnlyDealsOfTheCollection() {
        String collection = collection();
        addItem(collection, share.path("listing_id").asLong());
        String other = collection();
        String link = collectionLink(other);
        for (String id : List.of(share.path("listing_id").asText(), "0", "x", "99999999999999999999")) {
            Response missing = anonymous.get("/c/" + link + "/deals/" + id);
            assertEquals(404, missing.status(), id);
            assertTrue(missing.text().contains("This link does not exist"), missing::text);
        }
        String deal = "/c/" + collectionLink(collection) + "/deals/"
                + share.path("listing_id").asLong();
        assertEquals(200, anonymous.get(deal).status());
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE collection_share SET expires_at = now() WHERE share_token IN (?, ?)",
                        link,
                        deal.split("/", -1)[2]));
        Await.until("the change is seen", () -> anonymous.get(deal).status() == 404);
        for (String path : List.of(deal, "/c/" + link + "/deals/5")) {
            Response expired = anonymous.get(path);
            assertEquals(404, expired.status(), path);
            assertTrue(expired.text().contains("The link has expired"), expired::text);
        }
    }

    @Test
    void countsNoViewOfACollectionForTheDealsInIt() {
        String collection = collection();
        addItem(collection, share.path("listing_id").asLong());
        String link = collectionLink(collection);
        anonymous.get("/c/" + link);
        anonymous.get("/c/" + link + "/deals/" + share.path("listing_id").asLong());
        views.flush();
        assertEquals(
                1,
                ada.get(collection + "/share-tokens")
                        .json()
                        .get(0)
                        .path("view_count")
                        .asInt());
    }

    private String collection() {
        return ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"unlisted\"}")
                .header("Location")
                .orElseThrow();
    }

    private void addItem(String collection, long listing) {
        Response added =
                ada.post(collection + "/items", "{\"listing_id\": %d, \"notes\": \"hidden note\"}".formatted(listing));
        assertEquals(201, added.status(), added::text);
    }

    private String collectionLink(String collection) {
        return ada.post(collection + "/share-tokens", "{}")
                .json()
                .path("share_token")
                .asText();
    }
}
