package dealbrain.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dealbrain.testing.Await;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
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
    private static Path initialised;

    @TempDir
    private Path temporary;

    private Path folder;
    private Path binaries = TestDatabase.binaries(); // of other processes
    private EmbeddedPostgres postgres;

    @BeforeAll
    static void initialiseFolder() {
        EmbeddedPostgres first = on(initialised);
        first.start();
        first.close();
    }

    @BeforeEach
    void useEmptyFolder() throws IOException {
        folder = Files.createDirectory(temporary.toRealPath().resolve("a folder"));
        postgres = on(folder);
    }

    @AfterEach
    void stop() {
        postgres.close();
        assertEquals(Optional.empty(), serverProcess());
    }

    /** Continues with the data of the tests before, because initialising a folder takes a second. */
    private void useInitialisedFolder() throws IOException {
        folder = initialised.toRealPath();
        postgres = on(folder);
    }

    private static EmbeddedPostgres on(Path folder) {
        return new EmbeddedPostgres(folder, TestDatabase.binaries(), true);
    }

    /** Returns the process of the server on the folder, if it runs. */
    private Optional<ProcessHandle> serverProcess() {
        try {
            return ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("postgres-data/postmaster.pid"))
                            .getFirst()))
                    .filter(ProcessHandle::isAlive);
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    private static String startFailure(EmbeddedPostgres server) {
        return assertThrows(PostgresStartException.class, server::start).getMessage();
    }

    @Nested
    class Start {
        @Test
        void configuresTheServer() {
            String url = postgres.start();
            assertEquals("UTF8 18 127.0.0.1 on UTC 100", SqlClient.query(url, """
                    SELECT concat_ws(' ', current_setting('server_encoding'),
                           current_setting('server_version_num')::int / 10000, current_setting('listen_addresses'),
                           current_setting('fsync'), current_setting('log_timezone'),
                           current_setting('max_connections'))
                    """));
            assertEquals("", SqlClient.query(url, "SELECT current_setting('unix_socket_directories')"));
            assertEquals("äöü ἀβγ", SqlClient.query(url, "SELECT lower('ÄÖÜ ἈΒΓ')"));
        }

        @Test
        void acceptsOnlyLocalConnectionsWithThePassword() throws IOException {
            useInitialisedFolder();
            String url = postgres.start();
            assertEquals(url, postgres.start());
            assertEquals(
                    "postgresql://dealbrain:PASSWORD@127.0.0.1:PORT/dealbrain",
                    url.replace(password(url), "PASSWORD").replace(":" + port(url) + "/", ":PORT/"));
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("postgres.url"))));
            String wrong = url.replace(password(url), "wrong");
            assertTrue(assertThrows(IllegalStateException.class, () -> SqlClient.query(wrong, "SELECT 1"))
                    .getCause()
                    .getMessage()
                    .contains("password authentication failed"));
        }

        @Test
        void keepsDataPasswordAndPort() throws IOException {
            useInitialisedFolder();
            String first = postgres.start();
            createTable(first);
            postgres.close();
            postgres = on(folder);
            assertEquals(first, postgres.start());
            assertEquals("stored", readTable(first));
        }

        @Test
        void usesAnotherPortWhenItsPortIsTaken() throws IOException {
            useInitialisedFolder();
            String first = postgres.start();
            postgres.close();
            postgres = on(folder);
            try (ServerSocket _ = new ServerSocket(port(first), 1, InetAddress.getLoopbackAddress())) {
                String second = postgres.start();
                assertNotEquals(first, second);
                assertEquals(password(first), password(second));
                assertEquals("1", SqlClient.query(second, "SELECT 1"));
            }
        }

        @Test
        void rejectsAFolderThatThisProcessUses() throws IOException {
            useInitialisedFolder();
            String url = postgres.start();
            String sentence = "another dealbrain is using " + folder + ": stop it, or choose another data folder";
            assertEquals(sentence, startFailure(on(folder)));
            assertEquals(sentence, startFailure(on(folder)));
            assertEquals("1", SqlClient.query(url, "SELECT 1"));
        }

        @Test
        void rejectsAFolderThatAnotherProcessUses() throws Exception {
            useInitialisedFolder();
            postgres.start();
            Process other = startProcess();
            assertEquals(
                    "another dealbrain is using " + folder + ": stop it, or choose another data folder", output(other));
            assertEquals(0, other.waitFor());
        }

        @Test
        void quotesTheLogWhenTheServerDoesNotStart() throws IOException {
            useInitialisedFolder();
            Path conf = folder.resolve("postgres-data/postgresql.conf");
            String before = Files.readString(conf);
            Files.writeString(conf, "shared_buffers = plenty\n");
            String message = startFailure(postgres);
            Files.writeString(conf, before);
            assertTrue(message.startsWith("the embedded PostgreSQL in " + folder + " did not start: "), message);
            assertTrue(message.contains("FATAL:  configuration file ") && message.contains("contains errors"), message);
            assertTrue(message.endsWith("(see " + folder.resolve("postgres.log") + ")"), message);
        }
    }

    @Nested
    class Recovery {
        @Test
        void initialisesAgainAfterAnInterruption() throws IOException {
            Files.createDirectories(folder.resolve("postgres-data.unfinished/base"));
            Files.writeString(folder.resolve("postgres-data.unfinished/PG_VERSION"), "18\n");
            assertEquals("1", SqlClient.query(postgres.start(), "SELECT 1"));
            assertFalse(Files.exists(folder.resolve("postgres-data.unfinished")));
        }

        @Test
        void setsANewPasswordWhenTheUrlFileIsMissing() throws IOException {
            useInitialisedFolder();
            String first = Files.readString(folder.resolve("postgres.url"));
            Files.delete(folder.resolve("postgres.url"));
            String second = postgres.start();
            assertNotEquals(password(first), password(second));
            assertEquals("1", SqlClient.query(second, "SELECT 1"));
        }

        @Test
        void setsANewPasswordWhenTheUrlFileIsEmpty() throws IOException {
            useInitialisedFolder();
            Files.writeString(folder.resolve("postgres.url"), "");
            assertEquals("1", SqlClient.query(postgres.start(), "SELECT 1"));
        }

        @Test
        void ignoresTheProcessIdOfAnotherProcess() throws IOException {
            useInitialisedFolder();
            Files.writeString(
                    folder.resolve("postgres-data/postmaster.pid"),
                    ProcessHandle.current().pid() + "\n" + folder.resolve("postgres-data")
                            + "\n1\n5432\n\n127.0.0.1\n\n");
            assertEquals("1", SqlClient.query(postgres.start(), "SELECT 1"));
        }

        @Test
        void keepsCommittedDataAfterTheServerWasKilled() throws IOException {
            useInitialisedFolder();
            String url = postgres.start();
            createTable(url);
            ProcessHandle server = serverProcess().orElseThrow();
            List<ProcessHandle> processes =
                    Stream.concat(Stream.of(server), server.children()).toList();
            processes.forEach(ProcessHandle::destroyForcibly);
            processes.forEach(process -> process.onExit().join());
            postgres.close();
            postgres = on(folder);
            assertEquals("stored", readTable(postgres.start()));
        }

        @Test
        void replacesTheServerOfAKilledProcess() throws Exception {
            useInitialisedFolder();
            Process killed = startProcess();
            String url = output(killed);
            createTable(url);
            ProcessHandle orphan = serverProcess().orElseThrow();
            killed.destroyForcibly().waitFor();
            assertTrue(orphan.isAlive());
            assertEquals(url, postgres.start());
            assertNotEquals(orphan, serverProcess().orElseThrow());
            assertEquals("stored", readTable(url));
        }
    }

    @Nested
    class Close {
        @Test
        void stopsTheServerAndMayBeCalledAgain() throws IOException {
            useInitialisedFolder();
            postgres.start();
            assertTrue(serverProcess().isPresent());
            postgres.close();
            assertEquals(Optional.empty(), serverProcess());
            postgres.close();
            assertEquals("the embedded PostgreSQL was closed while it started", startFailure(postgres));
        }

        /** Repeated, in another folder, if the start has ended before it was noticed. */
        @Test
        void waitsForAStartInProgress() {
            Await.until("a start is in progress", () -> {
                useAnotherEmptyFolder();
                CompletableFuture<String> start =
                        CompletableFuture.supplyAsync(postgres::start, task -> new Thread(task).start());
                Await.until("it initialises the data, or has ended", () -> isInitialising() || start.isDone());
                boolean interrupted = !start.isDone();
                postgres.close();
                assertEquals(Optional.empty(), serverProcess());
                return interrupted
                        && start.handle((_, failed) -> failed != null).join();
            });
        }

        /** Repeated, in another folder, if the start has ended before it was noticed. */
        @Test
        void leavesNoProcessWhenTheProcessIsTerminatedWhileItStarts() {
            Await.until("a process is terminated while it starts", this::terminateWhileItStarts);
            assertEquals("1", SqlClient.query(postgres.start(), "SELECT 1"));
        }

        private boolean terminateWhileItStarts() {
            useAnotherEmptyFolder();
            Process terminated = startProcess();
            Await.until("it initialises the data, or has ended", () -> {
                assertTrue(terminated.isAlive(), "the process ended before it started the server");
                return isInitialising() || Files.exists(folder.resolve("postgres-data"));
            });
            boolean starting = isInitialising();
            terminated.destroy();
            assertEquals(128 + 15, terminated.onExit().join().exitValue());
            assertEquals(Optional.empty(), serverProcess());
            return starting;
        }

        private boolean isInitialising() {
            return Files.exists(folder.resolve("postgres-data.unfinished"));
        }

        private void useAnotherEmptyFolder() {
            try {
                folder = Files.createTempDirectory(temporary.toRealPath(), "another");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            postgres = on(folder);
        }

        @Test
        void stopsTheServerWhenTheProcessIsTerminated() throws Exception {
            useInitialisedFolder();
            Process terminated = startProcess();
            output(terminated);
            assertTrue(serverProcess().isPresent());
            terminated.destroy();
            terminated.waitFor();
            assertEquals(Optional.empty(), serverProcess());
        }
    }

    @Nested
    class Root {
        @Test
        void runsAsNobodyWithoutUserNamespaces() throws Exception {
            assumeTrue((int) Files.getAttribute(folder, "unix:uid") == 0, "only root switches the user");
            Path path = Files.createDirectory(temporary.resolve("path"));
            Files.writeString(path.resolve("unshare"), "#!/bin/sh\nexit 1\n")
                    .toFile()
                    .setExecutable(true);
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            if (!canNobodyRun(PostgresBinaries.unpack(binaries).resolve("bin/postgres"))) {
                binaries = temporary.resolve("postgres"); // the working tree is in a home that only root can enter
            }
            Process child = startProcess("PATH", path + ":" + System.getenv("PATH"));
            String url = output(child);
            assertTrue(url.startsWith("postgresql:"), url);
            createTable(url);
            assertEquals("stored", readTable(url));
            assertEquals(65_534, (int) Files.getAttribute(folder.resolve("postgres-data"), "unix:uid"));
            child.getOutputStream().close();
            child.waitFor();
            assertEquals(url, postgres.start());
            assertEquals("stored", readTable(url));
        }
    }

    private static boolean canNobodyRun(Path program) throws Exception {
        return new ProcessBuilder(
                                "setpriv",
                                "--reuid=65534",
                                "--regid=65534",
                                "--clear-groups",
                                program.toString(),
                                "--version")
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }

    private static void createTable(String url) {
        SqlClient.execute(url, "DROP TABLE IF EXISTS kept", "CREATE TABLE kept AS SELECT 'stored' AS word");
    }

    private static String readTable(String url) {
        return SqlClient.query(url, "SELECT word FROM kept");
    }

    private static int port(String url) {
        return URI.create(url).getPort();
    }

    private static String password(String url) {
        return URI.create(url.strip()).getUserInfo().replaceFirst(".*:", "");
    }

    private Process startProcess(String... environment) {
        ProcessBuilder process = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-p",
                System.getProperty("jdk.module.path"),
                "-m",
                "dealbrain.postgres/" + ServerProgram.class.getName(),
                folder.toString(),
                binaries.toString());
        if (environment.length > 0) {
            process.environment().put(environment[0], environment[1]);
        }
        try {
            return process.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until the process prints a URL or ends, and returns the last line, which is the error if it has ended. */
    private static String output(Process process) throws IOException {
        BufferedReader lines = process.inputReader();
        String last = "nothing";
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            last = line;
            if (line.startsWith("postgresql:")) {
                return line;
            }
        }
        return last;
    }
}
