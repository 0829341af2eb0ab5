package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Evaluates the shipped alert rules and dashboard with a real Prometheus that scrapes the running application. Only the
 * times of the rules are shortened to seconds. Skipped if Prometheus is not installed, except in CI.
 */
class AlertsTest {
    private static final String METRICS_TOKEN = "a-token-for-the-metrics";
    private static final Path SHIPPED = Path.of("docker/observability");

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(
            database,
            Map.of(
                    "N_PLUS_ONE_THRESHOLD",
                    "2",
                    "DEALBRAIN_CACHE_LEASE_MS",
                    "2000",
                    "DEALBRAIN_CACHE_AUDIT",
                    "1",
                    "DEALBRAIN_METRICS_FROM",
                    "none",
                    "DEALBRAIN_METRICS_TOKEN",
                    METRICS_TOKEN));

    /** The connections of the application, by default. */
    private static final int POOL_SIZE = 10;

    private static final int ATTEMPTS = 5;

    private static PrometheusServer prometheus;
    private static Api ada;
    private static String collection;
    /** The alerts that have fired so far. */
    private final Set<String> fired = new TreeSet<>();

    @BeforeAll
    static void start() throws IOException {
        boolean needed = "true".equals(System.getenv("CI"));
        assertTrue(
                !needed || PrometheusServer.installed().isPresent(), "CI needs Prometheus: apt-get install prometheus");
        assumeTrue(PrometheusServer.installed().isPresent(), "Prometheus is not installed");
        prometheus = PrometheusServer.start(
                PrometheusServer.installed().orElseThrow(),
                SHIPPED.resolve("prometheus.yml"),
                inSeconds(Files.readString(SHIPPED.resolve("alerts.yml"))),
                METRICS_TOKEN,
                application.port());
        ada = application.api().signUp("ada");
        collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\"}")
                .header("Location")
                .orElseThrow();
    }

    @AfterAll
    static void stop() {
        if (prometheus != null) {
            prometheus.close();
        }
    }

    /** Returns the rules with seconds instead of minutes, and without a delay before they fire. */
    private static String inSeconds(String rules) {
        return rules.replaceAll("\\[\\d+m]", "[20s]").replaceAll("for: \\d+m", "for: 0s");
    }

    @Test
    void firesEveryAlertWhenProvokedAndFindsDataForEveryExpression() throws IOException {
        produceMetrics();
        for (String expression : dashboard()) {
            assertTrue(prometheus.series(expression) > 0, () -> "no data for " + expression);
        }
        Set<String> all = alerts();
        assertFalse(all.isEmpty());

        fired.addAll(whileTheChangeLogIsLocked(Set.of("CacheNotUsed")));
        fired.addAll(whileViewsCannotBeWritten(Set.of("BackgroundThreadFails")));
        provoke(Set.of("StaleCacheEntry"), AlertsTest::changeWithoutLog);
        provoke(Set.of("CacheHitRateBelowHalf", "CacheHitRateLow"), AlertsTest::openUnknownLinks);
        provoke(Set.of("RepeatedStatements"), AlertsTest::importWithRepeatedStatement);
        provoke( // by different pages, so that none is cached
                Set.of("CollectionsSlow"), () -> whileLocked("collection", 0.4, 25, collection + "?offset="));
        provoke(Set.of("StatementAboveHalfASecond"), () -> whileLocked("access_token", 0.7, 5, "/api/v1/users/me"));
        provoke(
                Set.of("StatementAboveOneSecond", "PoolExhausted", "ServerErrors"),
                () -> whileLocked("access_token", 3.5, 40, "/api/v1/users/me"));
        fired.remove("ServiceDown"); // of a scrape that a busy machine has delayed
        Set<String> provoked = new TreeSet<>(all);
        provoked.remove("ServiceDown");
        assertEquals(provoked, fired);

        application.stop();
        fired.addAll(prometheus.awaitFiring(Set.of("ServiceDown")));
        assertEquals(all, fired);
    }

    /**
     * Performs an action until all of these alerts have fired: on a busy machine an entry may not be used, or a
     * statement may take longer than it should.
     */
    private void provoke(Set<String> wanted, Runnable action) {
        for (int attempt = 0; attempt < ATTEMPTS && !fired.containsAll(wanted); attempt++) {
            CompletableFuture<Void> acting = CompletableFuture.runAsync(action, Thread::startVirtualThread);
            fired.addAll(prometheus.awaitFiring(wanted)); // also while it is performed
            acting.join();
        }
    }

    /** Produces data for every expression of the dashboard, and lets Prometheus see counters before they increase. */
    private static void produceMetrics() {
        for (int i = 0; i < 5; i++) {
            assertEquals(200, ada.get(collection).status());
            assertEquals(404, ada.get("/api/v1/listings/999999").status());
            prometheus.series("up == 1");
        }
    }

    private static Set<String> alerts() throws IOException {
        return new TreeSet<>(Pattern.compile("- alert: (\\w+)")
                .matcher(Files.readString(SHIPPED.resolve("alerts.yml")))
                .results()
                .map(found -> found.group(1))
                .toList());
    }

    private static List<String> dashboard() throws IOException {
        JsonNode dashboard = Json.parse(Files.readAllBytes(SHIPPED.resolve("grafana/dashboards/dealbrain.json")));
        List<String> expressions = new ArrayList<>();
        dashboard
                .findValues("expr")
                .forEach(expression -> expressions.add(expression.asText().replace("$__rate_interval", "20s")));
        assertTrue(expressions.size() > 20, expressions::toString);
        return expressions;
    }

    /**
     * Reads changes that are made while the triggers are disabled: the cache does not see them, but the auditor does.
     */
    private static void changeWithoutLog() {
        assertEquals(200, ada.get(collection).status());
        database.jdbi().useTransaction(handle -> {
            handle.execute("ALTER TABLE collection DISABLE TRIGGER USER");
            handle.execute("UPDATE collection SET name = left(gen_random_uuid()::text, 20)");
            handle.execute("ALTER TABLE collection ENABLE TRIGGER USER");
        });
        assertEquals(200, ada.get(collection).status());
    }

    /** Prevents the polls of the application, so that its lease ends. */
    private static Set<String> whileTheChangeLogIsLocked(Set<String> wanted) {
        return database.jdbi().inTransaction(handle -> {
            handle.execute("LOCK TABLE change_log IN ACCESS EXCLUSIVE MODE");
            return prometheus.awaitFiring(wanted);
        });
    }

    /** Makes the job fail that writes counted views. */
    private static Set<String> whileViewsCannotBeWritten(Set<String> wanted) {
        String listing = ada.post("/api/v1/listings", "{\"title\": \"PC\"}")
                .header("Location")
                .orElseThrow();
        JsonNode share = ada.post(listing + "/shares", "{}").json();
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "ALTER TABLE listing_share ADD CONSTRAINT no_views CHECK" + " (view_count = 0)"));
        try {
            String page = "/api/v1/deals/" + share.path("listing_id").asLong() + "/"
                    + share.path("share_token").asText();
            assertEquals(200, application.api().get(page).status());
            return prometheus.awaitFiring(wanted);
        } finally {
            database.jdbi().useHandle(handle -> handle.execute("ALTER TABLE listing_share DROP CONSTRAINT no_views"));
        }
    }

    private static void openUnknownLinks() {
        for (int i = 0; i < 150; i++) {
            assertEquals(
                    404,
                    application
                            .api()
                            .get("/api/v1/deals/1/" + String.format(Locale.ROOT, "%064d", i))
                            .status());
        }
    }

    /** An import creates first and second drives by the same statement, so it repeats it. */
    private static void importWithRepeatedStatement() {
        String part = "{\"medium\": \"nvme\", \"capacity_gb\": %d}";
        assertEquals(
                201,
                ada.post(
                                "/api/v1/collections/import",
                                "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"Lab\", \"items\": ["
                                        + "{\"listing\": {\"title\": \"PC\", \"primary_storage_profile\": "
                                        + part.formatted(256) + ", \"secondary_storage_profile\": "
                                        + part.formatted(512) + "}}]}")
                        .status());
    }

    /**
     * Sends {@code times} concurrent requests, and locks the table until some of them have waited for {@code seconds}.
     * A path that ends with = gets the number of the request.
     */
    private static void whileLocked(String table, double seconds, int times, String path) {
        Thread requests = Thread.ofVirtual()
                .unstarted(() -> Concurrently.run(times, number -> ada.get(path.endsWith("=") ? path + number : path)));
        database.jdbi().useTransaction(handle -> {
            handle.execute("LOCK TABLE " + table + " IN ACCESS EXCLUSIVE MODE");
            requests.start();
            int waiting = Math.min(times, POOL_SIZE);
            Await.until(
                    "requests wait",
                    () -> handle.createQuery("SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                                            + " AND datname = current_database()")
                                    .mapTo(Integer.class)
                                    .one()
                            >= waiting);
            handle.execute("SELECT pg_sleep(?)", seconds);
        });
        try {
            requests.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
