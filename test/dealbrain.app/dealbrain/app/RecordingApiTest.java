package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.recording.RouteSamples;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Recordings while two clients send requests. */
@Timeout(180)
class RecordingApiTest {
    private static final String RECORDINGS = "/api/v1/ops/recordings";
    private static final int ENOUGH = 200;

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final AtomicBoolean done = new AtomicBoolean();
    private static Api admin;
    private static Api ada;
    private static List<CompletableFuture<Void>> clients;

    @TempDir
    Path folder;

    @BeforeAll
    static void sendRequests() {
        admin = application.admin();
        ada = application.api().signUp("ada");
        ada.post("/api/v1/listings", "{\"title\": \"a PC\"}");
        clients = List.of(
                CompletableFuture.runAsync(() -> repeat("/api/v1/listings?q=pc")),
                CompletableFuture.runAsync(() -> repeat("/api/v1/users/me")));
    }

    private static void repeat(String path) {
        while (!done.get()) {
            ada.get(path);
        }
    }

    @AfterAll
    static void stop() {
        done.set(true);
        clients.forEach(CompletableFuture::join);
    }

    @Test
    void givesNearlyAllSamplesOfRequestsToTheirRoutes() throws IOException {
        Set<String> routes = new HashSet<>();
        long requests = 0;
        long named = 0;
        for (int i = 0; i < 20 && requests < ENOUGH; i++) { // more than one on a busy machine
            RouteSamples samples = record();
            requests += samples.requests();
            named += samples.named();
            samples.routes().forEach(route -> routes.add(route.name()));
        }
        assertTrue(requests >= ENOUGH, requests + " samples");
        assertTrue(named >= 0.95 * requests, named + " of " + requests + " samples have a route");
        assertTrue(routes.containsAll(Set.of("GET /api/v1/listings", "GET /api/v1/users/me")), routes::toString);
    }

    private RouteSamples record() throws IOException {
        Response response = admin.post(RECORDINGS, "{\"seconds\": 2}");
        assertEquals(200, response.status(), response::text);
        assertEquals("application/octet-stream", response.header("Content-Type").orElseThrow());
        assertTrue(response.header("Content-Disposition").orElseThrow().matches("attachment; filename=\"dealbrain-.*"));
        Path file = folder.resolve("recording.jfr");
        Files.write(file, response.http().body());
        return RouteSamples.read(file);
    }

    @Test
    void isDrawn() {
        String page = admin.get("/ops/flames?seconds=2").text();
        for (int i = 0; i < 20 && !page.contains("<svg class=\"flames\""); i++) { // a busy machine
            page = admin.get("/ops/flames?seconds=2").text();
        }
        assertTrue(page.contains("<svg class=\"flames\""), page);
        assertTrue(page.contains("<code>GET /api/v1/"), page);
        assertTrue(page.contains("<rect class=\"application\""), page);
        assertFalse(page.contains("(callers unknown)"), "the stacks are complete");
    }

    @Test
    void isRejectedWhileAnotherOneIsMade() {
        List<Integer> statuses = List.of(0);
        for (int i = 0; i < 20 && !statuses.contains(409); i++) { // the clients may not overlap
            List<CompletableFuture<Integer>> both = List.of(oneSecond(), oneSecond());
            statuses = both.stream().map(CompletableFuture::join).sorted().toList();
        }
        assertEquals(List.of(200, 409), statuses);
    }

    private static CompletableFuture<Integer> oneSecond() {
        return CompletableFuture.supplyAsync(
                () -> admin.post(RECORDINGS, "{\"seconds\": 1}").status(),
                task -> Thread.ofVirtual().start(task));
    }

    @Test
    void isForAdministratorsAndShort() {
        assertEquals(403, ada.post(RECORDINGS, "{\"seconds\": 1}").status());
        assertEquals(401, application.api().get("/ops/flames?seconds=1").status());
        assertEquals(422, admin.post(RECORDINGS, "{\"seconds\": 61}").status());
        assertEquals(422, admin.post(RECORDINGS, "{\"seconds\": 0}").status());
    }
}
