package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Request;
import dealbrain.collections.CollectionFixtures;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Many clients that send slowly, do not read or stay idle: other clients are served nevertheless. */
@Tag("faults")
@Timeout(600)
class SlowClientsTest {
    private static final int RATE = 60; // requests per second of the other clients
    /** Enough for the p50, and for longer than a pause of the garbage collector. */
    private static final int MEASURED = 6 * RATE;
    /** The maximum ratio of the p50 to that without slow clients; much higher than measured, for busy machines. */
    private static final double MAX_RATIO = 4;
    /** A p50 that is allowed whatever the ratio: on a busy machine; not if others wait for slow clients. */
    private static final double SOON_MILLIS = 1000;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    static Path folder;

    private final List<SocketChannel> channels = new ArrayList<>();

    private static Program program;
    private static Api ada;
    private static String listing;
    private static String collection;
    private static Program.Usage before;
    private static List<Load.Response> undisturbed = List.of();

    @BeforeAll
    static void start() {
        CollectionFixtures fixtures = new CollectionFixtures(database.jdbi());
        var user = fixtures.user("ada");
        collection = "/api/v1/collections/" + fixtures.collectionOf(user, 3000).id(); // an export of some megabytes
        program = Program.start(folder, Map.of("DATABASE_URL", OwnPostgres.variable(database.url())));
        ada = program.api().signIn(user.username(), CollectionFixtures.PASSWORD, "write");
        listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
        for (int i = 0; i < 20; i++) { // warms up the JIT compiler, like the first round below
            assertEquals(200, ada.get(collection + "/export").status());
        }
        for (int i = 0; i < 2; i++) {
            undisturbed = normal();
        }
        before = program.usage();
    }

    @AfterAll
    static void stop() {
        program.close();
    }

    @AfterEach
    void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        channels.clear();
    }

    /** Sends the requests of the other clients, which must succeed. A busy machine may serve some of them too late. */
    private static List<Load.Response> normal() {
        try (Load load = Load.open(program.api(), 16, RATE, number -> switch ((int) (number % 4)) {
            case 0 -> new Request("PATCH", listing, "{\"price_usd\": " + (100 + number % 50) + "}", ada.token());
            case 1 -> Request.get(collection + "?limit=20").as(ada);
            default -> Request.get(listing).as(ada);
        })) {
            Await.until(
                    "there was load",
                    Duration.ofSeconds(180),
                    () -> load.responses().size() >= MEASURED);
            List<Load.Response> all = load.responses();
            assertEquals(
                    List.of(),
                    all.stream()
                            .filter(response -> !response.isSuccess() && response.status() != 503)
                            .toList());
            long successful = all.stream().filter(Load.Response::isSuccess).count();
            assertTrue(2 * successful > all.size(), successful + " of " + all.size());
            return all;
        }
    }

    private void open(int count, String first) throws IOException {
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open();
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4096);
            channel.connect(new InetSocketAddress("127.0.0.1", program.port()));
            send(channel, first);
            channels.add(channel);
        }
    }

    /** Returns false if the server has closed the connection. */
    private static boolean send(SocketChannel channel, String text) {
        try {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Sends a byte on each connection every three seconds, until interrupted. */
    private static Thread trickle(List<SocketChannel> channels) {
        return Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    channels.forEach(channel -> send(channel, "a"));
                    Thread.sleep(Duration.ofSeconds(3));
                }
            } catch (InterruptedException _) {
                // done
            }
        });
    }

    /** Checks the response times of the other clients. */
    private static void assertOthersAreServed(String what) {
        List<Load.Response> disturbed = normal();
        System.out.printf(
                "%s: response times of other clients %s, undisturbed %s; %d descriptors, %d threads%n",
                what, times(disturbed), times(undisturbed), program.descriptors(), program.threads());
        assertTrue(
                Load.percentile(disturbed, 50) < Math.max(SOON_MILLIS, MAX_RATIO * Load.percentile(undisturbed, 50)),
                what + ": " + times(disturbed) + ", undisturbed " + times(undisturbed));
    }

    private static String times(List<Load.Response> responses) {
        return "%.1f ms (p50), %.1f ms (p90), %.1f ms (p99)"
                .formatted(
                        Load.percentile(responses, 50), Load.percentile(responses, 90), Load.percentile(responses, 99));
    }

    private void assertResourcesAreReleased() throws IOException {
        close();
        Await.until(() -> "usage falls back to " + before + ": " + program.usage(), Duration.ofSeconds(180), () -> {
            Program.Usage now = program.usage();
            return now.descriptors() <= before.descriptors() + 24
                    && now.heap() <= before.heap() + 8_000_000
                    && now.threads() <= before.threads() + 8;
        });
        assertEquals(200, program.api().get("/health/ready").status());
    }

    @Test
    void areDisconnectedIfTheySendAByteEveryFewSeconds() throws Exception {
        open(2000, "GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        open(
                500,
                "POST /api/v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                        + "Content-Length: 1000\r\n\r\n{");
        Thread trickle = trickle(List.copyOf(channels));
        try {
            Await.until("all are connected", () -> program.descriptors() >= before.descriptors() + 2300);
            assertOthersAreServed("2000 slow headers and 500 slow bodies");
            // The clients continue to send, but exceed the time limit of a request.
            Await.until(
                    "the server closes them",
                    Duration.ofSeconds(180),
                    () -> program.descriptors() <= before.descriptors() + 100);
        } finally {
            trickle.interrupt();
            trickle.join();
        }
        assertResourcesAreReleased();
    }

    @Test
    void holdNoConnectionIfTheyDoNotReadAnExport() throws Exception {
        open(
                50,
                "GET " + collection + "/export HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + ada.token()
                        + "\r\n\r\n");
        assertOthersAreServed("50 exports that are not read");
        assertEquals(200, program.api().get("/health/ready").status(), "they hold no connection to the database");
        assertResourcesAreReleased();
    }

    @Test
    void canKeepIdleConnections() throws Exception {
        open(5000, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        for (SocketChannel channel : channels) { // a connection is idle after its first response
            assertTrue(channel.read(ByteBuffer.allocate(4096)) > 0);
        }
        assertTrue(program.descriptors() >= before.descriptors() + 4900);
        assertOthersAreServed("5000 idle connections");
        assertResourcesAreReleased();
    }
}
