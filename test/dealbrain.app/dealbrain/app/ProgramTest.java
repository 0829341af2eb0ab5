package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dealbrain.testing.Api;
import dealbrain.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server in its own process, as users start it. */
@Timeout(600)
class ProgramTest {
    @TempDir
    static Path folder;

    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void stopAll() throws InterruptedException {
        for (Process process : processes) {
            process.destroy();
            process.waitFor(2, TimeUnit.MINUTES);
        }
    }

    @Test
    void reportsEachMistakeOfTheConfigurationInALine() throws Exception {
        Run run = run(Map.of("PORT", "http", "DEALBRAIN_ENV", "live"));

        assertEquals(1, run.exit());
        assertEquals("""
                dealbrain cannot start: the configuration is invalid (docs/configuration.md):
                PORT must be between 0 and 65535, was http
                DEALBRAIN_ENV must be one of development, staging, production, test, was live
                """, run.output());
    }

    @Test
    void reportsAnUnreachableDatabaseInOneLine() throws Exception {
        int closed = freePort();

        Run run = run(Map.of("DATABASE_URL", "postgresql://ada:topsecret@127.0.0.1:" + closed + "/deals"));

        assertEquals(1, run.exit());
        assertEquals(1, run.output().lines().count(), run.output());
        assertTrue(
                run.output()
                        .startsWith("dealbrain cannot start: the database at 127.0.0.1:" + closed
                                + "/deals cannot be used"),
                run.output());
        assertFalse(run.output().contains("topsecret"), run.output());
    }

    @Test
    void startsInAnEmptyFolderStopsOnSigtermAndRestartsAfterAKill() throws Exception {
        Process first = start(Map.of());
        String welcome = readUntil(first, "X-DB-Queries.");
        Api demo = demo(welcome);
        assertEquals("2", demo.get(path(welcome)).header("X-DB-Queries").orElseThrow());
        assertEquals(150, demo.get(path(welcome)).json().path("items").size());
        assertTrue(welcome.contains("User admin created. Password: "), welcome);

        first.destroy();
        assertTrue(first.waitFor(2, TimeUnit.MINUTES));
        assertEquals(143, first.exitValue());
        assertFalse(Files.exists(folder.resolve("var/postgres-data/postmaster.pid")));

        Process second = start(Map.of());
        String again = readUntil(second, "X-DB-Queries.");
        assertFalse(again.contains("User admin created"), again);
        second.destroyForcibly().waitFor();
        assertTrue(
                Files.exists(folder.resolve("var/postgres-data/postmaster.pid")),
                "the database survives a kill -9 of the server");

        Process third = start(Map.of());
        String after = readUntil(third, "X-DB-Queries.");
        assertEquals(150, demo(after).get(path(after)).json().path("items").size());
        assertEquals(demo(welcome).token(), demo(after).token());
    }

    /** Ctrl-C sends SIGINT. Processes in the background of a shell script ignore it, and so do their children. */
    @ParameterizedTest
    @CsvSource({"TERM, 143", "INT, 130"})
    void saysInOneSentenceThatItWasStoppedWhileItStarts(String signal, int status) throws Exception {
        assumeTrue(System.getProperty("os.name").equals("Linux"), "env has no option --default-signal");
        Path data = Files.createDirectory(folder.resolve(signal));
        Files.createSymbolicLink(data.resolve("postgres"), TestDatabase.binaries());
        Process process = start(Map.of("DEALBRAIN_DATA_DIR", data.toString()), "env", "--default-signal=" + signal);
        String output = readUntil(process, "migration applied");

        send(signal, process);

        String rest = process.inputReader().readAllAsString();
        assertFalse((output + rest).contains("Exception"), rest);
        assertEquals(
                List.of("dealbrain stopped"),
                rest.lines()
                        .filter(line -> !line.contains("migration applied") && !line.contains("stopped PostgreSQL"))
                        .map(line -> line.replaceFirst(".*Main: ", "").strip())
                        .toList(),
                rest);
        assertEquals(status, process.waitFor());
    }

