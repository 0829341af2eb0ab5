package dealbrain.inbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.catalog.Catalog;
import dealbrain.collections.DealCollections;
import dealbrain.http.Router;
import dealbrain.listings.Listings;
import dealbrain.notifications.Notifications;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.ApiServer;
import dealbrain.testing.TestDatabase;
import dealbrain.views.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InboxApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final ApiServer server = new ApiServer(database, InboxApiTest::addRoutes);

    private static final String SHARES = "/api/v1/user-shares";
    private static final String NOTIFICATIONS = "/api/v1/notifications";

    private final Api anonymous = server.api();
    private String bobsName;
    private Api ada;
    private Api bob;
    private long listing;

    private static void addRoutes(Router router, Jdbi jdbi, Authentication authentication, Cache cache) {
        Notifications notifications = new Notifications(jdbi, authentication);
        DealCollections collections =
                new DealCollections(jdbi, authentication, cache, PageSource.of(jdbi), new Views(jdbi, _ -> {}));
        new Listings(jdbi, authentication, new Catalog(jdbi, authentication)).routes(router);
        notifications.routes(router);
        collections.routes(router);
        new Inbox(jdbi, authentication, collections, notifications).routes(router);
    }

    @BeforeEach
    void usersAndAListing() {
        bobsName = "bob-" + number();
        ada = anonymous.signUp("ada-" + number());
        bob = anonymous.signUp(bobsName);
        listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny PC\", \"price_usd\": 199.90}")
                .json()
                .path("id")
                .asLong();
    }

    private static String number() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void sharesReadsImportsAndDeletes() {
        Response created = share("\"message\": \"look!\"");
        assertEquals(201, created.status(), created.text());
        assertEquals(
                List.of(
                        "id",
                        "sender_id",
                        "sender_username",
                        "recipient_id",
                        "recipient_username",
                        "listing_id",
                        "share_token",
                        "message",
                        "shared_at",
                        "expires_at",
                        "viewed_at",
                        "imported_at",
                        "is_expired",
                        "is_viewed",
                        "is_imported",
                        "listing"),
                names(created.json()));
        assertEquals(
                "\"user-shares\";q=10;w=3600",
                created.header("RateLimit-Policy").orElseThrow());
        assertEquals("9", created.header("X-RateLimit-Remaining").orElseThrow());
        String path = created.header("Location").orElseThrow();

        Response preview = anonymous.get(path);
        assertEquals(List.of("listing", "sender_username", "is_expired"), names(preview.json()));
        assertFalse(preview.json().path("listing").has("owner_id"));
        assertEquals("no-referrer", preview.header("Referrer-Policy").orElseThrow());
        bob.send("HEAD", path, null);
        assertFalse(ada.get(path).json().path("is_viewed").asBoolean());
        assertTrue(bob.get(path).json().path("is_viewed").asBoolean());
        assertEquals(
                "1",
                bob.get(SHARES + "?filter=all&limit=1").header("X-Total-Count").orElseThrow());
        assertEquals(0, bob.get(SHARES + "?filter=unviewed").json().size());
        assertEquals(1, ada.get(SHARES + "/sent").json().size());
        assertEquals(422, bob.get(SHARES + "?filter=some").status());

        Response item = bob.post(path + "/import", "{}");
        assertEquals(201, item.status(), item.text());
        assertEquals(item.json(), bob.get(item.header("Location").orElseThrow()).json());
        assertEquals("look!", item.json().path("notes").asText());
        assertEquals(
                "duplicate-item",
                bob.post(path + "/import", "{}").json().path("code").asText());
        assertEquals(
                "not-recipient",
                ada.post(path + "/import", "{}").json().path("code").asText());

        assertEquals(401, anonymous.delete(path).status());
        assertEquals(204, ada.delete(path).status());
        assertEquals("share-not-found", bob.get(path).json().path("code").asText());
    }

    @Test
    void reportsAllErrorsOfAShare() {
        Response response = ada.post(SHARES, """
                {"recipient_username": "%s", "expires_in_days": 91, "note": 1}
                """.formatted("x".repeat(65)));
        assertEquals(422, response.status());
        assertEquals(List.of("/expires_in_days", "/listing_id", "/note", "/recipient_username"), pointers(response));

        Response unknown =
                ada.post(SHARES, "{\"recipient_username\": \"nobody-" + number() + "\", \"listing_id\": 999999}");
        assertEquals(List.of("/listing_id", "/recipient_username"), pointers(unknown));
    }

    @Test
    void rejectsTheEleventhShareWithinAnHourWith429() {
        for (int i = 0; i < 10; i++) {
            assertEquals(201, share("\"message\": null").status());
        }

        Response response = share("\"message\": null");

        assertEquals(429, response.status());
        assertEquals("share-limit", response.json().path("code").asText());
        assertEquals("0", response.header("X-RateLimit-Remaining").orElseThrow());
        int wait = Integer.parseInt(response.header("Retry-After").orElseThrow());
        assertTrue(wait > 3500 && wait <= 3600, "Retry-After: " + wait);
    }

    @Test
    void notifiesTheRecipientWithTheIdOfTheShare() {
        String path = share("\"message\": \"<b>cheap</b>\"").header("Location").orElseThrow();

        Response list = bob.get(NOTIFICATIONS + "?unread_only=true&notification_type=share_received");
        assertEquals(List.of("notifications", "total", "unread_count", "limit", "offset"), names(list.json()));
        assertEquals("1", list.header("X-Total-Count").orElseThrow());
        JsonNode received = list.json().path("notifications").path(0);
        assertEquals(List.of("id", "type", "title", "message", "share_id", "read_at", "created_at"), names(received));
        assertEquals("share_received", received.path("type").asText());
        assertEquals("Tiny PC\n\n<b>cheap</b>", received.path("message").asText());
        Response share = bob.get(SHARES + "/by-id/" + received.path("share_id").asLong());
        assertEquals(path, SHARES + "/" + share.json().path("share_token").asText());

        String notification = NOTIFICATIONS + "/" + received.path("id").asLong();
        assertEquals(
                1,
                bob.get(NOTIFICATIONS + "/unread-count")
                        .json()
                        .path("unread_count")
                        .asInt());
        assertEquals(404, ada.send("POST", notification + "/read", null).status());
        Response read = bob.send("POST", notification + "/read", null);
        assertTrue(read.json().path("read_at").isTextual(), read.text());
        assertEquals(read.json(), bob.send("POST", notification + "/read", null).json());
        assertEquals(
                0,
                bob.send("POST", NOTIFICATIONS + "/read-all", null)
                        .json()
                        .path("marked_count")
                        .asInt(-1));
        assertEquals(404, ada.delete(notification).status());
        assertEquals(204, bob.delete(notification).status());
        assertEquals(422, bob.get(NOTIFICATIONS + "?notification_type=gossip").status());
    }

    @Test
    void takesOneStatementBesidesTheToken() {
        String path = share("\"message\": null").header("Location").orElseThrow();

        assertEquals("1", anonymous.get(path).header("X-DB-Queries").orElseThrow());
        for (String each : List.of(path, SHARES, SHARES + "/sent", NOTIFICATIONS)) {
            assertEquals(
                    "2",
                    bob.get(each).header("X-DB-Queries").orElseThrow(),
                    each); // the first is for the token of the user
        }
    }

    @Test
    void documentsBothViewsOfAShare() {
        JsonNode document = anonymous.get("/openapi.json").json();
        JsonNode schemas = document.at("/components/schemas");

        assertEquals(
                "#/components/schemas/UserShareView",
                document.path("paths")
                        .path(SHARES + "/{share_token}")
                        .path("get")
                        .at("/responses/200/content/application~1json/schema/$ref")
                        .asText());
        assertEquals(
                List.of("#/components/schemas/UserShare", "#/components/schemas/UserSharePreview"),
                schemas.path("UserShareView").findValuesAsText("$ref"));
        JsonNode preview = schemas.at("/UserSharePreview/properties");
        assertEquals(List.of("listing", "sender_username", "is_expired"), names(preview));
        assertEquals(
                "#/components/schemas/ListingWithoutOwnerId",
                preview.at("/listing/$ref").asText());
    }

    private Response share(String more) {
        return ada.post(SHARES, """
                {"recipient_username": "%s", "listing_id": %d, %s}
                """.formatted(bobsName, listing, more));
    }

    private static List<String> pointers(Response response) {
        return response.json()
                .path("errors")
                .valueStream()
                .map(error -> error.path("pointer").asText())
                .sorted()
                .toList();
    }

    private static List<String> names(JsonNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }
}
