package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Imports that are sent slowly, or that take long: other users import and send bodies of any size nevertheless. */
@Tag("faults")
@Timeout(600)
class SlowBodiesTest {
    private static final int SENDERS = 200;
    private static final int USERS = 20;
    /** Less than the 20 seconds after which the server disconnects the slow senders. */
    private static final Duration TO_BEGIN = Duration.ofSeconds(15);

    private static final String FRAMING = "Content-Length: 8000000\r\n\r\n{";
    private static final String CHUNKS = "Transfer-Encoding: chunked\r\n\r\n7a1200\r\n{";

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    static Path folder;

    private final List<Socket> sockets = new ArrayList<>();

    private static Program program;
    private static Api ada;
    private static List<Api> others;
    private static Program.Usage before;

    @BeforeAll
    static void start() {
        program = Program.start(folder, Map.of("DATABASE_URL", OwnPostgres.variable(database.url())));
        ada = program.api().signUp("ada");
        others = IntStream.range(0, USERS)
                .mapToObj(i -> program.api().signUp("user-" + i))
                .toList();
        assertAdaIsServed();
        before = program.usage();
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @AfterEach
    void close() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        sockets.clear();
    }

    private static String file(int padding) {
        return "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"Lab\","
                + " \"items\": [{\"listing\": {\"title\": \"PC\"}}]}" + " ".repeat(padding);
    }

    /** Sends a small body, larger ones, and imports. */
    private static void assertAdaIsServed() {
        String collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\"}")
                .header("Location")
                .orElseThrow();
        for (int i = 0; i < 3; i++) {
            assertEquals(
                    200, ada.patch(collection, "{\"name\": \"Lab " + i + "\"}").status());
            for (int padding : List.of(20_000, 900_000)) {
                String body = "{\"title\": \"PC\"}" + " ".repeat(padding);
                assertCreates("/api/v1/listings", body);
            }
            for (int padding : List.of(20_000, 900_000, 4_000_000)) {
                assertCreates("/api/v1/collections/import", file(padding));
            }
        }
    }

    /** Sends a body again if it had to wait too long for memory, as when the machine stalls. */
    private static void assertCreates(String path, String body) {
        int status = ada.post(path, body).status();
        assertEquals(201, status == 503 ? ada.post(path, body).status() : status);
    }

    private void sendSlowly(List<Api> users, String framing, int bytes) throws IOException {
        for (int i = 0; i < SENDERS; i++) {
            Socket socket = new Socket("127.0.0.1", program.port());
            sockets.add(socket);
            socket.getOutputStream()
                    .write(("POST /api/v1/collections/import HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                    + "Authorization: Bearer "
                                    + users.get(i % users.size()).token() + "\r\n" + framing
                                    + " ".repeat(bytes))
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @ParameterizedTest
    @CsvSource({"1, false, 100", "20, false, 100", "1, false, 60000", "20, false, 60000", "20, true, 60000"})
    void ofSlowSendersDelayNoOtherRequest(int users, boolean chunked, int bytes) throws IOException {
        sendSlowly(others.subList(0, users), chunked ? CHUNKS : FRAMING, bytes);
        // A busy machine takes some seconds to find the users of so many requests.
        Await.until("all are read", TO_BEGIN, () -> ada.get("/api/v1/users/me").status() == 200);

        assertAdaIsServed();

        Program.Usage during = program.usage();
        assertTrue(during.heap() < before.heap() + 40_000_000, during + ", before " + before);
    }

    /** Repeated until one of the imports is waiting when the lock is released: none waits longer than ten seconds. */
    @Test
    void thatTakeLongDelayOnlyImports() {
        Await.until("an import that has waited succeeds", SlowBodiesTest::succeedsAfterAWait);
    }

    private static boolean succeedsAfterAWait() {
        List<CompletableFuture<Integer>> imports = new ArrayList<>();
        String collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\"}")
                .header("Location")
                .orElseThrow();
        database.jdbi().useTransaction(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(hashtext('dealbrain import'))");
            for (Api other : others) {
                imports.add(CompletableFuture.supplyAsync(
                        () -> other.post("/api/v1/collections/import", file(500_000))
                                .status(),
                        Thread::startVirtualThread));
            }
            Await.until(
                    "an import waits",
                    () -> handle.createQuery(
                                    "SELECT count(*) > 0 FROM pg_locks WHERE NOT granted AND locktype = 'advisory'")
                            .mapTo(Boolean.class)
                            .one());
            for (int i = 0; i < 5; i++) {
                assertEquals(
                        200,
                        ada.patch(collection, "{\"name\": \"Lab " + i + "\"}").status());
                String body = "{\"title\": \"PC\"}" + " ".repeat(500_000);
                assertEquals(201, ada.post("/api/v1/listings", body).status());
                assertEquals(
                        201, others.getFirst().post("/api/v1/listings", body).status());
            }
        });
        List<Integer> statuses = imports.stream().map(CompletableFuture::join).toList();
        assertTrue(statuses.stream().allMatch(it -> it == 201 || it == 503), statuses::toString);
        return statuses.contains(201);
    }
}
