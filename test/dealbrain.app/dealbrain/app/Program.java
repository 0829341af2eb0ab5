package dealbrain.app;

import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The server in its own process, as users start it. {@link #close} stops it. */
final class Program implements AutoCloseable {
    static final String ADMIN_PASSWORD = "administrator";

    private static final Pattern ADDRESS = Pattern.compile("dealbrain runs at http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern TOTAL = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Process process;
    private final StringBuffer output = new StringBuffer();
    private final Thread collector;
    private @Nullable Api api;

    private Program(Process process) {
        this.process = process;
        this.collector = Thread.ofVirtual().name("output").start(this::collect);
    }

    /** The resources of the process. {@code heap} is the size of the live objects in bytes. */
    record Usage(int threads, int descriptors, long heap) {}

    /**
     * Starts the process and returns at once. It runs in the test environment, without the demo and the
     * starter catalog, on a free port.
     *
     * @param data      its data folder, with an embedded PostgreSQL unless the variables name a database
     * @param variables override the defaults
     */
    static Program begin(Path data, Map<String, String> variables, String... arguments) {
        return begin(List.of(), data, variables, arguments);
    }

    /** Starts the application with a limit of open files, as {@link #start} does. */
    static Program startWithOpenFiles(int limit, Path data, Map<String, String> variables) {
        Program program = begin(List.of("sh", "-c", "ulimit -n " + limit + "; exec \"$@\"", "sh"), data, variables);
        program.awaitStart();
        return program;
    }

    private static Program begin(List<String> prefix, Path data, Map<String, String> variables, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                java("java"),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-Xmx400m",
                "-p",
                System.getProperty("jdk.module.path"),
                "-m",
                "dealbrain.app/dealbrain.app.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("DEALBRAIN_")
                        || List.of("DATABASE_URL", "REDIS_URL", "HOST", "PORT").contains(name));
        environment.putAll(Map.of(
                "PORT",
                "0",
                "DEALBRAIN_ENV",
                "test",
                "DEALBRAIN_DEMO",
                "off",
                "DEALBRAIN_CATALOG",
                "none",
                "DEALBRAIN_DATA_DIR",
                data.toString(),
                "DEALBRAIN_ADMIN_PASSWORD",
                ADMIN_PASSWORD));
        environment.putAll(variables);
        try {
            shareBinaries(data);
            return new Program(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the application as {@link #begin} does, and waits until the server is ready. */
    static Program start(Path data, Map<String, String> variables) {
        Program program = begin(data, variables);
        program.awaitStart();
        return program;
    }

    /** Unpacks the embedded PostgreSQL only once for all tests. */
    private static void shareBinaries(Path data) throws IOException {
        Files.createDirectories(TestDatabase.binaries());
        Files.createDirectories(data);
        if (!Files.exists(data.resolve("postgres"))) {
            Files.createSymbolicLink(data.resolve("postgres"), TestDatabase.binaries());
        }
    }

    private static String java(String tool) {
        return Path.of(System.getProperty("java.home"), "bin", tool).toString();
    }

    private void collect() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.append(line).append('\n');
            }
        } catch (IOException e) {
            output.append("the output ended: ").append(e).append('\n');
        }
    }

    void awaitStart() {
        Await.until("the server has started", Duration.ofMinutes(3), () -> {
            if (!process.isAlive()) {
                throw new AssertionError("the server has exited:\n" + output);
            }
            return ADDRESS.matcher(output).find();
        });
    }

    /** Returns the output so far. */
    String output() {
        return output.toString();
    }

    int port() {
        return Integer.parseInt(found(ADDRESS, output));
    }

    /** Returns the same client at each call, since each client keeps connections open until it is garbage collected. */
    synchronized Api api() {
        if (api == null) {
            api = Api.at(port());
        }
        return api;
    }

    Api admin() {
        return api().signIn("admin", ADMIN_PASSWORD, "write");
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Sends SIGTERM, and returns at once. */
    void terminate() {
        process.destroy();
    }

    /** Sends SIGKILL, and waits for the exit. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** Waits up to two minutes for the exit, and for the rest of the output. Returns the exit status. */
    int exit() {
        try {
            if (process.waitFor(2, TimeUnit.MINUTES) && collector.join(Duration.ofSeconds(60))) {
                return process.exitValue();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new AssertionError("the server did not exit:\n" + output);
    }

    /** Collects garbage, then measures. */
    Usage usage() {
        long heap = Long.parseLong(found(TOTAL, jcmd("GC.class_histogram")));
        return new Usage(threads(), descriptors(), heap);
    }

    /** Returns the number of open file descriptors. Linux only. */
    int descriptors() {
        try (Stream<Path> open = Files.list(Path.of("/proc", String.valueOf(pid()), "fd"))) {
            return (int) open.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the number of platform threads. Linux only. */
    int threads() {
        try (Stream<Path> threads = Files.list(Path.of("/proc", String.valueOf(pid()), "task"))) {
            return (int) threads.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String jcmd(String command) {
        try {
            Process jcmd = new ProcessBuilder(java("jcmd"), String.valueOf(pid()), command)
                    .redirectErrorStream(true)
                    .start();
            return new String(jcmd.getInputStream().readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String found(Pattern pattern, CharSequence text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new AssertionError(pattern + " is not in:\n" + text);
        }
        return matcher.group(1);
    }

    @Override
    public void close() {
        terminate();
        try {
            if (!process.waitFor(40, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
