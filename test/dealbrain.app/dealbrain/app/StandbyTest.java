package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.ServerProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A primary and its hot standby in one database URL: the program must never read a page from the standby. */
@Tag("faults")
@Timeout(180)
class StandbyTest {
    private static final String CONNECTIONS =
            "SELECT count(*) FROM pg_stat_activity WHERE application_name IN ('dealbrain', 'dealbrain changes')";

    @TempDir
    Path folder;

    private final int primaryPort = ServerProcess.freePort();
    private final int standbyPort = ServerProcess.freePort();
    private InstalledPostgres postgres;
    private ServerProcess primary;
    private ServerProcess standby;

    @BeforeEach
    void start() throws IOException {
        postgres = InstalledPostgres.in(folder).orElse(null);
        assertTrue(
                postgres != null || !"true".equals(System.getenv("CI")),
                "CI needs PostgreSQL's server programs: apt-get install postgresql");
        assumeTrue(postgres != null, "PostgreSQL's server programs are not installed");
        postgres.run("initdb", "-D", "primary", "-U", "dealbrain", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        primary = postgres.start("primary", primaryPort);
        Await.until("the primary accepts connections", () -> accepts(primaryPort, "postgres"));
        postgres.run("createdb", "-h", "127.0.0.1", "-p", String.valueOf(primaryPort), "-U", "dealbrain", "deals");
        String source = "host=127.0.0.1 user=dealbrain port=" + primaryPort;
        postgres.run("pg_basebackup", "-D", "standby", "-d", source, "-R", "-X", "stream", "-c", "fast");
        standby = postgres.start("standby", standbyPort);
        Await.until("the standby accepts connections", () -> accepts(standbyPort, "deals"));
    }

    @AfterEach
    void stop() {
        if (standby != null) {
            standby.close();
        }
        if (primary != null) {
            primary.close();
        }
    }

    private static DatabaseUrl url(int port, String name) {
        return new DatabaseUrl("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "dealbrain", "");
    }

    private static boolean accepts(int port, String name) {
        try {
            return OwnPostgres.number(url(port, name), "SELECT 1") == 1;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    private Program start(boolean primaryFirst) {
        String one = "127.0.0.1:" + primaryPort;
        String two = "127.0.0.1:" + standbyPort;
        String hosts = primaryFirst ? one + "," + two : two + "," + one;
        return Program.start(
                folder.resolve("data"), Map.of("DATABASE_URL", "postgresql://dealbrain@" + hosts + "/deals"));
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
            assertTrue(OwnPostgres.number(url(primaryPort, "deals"), CONNECTIONS) > 1);
            assertEquals(0, OwnPostgres.number(url(standbyPort, "deals"), CONNECTIONS));
        }
    }

    @Test
    void usesThePromotedStandbyAfterAFailover() {
        try (Program program = start(true)) {
            Api ada = program.api().signUp("ada");
            String listing = createListing(ada);
            Await.until(
                    "the standby has the listing",
                    () -> OwnPostgres.number(url(standbyPort, "deals"), "SELECT count(*) FROM listing") == 1);

            primary.close();
            postgres.run("pg_ctl", "promote", "-D", "standby");

            Await.until(
                    () -> "a change is written on the new primary",
                    Duration.ofSeconds(40),
                    () -> ada.patch(listing, "{\"price_usd\": 200}").status() == 200);
            assertEquals(200, ada.get(listing).json().path("price_usd").asInt());
            assertTrue(OwnPostgres.number(url(standbyPort, "deals"), CONNECTIONS) > 1);
        }
    }
}
