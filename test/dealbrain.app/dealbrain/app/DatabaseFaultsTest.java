package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Ask;
import dealbrain.json.Json;
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

/** PostgreSQL in trouble under load: what cannot be served is answered 503, and all is well soon after it is back. */
@Tag("faults")
@Timeout(180)
class DatabaseFaultsTest {
    /** Far more than the pool has connections: those that wait for one and the same page of the cache take but one together. */
    private static final int CLIENTS = 48;

    private static final int POOL = 10;
    /**
     * How long a request may take, by operations.md: three seconds for all its connections, ten for a lock; and what a busy machine
     * adds.
     */
    private static final int FOR_CONNECTIONS_SECONDS = 3 + 2;

    private static final int FOR_A_LOCK_SECONDS = FOR_CONNECTIONS_SECONDS + 10;
    private static final int RETURN_SECONDS = 3;
    /** Longer than idle connections and the carriers of virtual threads are kept, which is 30 seconds. */
    private static final Duration FALL_BACK = Duration.ofSeconds(60);

    @TempDir
    static Path folder;

    private static OwnPostgres postgres;
    private static Program program;
    private static Api ada;
    private static String listing;
    private static String collection;
    private static String page;

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
        try (Load _ = load()) { // as many connections and threads as it will ever need
            Await.until("the pool is full", () -> postgres.connections() == POOL);
        }
    }

    @AfterAll
    static void stop() {
        try (OwnPostgres _ = postgres;
                Program ended = program) {
            assertFalse(ended.output().contains("a fault of ours"), ended.output());
        }
    }

    private static Load load() {
        return Load.closed(program.api(), CLIENTS, number -> switch ((int) (number % 5)) {
            case 0 -> new Ask("PATCH", listing, "{\"price_usd\": " + (100 + number % 50) + "}", ada.token());
            case 1 -> Ask.get(collection).as(ada);
            case 2 -> Ask.get(page);
            case 3 -> Ask.get("/api/v1/listings?q=tiny").as(ada);
            default -> Ask.get(listing).as(ada);
        });
    }

    /** What somebody does to the database, and how they end it. */
    private interface Step {
        void run() throws SQLException;
    }

    /**
     * Harms the database under load and looks at every answer before, during and after.
     *
     * @param untilRefused mends it when more requests than that were answered 503 and it is not ready; 0 for at once
     */
    private static void endure(String what, Step harm, int untilRefused, Step restore, int longestSeconds)
            throws SQLException {
        Program.Figures before = program.figures();
        List<Load.Answer> all;
        double back;
        try (Load load = load()) {
            Await.until("there is load", () -> load.answers().size() > 200);
            harm.run();
            if (untilRefused > 0) {
                Await.until(
                        "it is not ready",
                        () -> program.api().get("/health/ready").status() == 503);
                Await.until(
                        "requests are answered 503",
                        () -> load.answers(answer -> answer.status() == 503).size() > untilRefused);
                assertEquals(200, program.api().get("/health/live").status());
            }
            restore.run();
            long mended = System.nanoTime();
            Await.until("it is ready", () -> program.api().get("/health/ready").status() == 200);
            long well = Math.max(System.nanoTime(), lastTrouble(load));
            Await.until("there is load again", () -> load.since(well).size() > 200);
            back = (Math.max(well, lastTrouble(load)) - mended) / 1e9;
            assertTrue(back < RETURN_SECONDS, what + ": back after " + back + " s");
            all = load.answers();
        }
        assertHonest(all, longestSeconds);
        Await.until("connections are as before", () -> postgres.connections() <= POOL);
        Await.until(
                () -> "threads and descriptors are as before: " + before + ", " + program.figures(), FALL_BACK, () -> {
                    Program.Figures now = program.figures();
                    return now.threads() <= before.threads() + 4 && now.descriptors() <= before.descriptors() + 8;
                });
        List<Load.Answer> refused =
                all.stream().filter(answer -> answer.status() == 503).toList();
        System.out.printf(
                "%s: %d answers, the longest after %.1f s; %d of them 503, the longest after %.1f s; back after %.2f s; before %s, after %s%n",
                what,
                all.size(),
                longest(all),
                refused.size(),
                longest(refused),
                Math.max(0, back),
                before,
                program.figures());
    }

    private static double longest(List<Load.Answer> answers) {
        return Load.percentile(answers, 100) / 1000;
    }

    private static long lastTrouble(Load load) {
        return load.answers(answer -> !answer.isWell()).stream()
                .mapToLong(Load.Answer::end)
                .max()
                .orElse(Long.MIN_VALUE);
    }

    /** Each answer is well, or 503 in its full form and in time. */
    private static void assertHonest(List<Load.Answer> answers, int longestSeconds) {
        for (Load.Answer answer : answers) {
            if (!answer.isWell()) {
                assertEquals(503, answer.status(), answer.toString());
                assertFalse(answer.header("Retry-After").isEmpty(), answer.toString());
                assertTrue(
                        answer.millis() < FOR_CONNECTIONS_SECONDS * 1000,
                        answer.toString()); // no lock is held for as long as ten seconds
                assertTrue(
                        answer.ask().path().equals(page)
                                || Json.parse(answer.text().getBytes())
                                        .path("type")
                                        .asText()
                                        .endsWith("/problems/unavailable"),
                        answer.toString());
            }
            assertTrue(answer.millis() < longestSeconds * 1000, answer.toString());
        }
    }

    @Test
    void restarted() throws SQLException {
        endure("restarted", postgres::stop, CLIENTS, postgres::start, FOR_CONNECTIONS_SECONDS);
    }

    @Test
    void withAllConnectionsTerminatedAgainAndAgain() throws SQLException {
        endure(
                "terminated",
                () -> {
                    for (int i = 0; i < 5; i++) {
                        postgres.run(
                                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'dealbrain'");
                        Await.until("it has connected again", () -> postgres.connections() > 0);
                    }
                },
                0,
                () -> {},
                FOR_CONNECTIONS_SECONDS);
    }

    @Test
    void withThePoolHeldByALock() throws SQLException {
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
    void readOnly() throws SQLException {
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

    /** configuration.md, DEALBRAIN_CACHE_LEASE_MS: two seconds. */
    @Test
    void servesSharedPagesFromTheCacheForTheLease() {
        Await.until(
                "it is kept",
                () -> program.api().get(page).header("X-Cache").orElse("").equals("HIT"));
        long start = System.nanoTime();
        postgres.stop();
        try {
            assertEquals(
                    "HIT", program.api().get(page).header("X-Cache").orElse("none"), "when the database has just gone");
            Await.until(
                    "it is not served any more", () -> program.api().get(page).status() == 503);
            System.out.printf(
                    "served from the cache for %.1f s after the database began to stop%n",
                    (System.nanoTime() - start) / 1e9);
        } finally {
            postgres.start();
        }
        Await.until("it is served again", () -> program.api().get(page).status() == 200);
    }
}
