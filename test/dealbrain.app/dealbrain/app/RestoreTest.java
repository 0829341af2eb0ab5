package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.ServerProcess;
import dealbrain.testing.TestRedis;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Back-up and restore by the commands in operations.md: the old state is restored, and no later cache entry is used.
 */
@Tag("faults")
@Timeout(600)
class RestoreTest {
    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    /** A listing for 100 dollars, and its shared page. */
    private record SharedListing(Api ada, String listing, String page) {
        static SharedListing create(Program program) {
            Api ada = program.api().signUp("ada");
            String listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\", \"price_usd\": 100}")
                    .header("Location")
                    .orElseThrow();
            return new SharedListing(ada, listing, "/api/v1" + ada.share(listing));
        }

        int price(Program program) {
            return program.api().get(page).json().at("/listing/price_usd").asInt();
        }

        /** Sets a price after the back-up, and waits until the page with it is cached. */
        void raise(Program program, int price) {
            assertEquals(
                    200,
                    program.api()
                            .as(String.valueOf(ada.token()))
                            .patch(listing, "{\"price_usd\": " + price + "}")
                            .status());
            assertEquals(price, price(program));
            Await.until(
                    "the page is cached",
                    () -> program.api().get(page).header("X-Cache").orElse("").equals("HIT")
                            && price(program) == price);
            Await.until(
                    "the page is in Redis",
                    () -> !redis.command("KEYS", "*share*").isEmpty());
        }

