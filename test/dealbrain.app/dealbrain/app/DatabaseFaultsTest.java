package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Request;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Faults of PostgreSQL under load: requests that cannot be served get 503, and all succeed soon after the recovery. */
@Tag("faults")
@Timeout(600)
class DatabaseFaultsTest {
    /** Many more than the pool has connections, since concurrent loads of one cache entry use a single connection. */
    private static final int CLIENTS = 48;

    private static final int POOL = 10;
    /** For a busy machine; less than any time limit that an error could put in place of the right one. */
    private static final int MARGIN_SECONDS = 10;
    /** The time limit of a request by operations.md: three seconds for its connections, ten for a lock. */
    private static final int FOR_CONNECTIONS_SECONDS = 3 + MARGIN_SECONDS;

    private static final int FOR_A_LOCK_SECONDS = FOR_CONNECTIONS_SECONDS + 10;
    private static final int RETURN_SECONDS = 3 + MARGIN_SECONDS;
    /** Longer than the 30 seconds after which idle connections and carrier threads end. */
    private static final Duration CLEANUP = Duration.ofSeconds(180);

    @TempDir
    static Path folder;

    private static OwnPostgres postgres;
    private static Program program;
    private static Api ada;
    private static String listing;
    private static String collection;
    private static String page;
    private static Program.Usage before;

    @BeforeAll
    static void start() {
        postgres = new OwnPostgres(folder.resolve("postgres"));
        program = Program.start(
                folder.resolve("data"),
                Map.of("DATABASE_URL", postgres.variable(), "DEALBRAIN_POOL_SIZE", String.valueOf(POOL)));
        ada = program.api().signUp("ada");
        listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
        collection = ada.post("/api/v1/collections", "{\"name\": \"Servers\"}")
                .header("Location")
                .orElseThrow();
        ada.post(collection + "/items", "{\"listing_id\": " + listing.substring(listing.lastIndexOf('/') + 1) + "}");
        page = ada.share(listing);
        try (Load _ = load()) { // opens all connections and threads before they are counted
            Await.until("the pool is full", () -> postgres.connections() == POOL);
        }
        before = program.usage();
    }

    /** Checks the usage once after all faults, because idle connections and threads end late. */
    @AfterAll
    static void stop() {
        try (OwnPostgres _ = postgres;
                Program ended = program) {
            Await.until(() -> "usage falls back to " + before + ": " + program.usage(), CLEANUP, () -> {
                Program.Usage now = program.usage();
                return now.threads() <= before.threads() + 4 && now.descriptors() <= before.descriptors() + 8;
            });
            assertFalse(ended.output().contains("internal error"), ended.output());
        }
    }

    private static Load load() {
        return Load.closed(program.api(), CLIENTS, number -> switch ((int) (number % 5)) {
            case 0 -> new Request("PATCH", listing, "{\"price_usd\": " + (100 + number % 50) + "}", ada.token());
            case 1 -> Request.get(collection).as(ada);
            case 2 -> Request.get(page);
            case 3 -> Request.get("/api/v1/listings?q=tiny").as(ada);
            default -> Request.get(listing).as(ada);
        });
    }

    /** An action on the database. */
    private interface Step {
        void run() throws SQLException;
    }

    /**
     * Causes a fault under load, ends it, and checks all responses.
     *
     * @param untilRefused ends the fault after more than this number of 503 responses; 0 to end it at once
     */
    private static void endure(String what, Step harm, int untilRefused, Step restore, int longestSeconds)
            throws SQLException {
        List<Load.Response> all;
        double back;
        try (Load load = load()) {
            Await.until("there is load", () -> load.responses().size() > 200);
            harm.run();
            if (untilRefused > 0) {
                Await.until(
                        "it is not ready",
                        () -> program.api().get("/health/ready").status() == 503);
                Await.until(
                        "responses have the status 503",
                        () -> load.responses(response -> response.status() == 503)
                                        .size()
                                > untilRefused);
                assertEquals(200, program.api().get("/health/live").status());
            }
            restore.run();
            long mended = System.nanoTime();
            Await.until("it is ready", () -> program.api().get("/health/ready").status() == 200);
            long well = Math.max(System.nanoTime(), lastTrouble(load));
            Await.until("there is load again", () -> load.since(well).size() > 200);
            back = (Math.max(well, lastTrouble(load)) - mended) / 1e9;
            assertTrue(back < RETURN_SECONDS, what + ": recovered after " + back + " s");
            all = load.responses();
        }
        assertValid(all, longestSeconds);
        Await.until("connections are as before", () -> postgres.connections() <= POOL);
        List<Load.Response> refused =
                all.stream().filter(response -> response.status() == 503).toList();
        System.out.printf(
                "%s: %d responses, the longest after %.1f s; %d of them 503, the longest after %.1f s;"
                        + " recovered after %.2f s; usage %s%n",
                what, all.size(), longest(all), refused.size(), longest(refused), Math.max(0, back), program.usage());
    }

