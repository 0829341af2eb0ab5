package dealbrain.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dealbrain.database.Database;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;
import dealbrain.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresTest {
    @TempDir
    private static Path prepared;

    @TempDir
    private Path temporary;

    private Path folder;
    private EmbeddedPostgres postgres;

    @BeforeAll
    static void prepare() {
        EmbeddedPostgres first = on(prepared);
        first.start();
        first.close();
    }

    @BeforeEach
    void inAFolderOfItsOwn() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("a folder"));
        postgres = on(folder);
    }

    @AfterEach
    void stop() {
        postgres.close();
        assertEquals(Optional.empty(), server());
    }

    /** Goes on with the data of the tests before, because a new folder takes a second. */
    private void withData() throws IOException {
        folder = prepared.toRealPath();
        postgres = on(folder);
    }

    private static EmbeddedPostgres on(Path folder) {
        return new EmbeddedPostgres(folder, TestDatabase.binaries(), true);
    }

    /** The server that runs on the folder, if one does. */
    private Optional<ProcessHandle> server() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("postgres-data/postmaster.pid"))
                            .getFirst()))
                    .filter(ProcessHandle::isAlive);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String ask(DatabaseUrl url, String statement) {
        try (Database database = Database.open(url, 1)) {
            return database.jdbi().withHandle(handle -> {
                String answer = "";
                for (String each : statement.split("; ")) {
                    answer = each.startsWith("SELECT")
                            ? handle.createQuery(each).mapTo(String.class).one()
                            : "" + handle.execute(each);
                }
                return answer;
            });
        }
    }

    private static String refused(EmbeddedPostgres server) {
        return assertThrows(DatabaseUnavailableException.class, server::start).getMessage();
    }

    @Nested
    class Start {
        @Test
        void makesAServerForThisMachineOnly() throws IOException {
            DatabaseUrl url = postgres.start();
            assertEquals(url, postgres.start());
            assertTrue(url.address().startsWith("127.0.0.1:"));
            assertEquals("dealbrain", url.name());
            assertEquals("UTF8 18 127.0.0.1 on UTC 100", ask(url, """
                    SELECT concat_ws(' ', current_setting('server_encoding'), current_setting('server_version_num')::int / 10000,
                           current_setting('listen_addresses'), current_setting('fsync'), current_setting('log_timezone'),
                           current_setting('max_connections'))"""));
            assertEquals("", ask(url, "SELECT current_setting('unix_socket_directories')"));
            assertEquals("äöü ἀβγ", ask(url, "SELECT lower('ÄÖÜ ἈΒΓ')"));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgres.url"))));
            assertThrows(
                    DatabaseUnavailableException.class,
                    () -> Database.open(new DatabaseUrl(url.jdbcUrl(), url.user(), "wrong"), 1));
        }

        @Test
        void keepsDataPasswordAndPort() throws IOException {
            withData();
            DatabaseUrl first = postgres.start();
            ask(first, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'here' AS word");
            postgres.close();
            postgres = on(folder);
            assertEquals(first, postgres.start());
            assertEquals("here", ask(first, "SELECT word FROM kept"));
        }

        @Test
        void takesAnotherPortWhenItsOwnIsTaken() throws IOException {
            withData();
            DatabaseUrl first = postgres.start();
            int port = Integer.parseInt(first.address().replaceAll(".*:|/.*", ""));
            postgres.close();
            postgres = on(folder);
            try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                DatabaseUrl second = postgres.start();
                assertNotEquals(first, second);
                assertEquals(first.password(), second.password());
                assertEquals("1", ask(second, "SELECT 1"));
            }
        }

        @Test
        void refusesAFolderThatIsInUse() throws IOException {
            withData();
            DatabaseUrl url = postgres.start();
            String sentence = "another dealbrain is using " + folder + ": stop it, or give this one another folder";
            assertEquals(sentence, refused(on(folder)));
            assertEquals(sentence, refused(on(folder)));
            assertEquals("1", ask(url, "SELECT 1"));
        }

        @Test
        void refusesAFolderThatAnotherProgramUses() throws Exception {
            withData();
            postgres.start();
            Process other = program();
            assertEquals(
                    "another dealbrain is using " + folder + ": stop it, or give this one another folder", said(other));
            assertEquals(0, other.waitFor());
        }

        @Test
        void quotesTheServerWhenItDoesNotStart() throws IOException {
            withData();
            Path conf = folder.resolve("postgres-data/postgresql.conf");
            String before = Files.readString(conf);
            Files.writeString(conf, "shared_buffers = plenty\n");
            String message = refused(postgres);
            Files.writeString(conf, before);
            assertTrue(message.startsWith("the embedded PostgreSQL in " + folder + " did not start: "), message);
            assertTrue(message.contains("FATAL:  configuration file ") && message.contains("contains errors"), message);
            assertTrue(message.endsWith("(see " + folder.resolve("postgres.log") + ")"), message);
        }
    }

    @Nested
    class Heal {
        @Test
        void initialisesAgainWhatWasInterrupted() throws IOException {
            Files.createDirectories(folder.resolve("postgres-data.unfinished/base"));
            Files.writeString(folder.resolve("postgres-data.unfinished/PG_VERSION"), "18\n");
            assertEquals("1", ask(postgres.start(), "SELECT 1"));
            assertFalse(Files.exists(folder.resolve("postgres-data.unfinished")));
        }

        @Test
        void makesANewPasswordWhenTheOldIsForgotten() throws IOException {
            withData();
            DatabaseUrl first = DatabaseUrl.parse(Files.readString(folder.resolve("postgres.url")));
            Files.delete(folder.resolve("postgres.url"));
            DatabaseUrl second = postgres.start();
            assertNotEquals(first.password(), second.password());
            assertEquals("1", ask(second, "SELECT 1"));
        }

        @Test
        void makesANewPasswordWhenAPowerCutLeftTheFileEmpty() throws IOException {
            withData();
            Files.writeString(folder.resolve("postgres.url"), "");
            assertEquals("1", ask(postgres.start(), "SELECT 1"));
        }

        @Test
        void ignoresTheNumberOfAnotherProgram() throws IOException {
            withData();
            Files.writeString(
                    folder.resolve("postgres-data/postmaster.pid"),
                    ProcessHandle.current().pid() + "\n" + folder.resolve("postgres-data")
                            + "\n1\n5432\n\n127.0.0.1\n\n");
            assertEquals("1", ask(postgres.start(), "SELECT 1"));
        }

        @Test
        void recoversWhatWasCommittedBeforeTheServerDied() throws IOException {
            withData();
            DatabaseUrl url = postgres.start();
            ask(url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'here' AS word");
            ProcessHandle server = server().orElseThrow();
            List<ProcessHandle> all =
                    Stream.concat(Stream.of(server), server.children()).toList();
            all.forEach(ProcessHandle::destroyForcibly);
            all.forEach(each -> each.onExit().join());
            postgres.close();
            postgres = on(folder);
            assertEquals("here", ask(postgres.start(), "SELECT word FROM kept"));
        }

        @Test
        void replacesTheServerOfAKilledProgram() throws Exception {
            withData();
            Process killed = program();
            DatabaseUrl url = DatabaseUrl.parse(said(killed));
            ask(url, "DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 'here' AS word");
            ProcessHandle orphan = server().orElseThrow();
            killed.destroyForcibly().waitFor();
            assertTrue(orphan.isAlive());
            assertEquals(url, postgres.start());
            assertNotEquals(orphan, server().orElseThrow());
            assertEquals("here", ask(url, "SELECT word FROM kept"));
        }
    }

    @Nested
    class Close {
        @Test
        void stopsTheServerAndMayBeCalledAgain() throws IOException {
            withData();
            postgres.start();
            assertTrue(server().isPresent());
            postgres.close();
            assertEquals(Optional.empty(), server());
            postgres.close();
            assertEquals("the embedded PostgreSQL was closed while it started", refused(postgres));
        }

        @Test
        void waitsForAStartThatIsUnderWay() {
            CompletableFuture<DatabaseUrl> starting =
                    CompletableFuture.supplyAsync(postgres::start, task -> new Thread(task).start());
            while (!Files.exists(folder.resolve("postgres-data.unfinished"))) {
                Thread.onSpinWait();
            }
            postgres.close();
            assertTrue(starting.isCompletedExceptionally()
                    || starting.handle((_, failed) -> failed != null).join());
        }

        @Test
        void leavesNothingWhenTheProgramIsAskedToEndWhileItStarts() throws Exception {
            Process ended = program();
            while (!Files.exists(folder.resolve("postgres-data.unfinished"))) {
                assertTrue(ended.isAlive(), "the program ended before it started the server");
                Thread.onSpinWait();
            }
            ended.destroy();
            assertEquals(128 + 15, ended.waitFor());
            assertEquals(Optional.empty(), server());
            assertEquals("1", ask(postgres.start(), "SELECT 1"));
        }

        @Test
        void stopsTheServerWhenTheProgramIsAskedToEnd() throws Exception {
            withData();
            Process ended = program();
            said(ended);
            assertTrue(server().isPresent());
            ended.destroy();
            ended.waitFor();
            assertEquals(Optional.empty(), server());
        }
    }

    @Nested
    class Root {
        @Test
        void runsAsNobodyWhereNamespacesAreNotAllowed() throws Exception {
            assumeTrue((int) Files.getAttribute(folder, "unix:uid") == 0, "only root needs it");
            Path forbidden = Files.createDirectory(temporary.resolve("path"));
            Files.writeString(forbidden.resolve("unshare"), "#!/bin/sh\nexit 1\n")
                    .toFile()
                    .setExecutable(true);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            Process child = program("PATH", forbidden + ":" + System.getenv("PATH"));
            DatabaseUrl url = DatabaseUrl.parse(said(child));
            assertEquals("1", ask(url, "CREATE TABLE kept AS SELECT 1 AS one; SELECT one FROM kept"));
            assertEquals(65_534, (int) Files.getAttribute(folder.resolve("postgres-data"), "unix:uid"));
            child.getOutputStream().close();
            child.waitFor();
            assertEquals(url, postgres.start());
            assertEquals("1", ask(url, "SELECT one FROM kept"));
        }
    }

    private Process program(String... environment) throws IOException {
        ProcessBuilder program = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-p",
                System.getProperty("jdk.module.path"),
                "-m",
                "dealbrain.postgres/" + ServerProgram.class.getName(),
                folder.toString(),
                TestDatabase.binaries().toString());
        if (environment.length > 0) {
            program.environment().put(environment[0], environment[1]);
        }
        return program.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    }

    /** The last line of what it says until it is ready or ends. */
    private static String said(Process program) throws IOException {
        BufferedReader lines = program.inputReader();
        String line = lines.readLine();
        while (line != null && !line.startsWith("postgresql:") && !line.startsWith("another ")) {
            line = lines.readLine();
        }
        return line == null ? "nothing" : line;
    }
}
