package dealbrain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A Redis in a process of its own, which can be made to fail. It listens on a free port of loopback, keeps its files in
 * a new folder below {@code build/redis}, and saves nothing unless asked. It ends with this program at the latest.
 * Threads may share it.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int ATTEMPTS = 3;

    private final Path folder;
    private final List<String> arguments;
    private final Thread hook = new Thread(this::end); // for Ctrl-C
    private volatile int port;
    private volatile @Nullable Process process;
    private boolean closed;

    private RedisServer(Path folder, List<String> arguments) {
        this.folder = folder;
        this.arguments = arguments;
    }

    /**
     * Starts a server and returns when it answers.
     *
     * @param arguments as on the command line, {@code "--appendonly", "yes"} or {@code "--sentinel"}; they win over
     *     what is said above. A sentinel gets its master afterwards, by {@code SENTINEL MONITOR}
     */
    public static RedisServer start(String... arguments) {
        try {
            RedisServer server = new RedisServer(RunFolder.create(), List.of(arguments));
            Runtime.getRuntime().addShutdownHook(server.hook);
            server.startOnFreePort();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized void startOnFreePort() throws IOException {
        for (int attempt = 1; ; attempt++) {
            port = Loopback.freePort();
            configure();
            try {
                launch();
                return;
            } catch (IllegalStateException e) {
                if (attempt == ATTEMPTS
                        || !log().contains("Address already in use")) { // somebody was quicker to take the port
                    close();
                    throw e;
                }
            }
        }
    }

    /** In a file, because a sentinel insists on one; it adds to it what must survive its end. */
    private void configure() throws IOException {
        Files.writeString(configuration(), """
                bind %s
                port %d
                dir "%s"
                save ""
                appendonly no
                daemonize no
                """.formatted(Loopback.HOST, port, folder));
    }

    private void launch() throws IOException {
        List<String> command = new ArrayList<>(List.of(
                RedisBinary.find(RunFolder.shared()).toString(), configuration().toString()));
        command.addAll(arguments);
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("redis.log").toFile()))
                .start();
        RunFolder.storeProcess(folder, process.toHandle());
        awaitReady();
    }

    private Path configuration() {
        return folder.resolve("redis.conf");
    }

    /**
     * Returns when the server answers and has loaded what it saved.
     *
     * @throws IllegalStateException when the process has ended, with what it said
     */
    public void awaitReady() {
        Await.until("Redis on port " + port + " answers", this::ready);
    }

    private boolean ready() {
        if (!isAlive()) {
            throw new IllegalStateException("redis-server has ended; it said:\n" + log());
        }
        try (RespConnection connection = new RespConnection(address(), POLL)) {
            return connection.call("PING").equals("PONG");
        } catch (IOException _) {
            return false; // not listening yet
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage()).startsWith("NOAUTH"); // ready, but not for us; else it is loading
        }
    }

    /** What the process has said so far. */
    public String log() {
        try {
            return Files.readString(folder.resolve("redis.log"), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return "redis://" + Loopback.HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public InetSocketAddress address() {
        return Loopback.at(port);
    }

    /** Where it keeps its files; deleted when it is closed. */
    public Path folder() {
        return folder;
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /**
     * Sends a command over a connection of its own and waits up to 5 seconds for the reply.
     *
     * @return as text: {@code (nil)} for nothing, the elements of an array in lines
     * @throws IllegalStateException with Redis's words, when it answers with an error
     */
    public String command(String... command) {
        return command(address(), command);
    }

    static String command(InetSocketAddress address, String... command) {
        try (RespConnection connection = new RespConnection(address, TIMEOUT)) {
            return connection.call(command);
        } catch (IOException e) {
            throw new UncheckedIOException(String.join(" ", command) + " got no reply: " + e.getMessage(), e);
        }
    }

    /** Writes all contents to its folder, to be there after {@link #kill} and {@link #restart}. */
    public void save() {
        command("SAVE");
    }

    /** Stops the process where it is: connections stay, the system takes new ones and what is sent, nothing answers. */
    public synchronized void freeze() {
        signal("STOP");
        Path state = Path.of("/proc", String.valueOf(running().pid()), "stat"); // Linux; elsewhere the signal must do
        if (Files.exists(state)) {
            Await.until("Redis has stopped", () -> stopped(state));
        }
    }

    private static boolean stopped(Path state) {
        try {
            return Files.readString(state).contains(") T "); // proc(5): number, (name), state
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Lets a frozen process go on, with what was sent to it meanwhile. */
    public synchronized void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        try {
            Process kill = new ProcessBuilder(
                            "sh", "-c", "kill -" + name + " " + running().pid())
                    .inheritIO()
                    .start();
            if (kill.waitFor() != 0) {
                throw new IllegalStateException("the signal " + name + " did not reach Redis");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private Process running() {
        if (process == null || !process.isAlive()) {
            throw new IllegalStateException("Redis does not run");
        }
        return process;
    }

    /** Ends the process without a chance to save, also a frozen one. The port refuses connections afterwards. */
    public synchronized void kill() {
        running();
        end();
    }

    /** Starts it again on the same port and folder, after a kill if it still runs. Returns when it answers. */
    public synchronized void restart() {
        if (closed) {
            throw new IllegalStateException("Redis is closed");
        }
        end();
        try {
            launch();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void end() {
        Process ending = process;
        if (ending == null) {
            return;
        }
        ending.destroyForcibly();
        try {
            if (!ending.waitFor(TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException("Redis " + ending.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Ends the process and deletes its folder. May be called again. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        end();
        Runtime.getRuntime().removeShutdownHook(hook);
        try {
            LockedFolder.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
