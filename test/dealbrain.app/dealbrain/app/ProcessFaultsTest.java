package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Request;
import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Stops, kills and starts the server with its embedded PostgreSQL, under load. */
@Tag("faults")
@Timeout(600)
class ProcessFaultsTest {
    private static final String VIEWS = "SELECT coalesce(sum(view_count), 0) FROM listing_share";

    @RegisterExtension
    static final TestDatabase empty = TestDatabase.empty();

    @TempDir
    Path folder;

    private static DatabaseUrl embedded(Path folder) throws IOException {
        return DatabaseUrl.parse(Files.readString(folder.resolve("postgres.url")));
    }

    private static String listing(Api user) {
        return user.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
    }

    /** Returns the path of the JSON of a new link; each request counts a view. */
    private static String page(Api user, String listing) {
        return "/api/v1" + user.share(listing);
    }

    private static long views(Path folder) throws IOException {
        return OwnPostgres.number(embedded(folder), VIEWS);
    }

    /** Sends a request on a persistent connection. Returns the response, or the part of it that was received. */
    private static String request(Socket connection, String path) throws IOException {
        connection.setSoTimeout(60_000);
        connection
                .getOutputStream()
                .write(("GET " + path + " HTTP/1.1\r\nHost: a\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        byte[] buffer = new byte[8192];
        StringBuilder response = new StringBuilder();
        while (!response.toString().matches("(?s).*\r\n\r\n.+")) {
            int read = connection.getInputStream().read(buffer);
            if (read < 0) {
                break;
            }
            response.append(new String(buffer, 0, read, StandardCharsets.UTF_8));
        }
        return response.toString();
    }

    @Test
    void shutsDownGracefullyOnSigtermUnderLoad() throws Exception {
        long viewed;
        try (Program program = Program.start(folder, Map.of())) {
            Api ada = program.api().signUp("ada");
            String listing = listing(ada);
            String page = page(ada, listing);
            try (Connection holder = OwnPostgres.connect(embedded(folder));
                    Statement statement = holder.createStatement();
                    Socket connection = new Socket("127.0.0.1", program.port())) {
                assertTrue(request(connection, "/health/ready").startsWith("HTTP/1.1 200 "));
                holder.setAutoCommit(false);
                statement.execute("SELECT FROM listing WHERE id = " + listing.substring(listing.lastIndexOf('/') + 1)
                        + " FOR UPDATE");
                CompletableFuture<Api.Response> slow =
                        CompletableFuture.supplyAsync(() -> ada.patch(listing, "{\"price_usd\": 1}"));
                Await.until("a request waits", () -> waiting() > 0);

                Load load = Load.closed(program.api(), 8, _ -> Request.get(page));
                Await.until("there is load", () -> load.responses().size() > 300);
                program.terminate();
                Await.until(
                        "it accepts no connections",
                        () -> load.responses(response -> response.status() == 0).size() > 8);
                load.close();
                assertTrue(program.isAlive(), "a request is active");
                statement.getConnection().rollback();
                assertEquals(200, slow.get().status());
                assertEquals("close", slow.get().header("Connection").orElse("none"));
                assertEquals(143, program.exit());
                Set<Integer> statuses = new HashSet<>();
                load.responses().forEach(response -> statuses.add(response.status()));
                assertEquals(Set.of(200, 0), statuses, "served, or the connection was refused");
                viewed = load.responses(Load.Response::isSuccess).size();
                System.out.printf(
                        "SIGTERM: %d responses, then connections refused; persistent connections closed; exit 143%n",
                        viewed);
            }
            assertFalse(program.output().contains("internal error"), program.output());
        }
        assertFalse(Files.exists(folder.resolve("postgres-data/postmaster.pid")), "PostgreSQL was stopped");
        try (Program again = Program.start(folder, Map.of())) {
            assertEquals(200, again.api().get("/health/ready").status());
            long written = views(folder);
            assertTrue(written >= viewed, "every view was written: " + written + " of " + viewed);
        }
    }

    @Test
    void startsTheEmbeddedPostgresAgainAfterItWasKilled() throws IOException {
        try (Program program = Program.start(folder, Map.of())) {
            Api ada = program.api().signUp("ada");
            String listing = listing(ada);
            Await.until("health says why", () -> {
                Api.Response health = program.api().get("/health/ready");
                if (health.status() == 200) { // again if a busy machine has started it before health was seen
                    killServer();
                }
                return health.status() == 503 && health.text().contains("embedded PostgreSQL");
            });
            assertEquals(200, program.api().get("/health/live").status());
            Await.until(
                    "it is ready again",
                    Duration.ofSeconds(60),
                    () -> program.api().get("/health/ready").status() == 200);
            assertEquals(200, ada.get(listing).status());
            assertEquals(200, ada.patch(listing, "{\"price_usd\": 1}").status());
            assertTrue(program.output().contains("started PostgreSQL again"), program.output());
        }
        assertFalse(Files.exists(folder.resolve("postgres-data/postmaster.pid")), "PostgreSQL was stopped");
    }

    /** Kills the embedded PostgreSQL if it runs. */
    private void killServer() {
        try {
            long pid = Long.parseLong(Files.readAllLines(folder.resolve("postgres-data/postmaster.pid"))
                    .getFirst());
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of sessions that wait for a lock. */
    private long waiting() {
        return OwnPostgres.number(url(), "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'");
    }

    private DatabaseUrl url() {
        try {
            return embedded(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A request that is received in part when the shutdown starts gets a response with 503 and {@code Connection:
     * close}.
     */
    @Test
    void reportsNotReadyOnOpenConnectionsDuringShutdown() throws Exception {
        try (Program program = Program.start(folder, Map.of())) {
            Api ada = program.api().signUp("ada");
            String listing = listing(ada);
            try (Connection holder = OwnPostgres.connect(embedded(folder));
                    Statement statement = holder.createStatement();
                    Socket connection = new Socket("127.0.0.1", program.port())) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE listing IN ACCESS EXCLUSIVE MODE");
                long others = waiting();
                CompletableFuture<Api.Response> slow = CompletableFuture.supplyAsync(() -> ada.get(listing));
                Await.until("a request waits", () -> waiting() > others);
                // With half of a request the connection is not idle, so it is not closed.
                connection
                        .getOutputStream()
                        .write("GET /health/ready HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII));
                Await.until(
                        "the first half was received",
                        () -> program.api().get("/health/live").status() == 200);
                program.terminate();
                Await.until("it accepts no connections", () -> refuses(program.port()));
                connection.getOutputStream().write("Host: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
                connection.setSoTimeout(60_000);
                String response = new String(connection.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                assertTrue(response.startsWith("HTTP/1.1 503 "), response);
                assertTrue(response.contains("\"draining\""), response);
                assertTrue(response.toLowerCase(java.util.Locale.ROOT).contains("connection: close"), response);
                holder.rollback();
                assertEquals(200, slow.get().status());
                assertEquals(143, program.exit());
            }
        }
    }

    private static boolean refuses(int port) {
        try (Socket _ = new Socket("127.0.0.1", port)) {
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    /** The views are written every second, also under load. */
    @Test
    void losesOnlyTheLastViewsWhenKilled() throws Exception {
        String page;
        long old;
        int acknowledged;
        try (Program program = Program.start(folder, Map.of())) {
            Api ada = program.api().signUp("ada");
            page = page(ada, listing(ada));
            for (int i = 0; i < 20; i++) {
                assertEquals(200, program.api().get(page).status());
            }
            Await.until("the views are written", () -> writtenViews() == 20);
            try (Load load = Load.closed(
                    program.api(),
                    8,
                    number -> number % 2 == 0
                            ? Request.get(page)
                            : new Request("POST", "/api/v1/collections", "{\"name\": \"C\"}", ada.token()))) {
                Await.until("there is load", () -> load.responses().size() > 500);
                long seen = 20 + seen(load);
                Await.until("the views until then are written", () -> writtenViews() >= seen);
                old = seen;
                program.kill();
                acknowledged =
                        load.responses(response -> response.status() == 201).size();
            }
        }
        assertTrue(Files.exists(folder.resolve("postgres-data/postmaster.pid")), "PostgreSQL still runs");
        try (Program again = Program.start(folder, Map.of())) {
            assertEquals(200, again.api().get("/health/ready").status());
            assertTrue(views(folder) >= old, views(folder) + " of " + old);
            long kept = OwnPostgres.number(embedded(folder), "SELECT count(*) FROM collection");
            assertTrue(kept >= acknowledged, kept + " of " + acknowledged);
            assertEquals(200, again.api().get(page).status());
            System.out.printf(
                    "kill -9: %d collections of %d acknowledged, and at least %d views, are stored%n",
                    kept, acknowledged, old);
        }
    }

    private static int seen(Load load) {
        return load.responses(response ->
                        response.isSuccess() && response.request().method().equals("GET"))
                .size();
    }

    private long writtenViews() {
        return OwnPostgres.number(url(), VIEWS);
    }

    @Test
    void startsThreeInstancesOnOneEmptyDatabase() {
        Map<String, String> variables =
                Map.of("DATABASE_URL", OwnPostgres.variable(empty.url()), "DEALBRAIN_DEMO", "on");
        List<Program> programs = IntStream.range(0, 3)
                .mapToObj(i -> Program.begin(folder.resolve("data-" + i), variables))
                .toList();
        try {
            programs.forEach(Program::awaitStart);
            long migrated = programs.stream()
                    .mapToLong(program -> program.output()
                            .lines()
                            .filter(line -> line.contains("migration applied migration=\"0001"))
                            .count())
                    .sum();
            assertEquals(1, migrated, "one instance applies the migrations");
            for (Program program : programs) {
                assertEquals(200, program.api().get("/health/ready").status());
            }
            assertEquals(150, OwnPostgres.number(empty.url(), "SELECT count(*) FROM listing"));
            assertEquals(
                    1, OwnPostgres.number(empty.url(), "SELECT count(*) FROM user_account WHERE username = 'admin'"));
        } finally {
            programs.forEach(Program::close);
        }
    }
}
