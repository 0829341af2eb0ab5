package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Only responses that confirm a change wait for the change log. */
class AcknowledgementTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** The lease is long, so that a request that waits for the change log in vain does not end within the test. */
    @Order(2)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("DEALBRAIN_CACHE_LEASE_MS", "60000"));

    private static Api ada;
    private static String listing;

    @BeforeAll
    static void createListing() {
        ada = application.api().signUp("ada");
        listing = ada.post("/api/v1/listings", "{\"title\": \"PC\"}")
                .header("Location")
                .orElseThrow();
    }

    /** Sends one request for each status that rejects a change. */
    private static List<Response> rejected() {
        Api anonymous = application.api();
        return List.of(
                anonymous.post("/api/v1/listings", "{\"title\": \"PC\"}"),
                anonymous.post("/api/v1/nowhere", "{}"),
                anonymous.post("/api/v1/users", "{\"username\": \"ada\", \"password\": \"long enough\"}"),
                anonymous.post("/api/v1/tokens", "{}"),
                ada.patch("/api/v1/listings/999999", "{\"title\": \"PC\"}"),
                ada.send("PATCH", listing, "{\"title\": \"PC\"}", "If-Match", "\"7-outdated\""),
                ada.patch(listing, "{\"title\": 7}"));
    }

    private static String statements(Response response) {
        return response.header("X-DB-Queries").orElse("none");
    }

    @Test
    void costsNoStatementForARejectedRequest() {
        List<Response> responses = rejected();

        assertEquals(
                List.of(401, 404, 409, 422, 404, 412, 422),
                responses.stream().map(Response::status).toList());
        // The user of the token, and what the handler itself executes: an insert that fails, or the locked row. A 412
        // also reads the current tag.
        assertEquals(
                List.of("0", "0", "1", "0", "2", "3", "2"),
                responses.stream().map(AcknowledgementTest::statements).toList());
    }

    @Test
    @Timeout(50)
    void doesNotDelayARejectedRequestWhileTheChangeLogIsUnavailable() {
        CompletableFuture<Response> confirmed = database.jdbi().inTransaction(handle -> {
            handle.execute("LOCK TABLE change_log IN ACCESS EXCLUSIVE MODE");
            CompletableFuture<Response> signIn = CompletableFuture.supplyAsync(() -> application
                    .api()
                    .post("/api/v1/tokens", "{\"username\": \"ada\", \"password\": \"correct horse battery\"}"));
            assertEquals(7, rejected().size());
            assertFalse(signIn.isDone(), "a response that confirms a change waits");
            return signIn;
        });
        assertEquals(201, confirmed.join().status());
    }
}
