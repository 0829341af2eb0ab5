package dealbrain.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Tag("faults")
@Timeout(600)
class PostgresSupervisorTest {
    private static final Duration SHORT = Duration.ofNanos(1);

    @TempDir
    private Path folder;

    private final List<String> reasons = new CopyOnWriteArrayList<>();
    private EmbeddedPostgres postgres;
    private PostgresSupervisor supervisor;
    private String url;

    @BeforeEach
    void start() {
        postgres = new EmbeddedPostgres(folder, TestDatabase.binaries(), true);
        url = postgres.start();
        supervisor = PostgresSupervisor.start(postgres, reasons::add, SHORT, InstantSource.system());
    }

    @AfterEach
    void stop() {
        supervisor.close();
        postgres.close();
        assertFalse(postgres.isRunning());
    }

    private ProcessHandle server() throws IOException {
        return ProcessHandle.of(Long.parseLong(Files.readAllLines(folder.resolve("postgres-data/postmaster.pid"))
                        .getFirst()))
                .orElseThrow();
    }

    private void kill() throws IOException {
        server().destroyForcibly();
        Await.until("the server has ended", () -> !postgres.isRunning());
    }

    private void awaitRestart() {
        Await.until(
                "it works again",
                Duration.ofMinutes(3),
                () -> postgres.isRunning() && supervisor.state().isHealthy());
    }

    @Test
    void startsAServerAgainWithTheSameUrlAndItsData() throws IOException {
        SqlClient.execute(url, "CREATE TABLE kept AS SELECT 7 AS number");
        for (int i = 0; i < 2; i++) {
            kill();
            Await.until("it fails", () -> supervisor.state().failingSince().isPresent() || postgres.isRunning());
            awaitRestart();
            assertEquals("7", SqlClient.query(url, "SELECT number FROM kept"));
        }
        assertEquals(List.of(), reasons);
    }

    @Test
    void startsAServerThatWasStoppedByHand() throws IOException {
        server().destroy();
        Await.until("it has ended", () -> !postgres.isRunning());
        awaitRestart();
        assertEquals("1", SqlClient.query(url, "SELECT 1"));
    }

    /** As in a container, where no other process reaps the server. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void startsAServerAgainWhoseProcessIsAZombie() throws Exception {
        supervisor.close();
        Process parent = new ProcessBuilder("sh", "-c", "sleep 1 & echo $!; exec sleep 60").start();
        try (BufferedReader output = parent.inputReader()) {
            String zombie = Objects.requireNonNull(output.readLine());
            Await.until("it is a zombie", () -> state(zombie).equals("Z"));
            kill();
            Path lockFile = folder.resolve("postgres-data/postmaster.pid");
            Files.writeString(lockFile, Files.readString(lockFile).replaceFirst("\\d+", zombie));
            supervisor = PostgresSupervisor.start(postgres, reasons::add, SHORT, InstantSource.system());
            awaitRestart();
            assertEquals("1", SqlClient.query(url, "SELECT 1"));
        } finally {
            parent.destroyForcibly();
        }
    }

    private static String state(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "stat")).split(" ")[2];
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void doesNotReplaceARunningServer() throws IOException {
        long before = server().pid();
        postgres.restart();
        assertEquals(before, server().pid());
    }

    @Test
    void startsNoServerAfterItWasClosed() throws Exception {
        supervisor.close();
        kill();
        assertFalse(supervisor.state().isAlive());
        postgres.close();
        postgres.restart();
        assertFalse(postgres.isRunning());
    }

    @Test
    void stopsAServerThatDoesNotReact() throws Exception {
        ProcessHandle server = server();
        supervisor.close();
        assertEquals(
                0,
                new ProcessBuilder("kill", "-STOP", String.valueOf(server.pid()))
                        .start()
                        .waitFor());
        postgres.close();
        assertFalse(postgres.isRunning());
        postgres = new EmbeddedPostgres(folder, TestDatabase.binaries(), true);
        assertEquals("1", SqlClient.query(postgres.start(), "SELECT 1"));
    }

    @Test
    void givesUpOnceWithTheReason() throws IOException {
        Path data = folder.resolve("postgres-data");
        Files.move(data.resolve("global"), data.resolve("global.moved"));
        try {
            kill();
            Await.until("it gives up", Duration.ofMinutes(5), () -> !reasons.isEmpty());
            assertEquals(1, reasons.size());
            assertTrue(reasons.getFirst().contains("did not start again: "), reasons.toString());
            assertTrue(reasons.getFirst().contains("global"), reasons.toString());
        } finally {
            Files.move(data.resolve("global.moved"), data.resolve("global"));
        }
    }
}
