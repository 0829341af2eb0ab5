package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.app.Load.Request;
import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.ServerProcess;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Instances that use PgBouncer in transaction mode, configured as in operations.md. */
@Tag("faults")
@Timeout(600)
class PgBouncerTest {
    private static final int INSTANCES = 2;
    private static final int CONNECTIONS = 5; // of all instances together

    @RegisterExtension
    static final TestDatabase empty = TestDatabase.empty();

    @TempDir
    Path folder;

    private ServerProcess pgBouncer(int port) throws IOException {
        DatabaseUrl url = empty.url();
        String[] address = url.address().split("[:/]");
        Files.writeString(folder.resolve("users.txt"), "\"" + url.user() + "\" \"" + url.password() + "\"\n");
        Path configuration = Files.writeString(folder.resolve("pgbouncer.ini"), """
                [databases]
                dealbrain = host=%s port=%s dbname=%s user=%s password=%s

                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = plain
                auth_file = %s/users.txt
                pool_mode = transaction
                default_pool_size = %d
                max_client_conn = 200
                ignore_startup_parameters = extra_float_digits,options
                """.formatted(
                        address[0], address[1], url.name(), url.user(), url.password(), port, folder, CONNECTIONS));
        List<String> command = new ArrayList<>();
        if (Files.getAttribute(folder, "unix:uid").equals(0)) { // PgBouncer does not run as root
            for (Path each : List.of(folder, configuration, folder.resolve("users.txt"))) {
                Files.setAttribute(each, "unix:uid", 65_534);
            }
            command.addAll(List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"));
        }
        command.addAll(List.of("pgbouncer", configuration.toString()));
        return ServerProcess.start(port, folder.resolve("pgbouncer.log"), command);
    }

    @Test
    void servesRequestsThroughATransactionPool() throws IOException {
        int port = ServerProcess.freePort();
        DatabaseUrl url = empty.url();
        List<Program> programs = new ArrayList<>();
        try (ServerProcess bouncer = pgBouncer(port)) {
            Map<String, String> variables = Map.of(
                    "DATABASE_URL",
                    "postgresql://" + url.user() + ":" + url.password() + "@127.0.0.1:" + port
                            + "/dealbrain?prepareThreshold=0");
            for (int i = 0; i < INSTANCES; i++) { // concurrently on an empty database: one applies the migrations
                programs.add(Program.begin(folder.resolve("data-" + i), variables));
            }
            programs.forEach(Program::awaitStart);
            work(programs);
            Program again = Program.start(folder.resolve("data-again"), variables); // no lock was left
            programs.add(again);
            assertEquals(200, again.api().get("/health/ready").status());
            assertFalse(bouncer.log().contains("prepared statement"), bouncer.log());
        } finally {
            programs.forEach(Program::close);
        }
    }

    /** When the machine stalls, a request may wait too long for a connection. */
    private static boolean hasFailed(Load.Response response) {
        return !response.isSuccess() && response.status() != 503;
    }

    private static void work(List<Program> programs) {
        Api ada = programs.getFirst().api().signUp("ada");
        String listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 199.90}")
                .header("Location")
                .orElseThrow();
        List<Load> loads = programs.stream()
                .map(program -> Load.closed(program.api(), 8, number -> switch ((int) (number % 3)) {
                    case 0 ->
                        new Request("PATCH", listing, "{\"price_usd\": " + (100 + number % 50) + "}", ada.token());
                    case 1 -> Request.get("/api/v1/listings?q=tiny").as(ada);
                    default -> Request.get(listing).as(ada);
                }))
                .toList();
        Await.until(
                "there is load",
                () -> loads.stream()
                        .allMatch(
                                load -> load.responses(Load.Response::isSuccess).size() > 300));
        loads.forEach(Load::close);
        for (Load load : loads) {
            assertEquals(List.of(), load.responses(PgBouncerTest::hasFailed));
        }
        ada.patch(listing, "{\"price_usd\": 7}");
        assertEquals(
                7,
                programs.getLast()
                        .api()
                        .as(String.valueOf(ada.token()))
                        .get(listing)
                        .json()
                        .path("price_usd")
                        .asInt());
        for (Program program : programs) {
            assertFalse(program.output().contains("internal error"), program.output());
        }
        long connections = OwnPostgres.number(
                empty.url(),
                "SELECT count(*) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
        System.out.printf(
                "PgBouncer: %d responses of %d instances over %d connections%n",
                loads.stream().mapToInt(load -> load.responses().size()).sum(), programs.size(), connections);
        assertTrue(connections <= CONNECTIONS);
    }
}
