package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A primary and its hot standby in one database URL: only the primary is used. */
@Tag("faults")
@Timeout(600)
class StandbyTest {
    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name IN ('dealbrain', 'dealbrain changes')";

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

    private Program start(boolean primaryFirst) {
        String one = servers.primary().address();
        String two = servers.standby().address();
        String hosts = primaryFirst ? one.replace("/deals", "," + two) : two.replace("/deals", "," + one);
        return Program.start(folder.resolve("data"), Map.of("DATABASE_URL", "postgresql://dealbrain@" + hosts));
    }

    private static String createListing(Api ada) {
        return ada.post("/api/v1/listings", "{\"title\": \"PC\", \"price_usd\": 100}")
                .header("Location")
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void readsAndWritesOnThePrimaryInEitherOrderOfTheHosts(boolean primaryFirst) {
        try (Program program = start(primaryFirst)) {
            Api ada = program.api().signUp("ada");
            String listing = createListing(ada);
            String page = "/api/v1" + ada.share(listing);
            for (int price = 101; price <= 120; price++) {
                assertEquals(
                        200,
                        ada.patch(listing, "{\"price_usd\": " + price + "}").status());
                assertEquals(
                        price,
                        program.api().get(page).json().at("/listing/price_usd").asInt());
            }
            assertTrue(OwnPostgres.number(servers.primary(), CONNECTIONS) > 1);
            assertEquals(0, OwnPostgres.number(servers.standby(), CONNECTIONS));
        }
    }

    @Test
    void usesThePromotedStandbyAfterAFailover() {
        try (Program program = start(true)) {
            Api ada = program.api().signUp("ada");
            String listing = createListing(ada);
            Await.until(
                    "the standby has the listing",
                    () -> OwnPostgres.number(servers.standby(), "SELECT count(*) FROM listing") == 1);

            servers.stopPrimary();
            servers.promote();

            Await.until(
                    () -> "a change is written on the new primary",
                    Duration.ofMinutes(3),
                    () -> ada.patch(listing, "{\"price_usd\": 200}").status() == 200);
            assertEquals(200, ada.get(listing).json().path("price_usd").asInt());
            assertTrue(OwnPostgres.number(servers.standby(), CONNECTIONS) > 1);
        }
    }
}
