package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What is kept of requests that wait: two changes of a listing wait for its lock and occupy both connections of the
 * pool, and a third request waits for a connection until its time is spent.
 */
@Timeout(120)
class RequestWaterfallTest {
    private static final String SAMPLES = """
            SELECT lookup.query_start::text FROM pg_stat_activity lookup
            WHERE lookup.application_name = 'dealbrain locks' AND lookup.datname = current_database()
            AND lookup.state = 'idle' AND lookup.query LIKE '%LockWaits.find%'
            AND 2 = (SELECT count(*) FROM pg_locks JOIN pg_stat_activity waiting USING (pid)
                     WHERE NOT granted AND waiting.datname = current_database()
                     AND waitstart < lookup.query_start - interval '100 ms')""";

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of("DEALBRAIN_POOL_SIZE", "2"));

    private static Api admin;
    private static Api ada;
    private static String listing;
    private static List<String> waitingTexts;

    @BeforeAll
    static void letRequestsWait() {
        admin = application.admin();
        ada = application.api().signUp("ada");
        listing = ada.send("POST", "/api/v1/listings", "{\"title\": \"a secret title\"}", "X-Request-Id", "created")
                .header("Location")
                .orElseThrow();
        try (Handle other = database.jdbi().open()) {
            other.begin();
            other.execute("SELECT FROM listing FOR UPDATE");
            CompletableFuture<Api.Response> first = change("lock-1");
            CompletableFuture<Api.Response> second = change("lock-2");
            Set<String> samples = new HashSet<>();
            Await.until("both were seen twice to wait", () -> {
                samples.addAll(texts(SAMPLES));
                return samples.size() >= 2;
            });
            waitingTexts = texts("SELECT query FROM pg_stat_activity JOIN pg_locks USING (pid)"
                    + " WHERE NOT granted AND datname = current_database()");
            ada.get(listing, "X-Request-Id", "connection"); // until it has waited for three seconds
            other.rollback();
            first.join();
            second.join();
        }
    }

    private static CompletableFuture<Api.Response> change(String id) {
        return async(() -> ada.patch(listing, "{\"title\": \"another secret\"}", "X-Request-Id", id));
    }

    private static <T> CompletableFuture<T> async(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> Thread.ofVirtual().start(task));
    }

    private static List<String> texts(String sql) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    @Test
    void hasTheLockAsAPartOfItsStatement() {
        for (String id : List.of("lock-1", "lock-2")) {
            JsonNode request = request(id);
            JsonNode lock = step(request, "lock");
            JsonNode statement = null;
            for (JsonNode each : request.path("steps")) {
                if (each.path("kind").asText().equals("statement")
                        && each.path("fingerprint").equals(lock.path("fingerprint"))) {
                    statement = each;
                }
            }
            assertTrue(lock.path("duration_ms").asDouble() >= 100, lock::toString);
            assertTrue(
                    statement.path("duration_ms").asDouble()
                            >= lock.path("duration_ms").asDouble(),
                    request::toString);
            assertTrue(statement.path("dao_method").asText().startsWith("Listing"), statement::toString);
            assertEquals("PATCH /api/v1/listings/{id}", request.path("route").asText());
        }
    }

    @Test
    void hasTheWaitForAConnection() {
        JsonNode request = request("connection");
        assertEquals(503, request.path("status").asInt());
        assertEquals("failed", request.path("kept").asText());
        step(request, "connection");
    }

    @Test
    void hasTheAcknowledgement() {
        step(request("created"), "acknowledgement");
    }

    @Test
    void hasNoValuesOfParameters() {
        for (String id : List.of("lock-1", "connection")) {
            String json = admin.get("/api/v1/ops/requests/" + id).text();
            assertTrue(!json.contains("secret") && !json.contains("ada"), json);
        }
    }

    @Test
    void isShownOnAPageThatTheDashboardLinksTo() {
        String page = admin.get("/ops/requests/lock-2").text();
        assertTrue(page.contains("Wait for a lock"), page);
        assertTrue(page.contains("<svg class=\"step\""), page);
        assertTrue(admin.get("/ops").text().contains("/ops/requests/lock-"), "linked");
    }

    @Test
    void isNotKeptForEveryRequest() {
        Api.Response response = admin.get("/api/v1/ops/requests/unknown");

        assertEquals(404, response.status());
        assertTrue(response.text().contains("five slowest requests of each route"), response.text());
        assertEquals(
                response.json().path("request_id").asText(),
                response.header("X-Request-Id").orElseThrow());
    }

    @Test
    void hasTheNamesThatPostgresShows() {
        assertEquals(2, waitingTexts.size());
        for (String text : waitingTexts) {
            assertTrue(text.matches("(?s)\\s*\\w+ /\\* Listing\\w*\\.\\w+ \\*/.*"), text);
        }
    }

    private static JsonNode request(String id) {
        return admin.get("/api/v1/ops/requests/" + id).json();
    }

    /** Returns the first step of a kind. */
    private static JsonNode step(JsonNode request, String kind) {
        for (JsonNode step : request.path("steps")) {
            if (step.path("kind").asText().equals(kind)) {
                return step;
            }
        }
        throw new AssertionError("no " + kind + " in " + request);
    }
}