    private static double longest(List<Load.Response> responses) {
        return Load.percentile(responses, 100) / 1000;
    }

    private static long lastTrouble(Load load) {
        return load.responses(response -> !response.isSuccess()).stream()
                .mapToLong(Load.Response::end)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Checks that each response is a success, or a complete 503, and within the time limit. */
    private static void assertValid(List<Load.Response> responses, int longestSeconds) {
        for (Load.Response response : responses) {
            if (!response.isSuccess()) {
                assertEquals(503, response.status(), response.toString());
                assertFalse(response.header("Retry-After").isEmpty(), response.toString());
                assertTrue(
                        response.request().path().equals(page)
                                || Json.parse(response.text().getBytes())
                                        .path("type")
                                        .asText()
                                        .endsWith("/problems/unavailable"),
                        response.toString());
            }
            assertTrue(response.millis() < longestSeconds * 1000, response.toString());
        }
    }

    @Test
    void recoversFromARestart() throws SQLException {
        endure("restarted", postgres::stop, CLIENTS, postgres::start, FOR_CONNECTIONS_SECONDS);
    }

    @Test
    void recoversFromTerminatedConnections() throws SQLException {
        endure(
                "terminated",
                () -> {
                    for (int i = 0; i < 5; i++) {
                        postgres.run("SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                                + " WHERE application_name = 'dealbrain'");
                        Await.until("it has reconnected", () -> postgres.connections() > 0);
                    }
                },
                0,
                () -> {},
                FOR_CONNECTIONS_SECONDS);
    }

    @Test
    void recoversFromALockThatExhaustsThePool() throws SQLException {
        try (Connection holder = postgres.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            endure(
                    "locked",
                    () -> statement.execute("LOCK TABLE listing IN ACCESS EXCLUSIVE MODE"),
                    POOL,
                    holder::rollback,
                    FOR_A_LOCK_SECONDS);
        }
    }

    @Test
    void recoversFromReadOnlyMode() throws SQLException {
        endure(
                "read-only",
                () -> postgres.run("ALTER SYSTEM SET default_transaction_read_only = on", "SELECT pg_reload_conf()"),
                CLIENTS,
                () -> postgres.run(
                        "SET default_transaction_read_only = off",
                        "ALTER SYSTEM RESET default_transaction_read_only",
                        "SELECT pg_reload_conf()"),
                FOR_CONNECTIONS_SECONDS);
    }

    /** Repeated until it is served: the lease of two seconds may end while a busy machine stops the database. */
    @Test
    void servesSharedPagesFromTheCacheForTheLease() {
        Await.until("the page is served without the database", DatabaseFaultsTest::servesThePageWithoutTheDatabase);
    }

    private static boolean servesThePageWithoutTheDatabase() {
        Await.until("the page is cached", DatabaseFaultsTest::hitsTheCache);
        postgres.stop();
        boolean served;
        try {
            served = hitsTheCache();
            Await.until("the lease has ended", () -> program.api().get(page).status() == 503);
        } finally {
            postgres.start();
        }
        Await.until("the page is served again", () -> program.api().get(page).status() == 200);
        return served;
    }

    private static boolean hitsTheCache() {
        return program.api().get(page).header("X-Cache").orElse("").equals("HIT");
    }
}
