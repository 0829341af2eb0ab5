package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class UserExportApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final String EXPORT = "/api/v1/users/me/export";

    private static Api ada;
    private static Api bob;
    private static JsonNode file;
    private static String text;

    @BeforeAll
    static void exportOneOfEach() {
        ada = application.api().signUp("ada");
        bob = application.api().signUp("bob");
        long cpu = id(ada.post("/api/v1/catalog/cpus", "{\"name\": \"i5-9500T\"}"));
        long listing = id(ada.post(
                "/api/v1/listings",
                "{\"title\": \"Tiny PC\", \"price_usd\": 10.50, \"notes\": \"a note\", \"cpu_id\": " + cpu
                        + ", \"attributes\": {\"wifi\": true}}"));
        long bobs = id(bob.post("/api/v1/listings", "{\"title\": \"PC of Bob\", \"notes\": \"a note of Bob\"}"));
        long collection = id(ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"public\"}"));
        for (long each : List.of(bobs, listing)) {
            ada.post(
                    "/api/v1/collections/" + collection + "/items",
                    "{\"listing_id\": " + each + ", \"notes\": \"ask\", \"position\": 0}");
        }
        ada.post("/api/v1/listings/" + listing + "/shares", "{}");
        ada.post("/api/v1/collections/" + collection + "/share-tokens", "{}");
        ada.post("/api/v1/user-shares", "{\"recipient_username\": \"bob\", \"listing_id\": " + listing + "}");
        bob.post("/api/v1/user-shares", "{\"recipient_username\": \"ada\", \"listing_id\": " + bobs + "}");
        Response response = ada.get(EXPORT);
        assertEquals(200, response.status(), response.text());
        assertEquals(
                "attachment; filename=\"ada.json\"; filename*=UTF-8''ada.json",
                response.header("Content-Disposition").orElseThrow());
        file = response.json();
        text = response.text();
    }

    private static long id(Response created) {
        assertEquals(201, created.status(), created.text());
        return created.json().path("id").asLong();
    }

    @Test
    void hasEverythingThatIsOnesOwn() {
        assertEquals("dealbrain-user", file.path("format").asText());
        assertEquals("ada", file.at("/profile/username").asText());
        assertEquals("Tiny PC", file.at("/listings/0/title").asText());
        assertEquals(
                "10.5",
                file.at("/listings/0/price_usd")
                        .decimalValue()
                        .stripTrailingZeros()
                        .toPlainString());
        assertEquals("a note", file.at("/listings/0/notes").asText());
        assertEquals("{\"wifi\":true}", file.at("/listings/0/attributes").toString());
        assertEquals("i5-9500T", file.at("/listings/0/cpu").asText());
        assertEquals("Lab", file.at("/collections/0/name").asText());
        assertEquals(
                List.of("0 Tiny PC ask", "1 PC of Bob ask"),
                file.path("collection_items")
                        .valueStream()
                        .map(item -> item.path("position").asInt() + " "
                                + item.path("listing_title").asText() + " "
                                + item.path("notes").asText())
                        .toList());
        assertEquals("bob", file.at("/shares_sent/0/recipient").asText());
        assertEquals("bob", file.at("/shares_received/0/sender").asText());
        assertEquals("signed_in", file.at("/audit_entries/0/action").asText());
        for (String one : List.of("tokens", "listings", "listing_links", "collection_links", "notifications")) {
            assertEquals(1, file.path(one).size(), one);
        }
    }

    @Test
    void hasNothingOfOthersAndNoSecrets() {
        assertFalse(text.contains("a note of Bob"), text);
        assertFalse(text.contains("hash"), text);
        assertFalse(text.contains(String.valueOf(ada.token()).substring(4)), text);
        assertFalse(text.contains("password"), text);
    }

    @Test
    void omitsTheAddressOfAnAdministratorFromWhatWasDoneToTheUser() {
        database.jdbi()
                .useHandle(
                        handle -> handle.execute("INSERT INTO audit_entry (action, actor_id, actor_name, target_kind,"
                                + " target_id, target_name, address) SELECT 'password_changed', 0, 'root', 'user', id,"
                                + " username, '203.0.113.9' FROM user_account WHERE username = 'bob'"));

        Response response = bob.get(EXPORT);

        assertTrue(response.text().contains("\"actor_name\": \"root\""), response.text());
        assertFalse(response.text().contains("203.0.113.9"), response.text());
    }

    /** A new table with something of a user must be exported, or be named here with a reason. */
    @Test
    void hasARowOfEachTableThatRefersToUsers() {
        List<String> found = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT DISTINCT conrelid::regclass::text FROM pg_constraint"
                                + " WHERE confrelid = 'user_account'::regclass AND contype = 'f'")
                        .mapTo(String.class)
                        .list());
        Set<String> tables = new TreeSet<>(found);
        tables.remove("user_share_limit"); // times of the last hour
        tables.remove("invite"); // of the server, with secrets
        tables.remove("user_account_words"); // follows from the profile
        assertEquals(
                new TreeSet<>(
                        Set.of("access_token", "collection", "listing", "listing_share", "notification", "user_share")),
                tables);
    }

    @Test
    void needsAToken() {
        assertEquals(401, application.api().get(EXPORT).status());
    }
}
