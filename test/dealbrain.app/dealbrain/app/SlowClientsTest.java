package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Ask;
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

/** Many clients that send slowly, read nothing or do nothing: everybody else is served all the same. */
@Tag("faults")
@Timeout(180)
class SlowClientsTest {
    private static final int RATE = 60; // requests a second of everybody else
    /** So many that a single pause of the collector is not the slowest hundredth of them. */
    private static final int MEASURED = 20 * RATE;
    /** Half of everybody else wait no longer than so many times as long as they do undisturbed. Far more than it is, as machines are busy. */
    private static final double MOST = 4;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    static Path folder;

    private final List<SocketChannel> channels = new ArrayList<>();

    private static Program program;
    private static Api ada;
    private static String listing;
    private static String collection;
    private static Program.Figures before;
    private static List<Load.Answer> undisturbed = List.of();

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
        for (int i = 0; i < 20; i++) { // for the compiler, as the first time of the next
            assertEquals(200, ada.get(collection + "/export").status());
        }
        for (int i = 0; i < 2; i++) {
            undisturbed = normal();
        }
        before = program.figures();
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

    /** Serves everybody else for some seconds: all get what they asked for. */
    private static List<Load.Answer> normal() {
        try (Load load = Load.open(program.api(), 16, RATE, number -> switch ((int) (number % 4)) {
            case 0 -> new Ask("PATCH", listing, "{\"price_usd\": " + (100 + number % 50) + "}", ada.token());
            case 1 -> Ask.get(collection + "?limit=20").as(ada);
            default -> Ask.get(listing).as(ada);
        })) {
            Await.until(
                    "there was load",
                    Duration.ofSeconds(60),
                    () -> load.answers().size() >= MEASURED);
            assertEquals(List.of(), load.answers(answer -> !answer.isWell()));
            return load.answers();
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

    /** False when the server has closed the connection. */
    private static boolean send(SocketChannel channel, String text) {
        try {
            channel.write(ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII)));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Sends a byte on each every three seconds until interrupted. */
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

    /** Serves everybody else meanwhile. */
    private static void assertGoesOn(String what) {
        List<Load.Answer> disturbed = normal();
        System.out.printf(
                "%s: everybody else waited for %s, undisturbed %s; %d descriptors, %d threads%n",
                what, times(disturbed), times(undisturbed), program.descriptors(), program.threads());
        assertTrue(
                Load.percentile(disturbed, 50) < MOST * Load.percentile(undisturbed, 50),
                what + ": " + times(disturbed) + ", undisturbed " + times(undisturbed));
    }

    private static String times(List<Load.Answer> answers) {
        return "%.1f ms (p50), %.1f ms (p90), %.1f ms (p99)"
                .formatted(Load.percentile(answers, 50), Load.percentile(answers, 90), Load.percentile(answers, 99));
    }

    private void assertAsBefore() throws IOException {
        close();
        Await.until(() -> "all falls back to " + before + ": " + program.figures(), Duration.ofSeconds(60), () -> {
            Program.Figures now = program.figures();
            return now.descriptors() <= before.descriptors() + 24
                    && now.heap() <= before.heap() + 8_000_000
                    && now.threads() <= before.threads() + 8;
        });
        assertEquals(200, program.api().get("/health/ready").status());
    }

    @Test
    void whoSendAByteEveryFewSeconds() throws Exception {
        open(2000, "GET /health/live HTTP/1.1\r\nHost: a\r\nX-Slow: ");
        open(
                500,
                "POST /api/v1/tokens HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{");
        Thread trickle = trickle(List.copyOf(channels));
        try {
            Await.until("all are connected", () -> program.descriptors() >= before.descriptors() + 2300);
            assertGoesOn("2000 slow headers and 500 slow bodies");
            // They would go on, but have had their time.
            Await.until(
                    "the server closes them",
                    Duration.ofSeconds(60),
                    () -> program.descriptors() <= before.descriptors() + 100);
        } finally {
            trickle.interrupt();
            trickle.join();
        }
        assertAsBefore();
    }

    @Test
    void whoNeverReadALargeExport() throws Exception {
        open(
                50,
                "GET " + collection + "/export HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + ada.token()
                        + "\r\n\r\n");
        assertGoesOn("50 exports that nobody reads");
        assertEquals(200, program.api().get("/health/ready").status(), "they hold no connection to the database");
        assertAsBefore();
    }

    @Test
    void whoKeepIdleConnections() throws Exception {
        open(5000, "GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n");
        for (SocketChannel channel : channels) { // idle is who has been answered
            assertTrue(channel.read(ByteBuffer.allocate(4096)) > 0);
        }
        assertTrue(program.descriptors() >= before.descriptors() + 4900);
        assertGoesOn("5000 idle connections");
        assertAsBefore();
    }
}
