package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Accounts;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final String PASSWORD = "correct horse battery";
    private static final String AUDIT = "/api/v1/ops/audit";
    private static final String LOOPBACK = "127.0.0.1";

    private static Api admin;

    private final String name = "ada-" + UUID.randomUUID().toString().substring(0, 12);

    private Api ada;

    @BeforeAll
    static void createAdmin() {
        admin = application.admin();
    }

    @BeforeEach
    void signUp() {
        ada = application.api().signUp(name);
        sql("DELETE FROM audit_entry");
    }

    private static void sql(String statement, Object... arguments) {
        database.jdbi().useHandle(handle -> handle.execute(statement, arguments));
    }

    private static <T> T query(String statement, Class<T> type) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(statement).mapTo(type).one());
    }

    private static List<JsonNode> entries(String query) {
        Response response = admin.get(AUDIT + query);
        assertEquals(200, response.status(), response.text());
        return response.json().valueStream().toList();
    }

    private static JsonNode entry(String query) {
        List<JsonNode> found = entries(query);
        assertEquals(1, found.size(), found::toString);
        return found.getFirst();
    }

    private static List<String> actions(String query) {
        return entries(query).stream()
                .map(entry -> entry.path("action").asText())
                .toList();
    }

    private long id() {
        return ada.get("/api/v1/users/me").json().path("id").asLong();
    }

    private Response signIn(String username, String password) {
        sql("DELETE FROM sign_in_failure"); // the limit of attempts is not of interest here
        return application
                .api()
                .post(
                        "/api/v1/tokens",
                        "{\"username\": \"" + username + "\", \"password\": \"" + password
                                + "\", \"name\": \"phone\"}");
    }

    @Test
    void recordsSignInsWithTokenAddressAndRequest() {
        Response token = signIn(name.toUpperCase(), PASSWORD);

        JsonNode entry = entry("");
        assertEquals("signed_in", entry.path("action").asText());
        assertEquals(id(), entry.path("actor_id").asLong());
        assertEquals(name, entry.path("actor_name").asText());
        assertEquals("token", entry.path("target_kind").asText());
        assertEquals(token.json().path("id"), entry.path("target_id"));
        assertEquals("{\"scope\":\"write\"}", entry.path("details").toString());
        assertEquals(LOOPBACK, entry.path("address").asText());
        assertEquals(
                token.header("X-Request-Id").orElseThrow(),
                entry.path("request_id").asText());
        assertEquals(1, entry.path("occurrences").asInt());
    }

    @Test
    void recordsTokensThatAreDeletedButNotThoseThatDoNotExist() {
        long token = ada.get("/api/v1/tokens").json().at("/0/id").asLong();
        assertEquals(404, ada.delete("/api/v1/tokens/0").status());
        assertEquals(List.of(), entries(""));

        assertEquals(204, ada.delete("/api/v1/tokens/" + token).status());

        JsonNode entry = entry("");
        assertEquals("token_deleted", entry.path("action").asText());
        assertEquals(name, entry.path("actor_name").asText());
        assertEquals(token, entry.path("target_id").asLong());
    }

    @Test
    void recordsThatAllOtherTokensWereDeleted() {
        Api phone = application.api().signIn(name, PASSWORD, "read");
        Api laptop = application.api().signIn(name, PASSWORD, "write");
        sql("DELETE FROM audit_entry");
        assertEquals(403, phone.delete("/api/v1/tokens").status());

        assertEquals(204, laptop.delete("/api/v1/tokens").status());

        assertEquals(200, laptop.get("/api/v1/users/me").status());
        assertEquals(401, phone.get("/api/v1/users/me").status());
        assertEquals(401, ada.get("/api/v1/users/me").status());
        JsonNode entry = entry("?user=" + name);
        assertEquals("other_tokens_deleted", entry.path("action").asText());
        assertEquals("{\"deleted\":2}", entry.path("details").toString());
    }

    @Test
    void showsWhenAndFromWhereATokenWasUsed() {
        Await.until(
                "the use of the token is stored",
                () -> ada.get("/api/v1/tokens")
                        .json()
                        .at("/0/last_used_from")
                        .asText()
                        .equals(LOOPBACK));

        JsonNode token = ada.get("/api/v1/tokens").json().get(0);
        assertFalse(Instant.parse(token.path("last_used_at").asText())
                .isBefore(Instant.parse(token.path("created_at").asText()).minusSeconds(1)));
    }

    @Test
    void recordsNewPasswordsAndWrongOnes() {
        String change = "{\"password\": \"another good password\", \"current_password\": \"%s\"}";
        assertEquals(
                422,
                ada.patch("/api/v1/users/me", change.formatted("a wrong password"))
                        .status());
        assertEquals(
                200, ada.patch("/api/v1/users/me", change.formatted(PASSWORD)).status());
        assertEquals(
                200,
                ada.patch("/api/v1/users/me", "{\"display_name\": \"Ada\"}").status());

        assertEquals(List.of("password_changed", "sign_in_failed"), actions(""));
        entries("")
                .forEach(entry -> assertEquals(name, entry.path("target_name").asText()));
    }

    @Test
    void recordsThePasswordThatTheServerGivesToTheAdministrator() {
        new Accounts(database.jdbi(), 10, true).setAdmin(name, PASSWORD);

        JsonNode entry = entry("?user=" + name);
        assertEquals("password_changed", entry.path("action").asText());
        assertTrue(entry.path("actor_id").isNull());
        assertTrue(entry.path("request_id").isNull());
    }

    @Test
    void countsTheFailuresOfAnAddressAndAUser() {
        for (int i = 0; i < 3; i++) {
            assertEquals(401, signIn(name.toUpperCase(), "wrong").status());
        }
        assertEquals(401, signIn("a password by mistake", "wrong").status());
        assertEquals(401, signIn("another by mistake", "wrong").status());

        List<JsonNode> found = entries("?user=" + name);
        assertEquals(3, occurrences(found)); // in two entries if the hour ends meanwhile
        for (JsonNode entry : found) {
            assertEquals("sign_in_failed", entry.path("action").asText());
            assertTrue(entry.path("actor_id").isNull());
            assertEquals(id(), entry.path("target_id").asLong());
            assertEquals(name, entry.path("target_name").asText());
            assertEquals(LOOPBACK, entry.path("address").asText());
        }
        assertEquals(5, occurrences(entries("")));
        assertFalse(entries("").toString().contains("mistake"));
    }

    private static int occurrences(List<JsonNode> entries) {
        return entries.stream()
                .mapToInt(entry -> entry.path("occurrences").asInt())
                .sum();
    }

    @Test
    void recordsWhatAdministratorsDo() {
        long cpu = ada.post("/api/v1/catalog/cpus", "{\"name\": \"CPU of " + name + "\"}")
                .json()
                .path("id")
                .asLong();
        long listing = ada.post("/api/v1/listings", "{\"title\": \"PC\"}")
                .json()
                .path("id")
                .asLong();
        ada.patch("/api/v1/listings/" + listing, "{\"price_usd\": 10}");
        assertEquals(List.of(), entries(""));

        admin.patch("/api/v1/catalog/cpus/" + cpu, "{\"cores\": 4, \"name\": \"CPU of " + name + "\"}");
        admin.delete("/api/v1/catalog/cpus/" + cpu);
        admin.put("/api/v1/catalog/cpus/import", "name,cores\nAnother CPU of " + name + ",4\n");
        admin.patch("/api/v1/listings/" + listing, "{\"price_usd\": 11}");
        admin.delete("/api/v1/listings/" + listing);
        admin.patch("/api/v1/ops/settings", "{\"slow_query_threshold_ms\": 400}");
        admin.delete("/api/v1/ops/cache?pattern=nothing");
        admin.post("/api/v1/ops/cache/warm", "{\"top\": 1}");
        admin.post("/api/v1/ops/recordings", "{\"seconds\": 1}");

        assertEquals(
                List.of(
                        "recording_created profiler null {\"seconds\":1}",
                        "cache_warmed cache null {\"top\":1}",
                        "cache_deleted cache null {\"pattern\":\"nothing\"}",
                        "profiler_settings_changed profiler null {\"slow_query_threshold_ms\":400}",
                        "listing_deleted listing " + listing + " {\"owner_id\":" + id() + "}",
                        "listing_changed listing " + listing + " {\"owner_id\":" + id() + "}",
                        "parts_imported cpu null {\"created\":1,\"updated\":0}",
                        "part_deleted cpu " + cpu + " {}",
                        "part_changed cpu " + cpu + " {\"members\":[\"cores\"]}"),
                entries("?user=admin").stream()
                        .map(entry -> entry.path("action").asText() + " "
                                + entry.path("target_kind").asText() + " "
                                + entry.path("target_id").asText() + " "
                                + entry.path("details"))
                        .toList());
    }

    @Test
    void keepsTheEntriesOfDeletedUsers() {
        assertEquals(201, signIn(name, PASSWORD).status());
        sql("DELETE FROM user_account WHERE username = ?", name);

        assertEquals(name, entry("?user=" + name).path("actor_name").asText());
    }

    @Test
    void findsEntriesByUserActionAndTime() {
        assertEquals(201, signIn(name, PASSWORD).status());
        assertEquals(401, signIn(name, "wrong").status());
        assertEquals(201, signIn("admin", RunningApplication.ADMIN_PASSWORD).status());

        assertEquals(List.of("signed_in", "sign_in_failed", "signed_in"), actions(""));
        assertEquals(List.of("sign_in_failed", "signed_in"), actions("?user=" + name.toUpperCase()));
        assertEquals(List.of("signed_in", "signed_in"), actions("?action=signed_in"));
        assertEquals(List.of("signed_in"), actions("?action=signed_in&user=" + name));
        assertEquals(List.of(), actions("?action=password_changed&user=" + name));
        String second = entries("").get(1).path("created_at").asText();
        assertEquals(List.of("signed_in", "sign_in_failed"), actions("?since=" + second));
        assertEquals(List.of("signed_in"), actions("?until=" + second));
        assertEquals(
                3,
                actions("?since=0000-01-01T00:00:00Z&until=9999-12-31T23:59:59Z")
                        .size());
        assertEquals(List.of(), actions("?since=9999-12-31"));
        assertEquals(422, admin.get(AUDIT + "?action=nothing").status());
        assertEquals(422, admin.get(AUDIT + "?since=yesterday").status());
    }

    @Test
    void isForAdministratorsOnly() {
        assertEquals(401, application.api().get(AUDIT).status());
        assertEquals(403, ada.get(AUDIT).status());
        assertEquals("no-store", admin.get(AUDIT).header("Cache-Control").orElseThrow());
    }

    @Test
    void containsNoSecrets() {
        String token = signIn(name, PASSWORD).json().path("token").asText();
        signIn(name, "wrong-secret");
        signIn("secret-as-a-name", "wrong-secret");
        ada.patch("/api/v1/users/me", "{\"password\": \"another-secret\", \"current_password\": \"" + PASSWORD + "\"}");

        String all = query("SELECT string_agg(e::text, ' ') FROM audit_entry e", String.class);
        assertTrue(all.contains("password_changed"), all);
        assertFalse(
                Pattern.compile("secret|horse|" + Pattern.quote(token.substring(4)))
                        .matcher(all)
                        .find(),
                all);
    }
}
