package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The application with {@code DATABASE_READ_URL}: which pages it loads from the standby, and what they show. */
@Tag("faults")
@Timeout(600)
class StandbyPagesTest {
    @TempDir
    static Path closed;

    @TempDir
    Path folder;

    private ReplicatedPostgres servers;

    @BeforeAll
    static void create() throws IOException {
        ReplicatedPostgres.start(closed).close();
    }

    @BeforeEach
    void start() throws IOException {
        servers = ReplicatedPostgres.startCopy(closed, folder);
    }

    @AfterEach
    void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    private Program program() {
        return Program.start(
                folder.resolve("data"),
                Map.of("DATABASE_URL", variable(servers.primary()), "DATABASE_READ_URL", variable(servers.standby())));
    }

    private static String variable(DatabaseUrl url) {
        return "postgresql://dealbrain@" + url.address();
    }

    private static void awaitUse(Program program) {
        Await.until(
                "the standby is used",
                () -> program.api()
                        .get("/health/ready")
                        .json()
                        .path("standby")
                        .asText()
                        .equals("ok"));
    }

    /** A listing in a public collection, and links to both. */
    private record Shown(Api ada, String listing, String collection, String deal, String link) {
        static Shown create(Api api) {
            Api ada = api.signUp("ada");
            String listing = location(ada.post("/api/v1/listings", "{\"title\": \"PC\", \"price_usd\": 100}"));
            String collection =
                    location(ada.post("/api/v1/collections", "{\"name\": \"Lab\", \"visibility\": \"public\"}"));
            String listingId = listing.substring(listing.lastIndexOf('/') + 1);
            ada.post(collection + "/items", "{\"listing_id\": " + listingId + "}");
            String token = ada.post(collection + "/share-tokens", "{}")
                    .json()
                    .path("share_token")
                    .asText();
            return new Shown(ada, listing, collection, ada.share(listing), token);
        }

        private static String location(Api.Response response) {
            return response.header("Location").orElseThrow();
        }

        /** Returns every anonymous page of the two. */
        List<String> pages() {
            String id = collection.substring(collection.lastIndexOf('/') + 1);
            return List.of(
                    deal,
                    "/api/v1" + deal,
                    "/c/" + link,
                    "/c/" + link + listing.replaceFirst(".*/", "/deals/"),
                    "/api/v1/collections/shared/" + link,
                    collection,
                    "/api/v1/collections/public/" + id,
                    "/api/v1/collections/discover",
                    "/api/v1/collections/discover?sort=popular&q=lab");
        }

        void rename(String name) {
            assertEquals(
                    200, ada.patch(collection, "{\"name\": \"" + name + "\"}").status());
        }

        void setPrice(int price) {
            assertEquals(
                    200, ada.patch(listing, "{\"price_usd\": " + price + "}").status());
        }
    }

    /** Repeated, with new pages, if the standby is slow on a busy machine and therefore not used for a moment. */
    @Test
    void loadsEveryAnonymousPageFromTheStandbyOnly() {
        try (Program program = program()) {
            Shown shown = Shown.create(program.api());
            AtomicInteger price = new AtomicInteger(200);
            Await.until("the standby alone loads the pages", Duration.ofMinutes(3), () -> {
                shown.setPrice(price.incrementAndGet()); // so that no page is cached
                shown.rename("Lab " + price);
                return areLoadedFromTheStandbyOnly(program, shown);
            });

            assertEquals(200, shown.ada().get(shown.collection()).status());
            assertEquals(1, ReplicatedPostgres.pageStatements(servers.primary()), "what is not anonymous");
        }
    }

    private boolean areLoadedFromTheStandbyOnly(Program program, Shown shown) {
        awaitUse(program);
        servers.awaitReplay();
        servers.resetCounts();
        for (String page : shown.pages()) {
            assertEquals(200, program.api().get(page).status(), page);
        }
        return ReplicatedPostgres.pageStatements(servers.primary()) == 0
                && ReplicatedPostgres.pageStatements(servers.standby())
                        == shown.pages().size();
    }

    @Test
    void showsEachAcknowledgedChangeWhileTheReplayIsPaused() {
        try (Program program = program();
                Program other = program()) {
            Shown shown = Shown.create(program.api());
            awaitUse(program);
            awaitUse(other);
            servers.awaitReplay();
            shown.pages().forEach(page -> other.api().get(page));
            ReplicatedPostgres.run(servers.standby(), "SELECT pg_wal_replay_pause()");

            for (int price = 500; price < 510; price++) {
                shown.setPrice(price);
                for (String page : shown.pages()) {
                    String text = other.api().get(page).text();
                    assertTrue(page.contains("discover") || text.contains(String.valueOf(price)), page);
                }
            }
            for (int i = 0; i < 5; i++) {
                String name = "Rack " + i;
                shown.ada().post("/api/v1/collections", "{\"name\": \"" + name + "\", \"visibility\": \"public\"}");
                assertTrue(
                        other.api().get("/api/v1/collections/discover").text().contains(name), name);
                assertEquals(
                        1,
                        other.api()
                                .get("/api/v1/collections/discover?q=rack%20" + i)
                                .json()
                                .size());
            }
            shown.ada().patch(shown.collection() + "/visibility", "{\"visibility\": \"private\"}");
            shown.pages().stream()
                    .filter(page -> page.contains("discover"))
                    .forEach(page -> assertTrue(!other.api().get(page).text().contains("\"Lab\""), page));
            assertEquals(404, other.api().get(shown.collection()).status());
            assertEquals(404, other.api().get("/c/" + shown.link()).status());
        }
    }

    @Test
    void startsWithoutTheStandbyAndUsesItLater() {
        servers.stopStandby();
        try (Program program = program()) {
            Shown shown = Shown.create(program.api());
            shown.pages()
                    .forEach(page -> assertEquals(200, program.api().get(page).status(), page));
            var health = program.api().get("/health/ready");
            assertEquals(200, health.status());
            assertEquals("degraded", health.json().path("standby").asText());
            assertTrue(health.text().contains("Standby: not used"), health.text());

            servers.restartStandby();

            Await.until(
                    "the standby is used",
                    Duration.ofMinutes(2),
                    () -> program.api()
                            .get("/health/ready")
                            .json()
                            .path("standby")
                            .asText()
                            .equals("ok"));
            String metrics = program.admin().get("/metrics").text();
            assertTrue(metrics.contains("dealbrain_standby_used 1"), "dealbrain_standby_used");
            assertTrue(metrics.contains("dealbrain_standby_loads_total{result=\"used\"}"), "dealbrain_standby_loads");
        }
    }
}