        /**
         * Checks that later changes are gone, and that changes whose transaction ids were used before the restore are
         * visible.
         */
        void assertRestored(Program program) {
            assertEquals(100, price(program), "the price of the back-up");
            Api again = program.api().as(String.valueOf(ada.token()));
            for (int price = 101; price < 110; price++) {
                assertEquals(
                        200,
                        again.patch(listing, "{\"price_usd\": " + price + "}").status());
                assertEquals(price, price(program));
            }
        }
    }

    private static Map<String, String> withRedis(Map<String, String> others) {
        Map<String, String> all = new HashMap<>(others);
        all.put("REDIS_URL", redis.url());
        return all;
    }

    private static void shell(Path where, String script) {
        try {
            Process process = new ProcessBuilder("bash", "-euc", script)
                    .directory(where.toFile())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(process.getInputStream().readAllBytes());
            assertEquals(0, process.onExit().join().exitValue(), script + "\n" + output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void restoresTheFolderOfTheEmbeddedDatabase() {
        SharedListing shared;
        Path var = folder.resolve("var");
        try (Program program = Program.start(var, withRedis(Map.of()))) {
            shared = SharedListing.create(program);
            assertEquals(100, shared.price(program));
        }
        shell(folder, "tar -czf backup.tar.gz --exclude=var/postgres var");
        try (Program program = Program.start(var, withRedis(Map.of()))) {
            Api ada = program.api().as(String.valueOf(shared.ada().token()));
            for (int i = 0; i < 60; i++) { // transaction ids that are used again after the restore
                assertEquals(
                        201,
                        ada.post("/api/v1/collections", "{\"name\": \"lost\"}").status());
            }
            shared.raise(program, 200);
        }
        shell(folder, """
                rm -r var/postgres-data
                tar -xzf backup.tar.gz
                touch var/postgres-data/recovery.signal
                echo "restore_command = 'false'" >> var/postgres-data/postgresql.auto.conf
                """);
        try (Program program = Program.start(var, withRedis(Map.of()))) {
            shared.assertRestored(program);
        }
        try (Program program = Program.start(var, withRedis(Map.of()))) {
            assertEquals(109, shared.price(program), "after another restart");
        }
    }

    /**
     * A back-up by {@code dealbrain backup} while four clients write, restored into another folder: it has each write
     * that was acknowledged before the command started, and no cache entry of the first server is used.
     */
    @Test
    void restoresABackupThatWasTakenWhileClientsWrite() throws InterruptedException, IOException {
        Path file = folder.resolve("dealbrain.zip");
        SharedListing shared;
        List<Integer> acknowledged;
        try (Program program = Program.start(folder.resolve("var"), withRedis(Map.of()))) {
            shared = SharedListing.create(program);
            assertEquals(100, shared.price(program));
            List<Writer> writers = IntStream.range(0, 4)
                    .mapToObj(number -> new Writer(program, number))
                    .toList();
            Await.until("each client has written", LONG, () -> writers.stream().allMatch(each -> each.count() > 50));
            acknowledged = writers.stream().map(Writer::count).toList();
            run(folder.resolve("var"), "backed up to " + file, "backup", file.toString());
            for (Writer writer : writers) {
                int before = writer.count();
                Await.until("the client still writes", LONG, () -> writer.count() > before);
                writer.stop();
            }
            shared.raise(program, 200);
        }
        Path other = folder.resolve("other");
        run(other, "restored the state of ", "restore", file.toString());
        try (Program program = Program.start(other, withRedis(Map.of()))) {
            DatabaseUrl url = DatabaseUrl.parse(Files.readString(other.resolve("postgres.url")));
            for (int i = 0; i < acknowledged.size(); i++) {
                String sql = "SELECT count(DISTINCT title) FROM listing WHERE title LIKE 'writer" + i + " %'"
                        + " AND split_part(title, ' ', 2)::int <= " + acknowledged.get(i);
                assertEquals(acknowledged.get(i).longValue(), OwnPostgres.number(url, sql), "client " + i);
            }
            shared.assertRestored(program);
        }
    }

    private static void run(Path data, String sentence, String... arguments) {
        Program command = Program.begin(data, Map.of(), arguments);
        assertEquals(0, command.exit(), command::output);
        assertTrue(command.output().startsWith(sentence), command::output);
        assertEquals(1, command.output().lines().count(), command::output);
    }

    /** A client that creates listings one after the other until {@link #stop}. Their titles have their numbers. */
    private static final class Writer {
        private final int number;
        private final Api api;
        private final AtomicInteger acknowledged = new AtomicInteger();
        private final Thread thread;
        private volatile boolean stopped;
        private volatile @Nullable AssertionError failure;

        Writer(Program program, int number) {
            this.number = number;
            this.api = program.api().signUp("writer" + number);
            this.thread = Thread.ofVirtual().start(this::write);
        }

        private void write() {
            try {
                while (!stopped) {
                    int next = acknowledged.get() + 1;
                    assertEquals(
                            201,
                            api.post("/api/v1/listings", "{\"title\": \"writer" + number + " " + next + "\"}")
                                    .status());
                    acknowledged.set(next);
                }
            } catch (AssertionError e) {
                failure = e;
            }
        }

        /** Returns the number of acknowledged listings. */
        int count() {
            if (failure != null) {
                throw new AssertionError("a client failed", failure);
            }
            return acknowledged.get();
        }

        void stop() throws InterruptedException {
            stopped = true;
            thread.join();
            count();
        }
    }

    /** With pg_dump and pg_restore, and a server of the installed version. */
    @Test
    void restoresADatabaseByPgRestore() throws IOException {
        Path bin = installed();
        assertTrue(
                bin != null || !"true".equals(System.getenv("CI")),
                "CI needs PostgreSQL's server programs: apt-get install postgresql");
        assumeTrue(bin != null, "PostgreSQL's server programs are not installed");
        int port = ServerProcess.freePort();
        DatabaseUrl url = new DatabaseUrl("jdbc:postgresql://127.0.0.1:" + port + "/deals", "dealbrain", "dealbrain");
        String address = "postgresql://dealbrain:dealbrain@127.0.0.1:" + port + "/";
        List<String> prefix = asUnprivilegedUser();
        shell(
                folder,
                String.join(" ", prefix) + " " + bin
                        + "/initdb -D server/data -U dealbrain -A trust -E UTF8 --locale=C.UTF-8 -N");
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                bin + "/postgres",
                "-D",
                folder.resolve("server/data").toString(),
                "-p",
                String.valueOf(port),
                "-c",
                "listen_addresses=127.0.0.1",
                "-c",
                "unix_socket_directories=",
                "-c",
                "fsync=off"));
        Map<String, String> variables = withRedis(Map.of("DATABASE_URL", OwnPostgres.variable(url)));
        try (ServerProcess _ = ServerProcess.start(port, folder.resolve("server.log"), command)) {
            Await.until("the server accepts connections", () -> acceptsConnections(url.withName("postgres")));
            shell(folder, "createdb --maintenance-db=" + address + "postgres deals");
            SharedListing shared;
            try (Program program = Program.start(folder.resolve("data"), variables)) {
                shared = SharedListing.create(program);
                assertEquals(100, shared.price(program));
                shell(
                        folder,
                        "pg_dump --format=custom --file=dealbrain.dump " + address + "deals"); // while the server runs
                shared.raise(program, 200);
            }
            shell(folder, """
                    dropdb --maintenance-db=%1$spostgres deals
                    createdb --maintenance-db=%1$spostgres --encoding=UTF8 --template=template0 deals
                    pg_restore --exit-on-error --no-owner --single-transaction --dbname=%1$sdeals dealbrain.dump
                    """.formatted(address));
            try (Program program = Program.start(folder.resolve("data"), variables)) {
                shared.assertRestored(program);
                System.out.println("restored by pg_restore: " + version(url));
                shell(folder, "pg_dump --format=custom --file=dealbrain.dump " + address + "deals");
                shared.raise(program, 300);
                // Restores while the server runs, which must detect it. Not by --clean, which cannot drop partitions.
                shell(folder, """
                        psql --quiet --command="DROP SCHEMA public CASCADE" --command="CREATE SCHEMA public" %1$sdeals
                        pg_restore --exit-on-error --no-owner --single-transaction --dbname=%1$sdeals dealbrain.dump
                        """.formatted(address));
                Await.until(
                        "the restored price is shown",
                        () -> program.api().get("/health/ready").status() == 200 && shared.price(program) == 109);
            }
        }
    }

    private static String version(DatabaseUrl url) {
        return "PostgreSQL " + OwnPostgres.number(url, "SELECT current_setting('server_version_num')::bigint / 10000");
    }

    private static boolean acceptsConnections(DatabaseUrl url) {
        try {
            return OwnPostgres.number(url, "SELECT 1") == 1;
        } catch (IllegalStateException _) {
            return false;
        }
    }

    /** Returns the folder of Debian with the newest server programs; null if there are none. */
    private static @Nullable Path installed() throws IOException {
        Path all = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(all)) {
            return null;
        }
        try (Stream<Path> versions = Files.list(all)) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("initdb")) && Files.exists(bin.resolve("pg_dump")))
                    .max(Comparator.naturalOrder())
                    .orElse(null);
        }
    }

    /**
     * Returns a command prefix that changes the user, because PostgreSQL does not run as root. The user becomes owner
     * of the folder.
     */
    private List<String> asUnprivilegedUser() throws IOException {
        Path server = Files.createDirectory(folder.resolve("server"));
        if (!Files.getAttribute(folder, "unix:uid").equals(0)) {
            return List.of();
        }
        Files.setAttribute(folder, "unix:mode", 0755);
        Files.setAttribute(server, "unix:uid", 65_534);
        return List.of("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups");
    }
}