    private static void send(String signal, Process process) throws IOException, InterruptedException {
        String pid = String.valueOf(process.pid());
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + signal, pid)
                        .inheritIO()
                        .start()
                        .waitFor());
    }

    @Test
    void rejectsAFolderThatTheLocaleCannotEncode() throws Exception {
        assumeTrue("UTF-8".equals(System.getProperty("sun.jnu.encoding")), "the tests run in an ASCII locale");
        Path data = folder.resolve("größer");

        Run run = run(Map.of("LC_ALL", "C", "DEALBRAIN_DATA_DIR", data.toString()));

        assertEquals(1, run.exit());
        assertTrue(
                run.output().contains("DEALBRAIN_DATA_DIR must be a path in the character set of the locale"),
                run.output());
        assertTrue(run.output().contains("set LC_ALL=C.UTF-8"), run.output());
        assertEquals(2, run.output().lines().count(), run.output());
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(
                    List.of(),
                    files.filter(each -> each.toString().contains("gr")).toList());
        }
    }

    @Test
    void reportsAPortInUseInOneLine() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Run run = run(Map.of(
                    "PORT",
                    String.valueOf(taken.getLocalPort()),
                    "DEALBRAIN_DATA_DIR",
                    folder.resolve("other").toString()));

            assertEquals(1, run.exit());
            String sentence = run.output()
                    .lines()
                    .filter(line -> line.startsWith("dealbrain cannot start"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(
                    sentence.startsWith("dealbrain cannot start: cannot listen on port " + taken.getLocalPort()
                            + " of 127.0.0.1 ("),
                    sentence);
            assertFalse(Files.exists(folder.resolve("other/postgres-data/postmaster.pid")), "no database was started");
        }
    }

    /** 192.0.2.1 is an address for documentation (RFC 5737), and no machine has it. */
    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "[::1", "127.0.0.1:80", "http://localhost"})
    void namesTheHostThatIsNoAddressOfTheMachine(String host) throws Exception {
        Run run = run(Map.of("HOST", host, "DEALBRAIN_DATA_DIR", folder.toString()));

        assertEquals(1, run.exit());
        assertTrue(
                run.output().contains(" of " + host + " (") && run.output().contains("HOST must be an address"),
                run.output());
    }

    private record Run(int exit, String output) {}

    private Run run(Map<String, String> variables) throws IOException, InterruptedException {
        Process process = start(variables);
        String output = new String(process.getInputStream().readAllBytes());
        return new Run(process.waitFor(), output);
    }

    /** Starts the server, on a free port unless the variables name one. */
    private Process start(Map<String, String> variables, String... prefix) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(prefix).redirectErrorStream(true);
        builder.command()
                .addAll(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-p",
                        System.getProperty("jdk.module.path"),
                        "-m",
                        "dealbrain.app/dealbrain.app.Main"));
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("DEALBRAIN_")
                        || List.of("DATABASE_URL", "REDIS_URL", "HOST").contains(name));
        builder.environment()
                .putAll(Map.of(
                        "PORT", "0", "DEALBRAIN_DATA_DIR", folder.resolve("var").toString()));
        builder.environment().putAll(variables);
        Files.createDirectories(folder.resolve("var"));
        if (!Files.exists(folder.resolve("var/postgres"))) {
            Files.createDirectories(TestDatabase.binaries()); // unpacked only once for all tests
            Files.createSymbolicLink(folder.resolve("var/postgres"), TestDatabase.binaries());
        }
        Process process = builder.start();
        processes.add(process);
        return process;
    }

    private static String readUntil(Process process, String end) throws IOException {
        BufferedReader reader = process.inputReader();
        StringBuilder text = new StringBuilder();
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            text.append(line).append('\n');
            if (line.contains(end)) {
                return text.toString();
            }
        }
        throw new AssertionError("the server exited before it printed " + end + ":\n" + text);
    }

    private static Api demo(String welcome) {
        return Api.at(Integer.parseInt(found(welcome, "runs at http://127.0.0.1:(\\d+)")))
                .as(found(welcome, "TOKEN=(dbt_\\S+)"));
    }

    private static String path(String welcome) {
        return found(welcome, "(/api/v1/collections/\\d+)");
    }

    private static String found(String text, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(text);
        assertTrue(matcher.find(), text);
        return matcher.group(1);
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
