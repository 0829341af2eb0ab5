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
 * A Redis in its own process, which tests can freeze, kill and restart. It listens on a free port of the loopback
 * interface and stores its files in a new folder below {@code build/redis}. By default it persists no data. It ends
 * with this JVM at the latest. Thread-safe.
 */
public final class RedisServer implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);
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
     * Starts a server and returns when it replies.
     *
     * @param arguments as on the command line, {@code "--appendonly", "yes"} or {@code "--sentinel"}; they override the
     *     defaults above. A sentinel learns its master afterwards, by {@code SENTINEL MONITOR}
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
                boolean portTaken = log().contains("Address already in use"); // by another process
                if (!portTaken || attempt == ATTEMPTS) {
                    close();
                    throw e;
                }
            }
        }
    }

    /** Writes a configuration file, because a sentinel requires one and stores its state there. */
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
     * Returns when the server replies and has loaded its data.
     *
     * @throws IllegalStateException the process has ended; the message has its log
     */
    public void awaitReady() {
        Await.until("Redis on port " + port + " replies", this::ready);
    }

    private boolean ready() {
        if (!isAlive()) {
            throw new IllegalStateException("redis-server has ended; its log is:\n" + log());
        }
        try (RespConnection connection = new RespConnection(address(), POLL)) {
            return connection.call("PING").equals("PONG");
        } catch (IOException _) {
            return false; // not listening yet
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage())
                    .startsWith("NOAUTH"); // needs a password, so it is ready; else loading
        }
    }

    /** Returns the log of the process so far, also from before a restart. */
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

    /** Returns the folder of its files, which {@link #close} deletes. */
    public Path folder() {
        return folder;
    }

    public synchronized boolean isAlive() {
        return process != null && process.isAlive();
    }

    /**
     * Sends a command over its own connection and waits up to a minute for the reply.
     *
     * @return the reply as text; {@code (nil)} for null, a line for each element of an array
     * @throws IllegalStateException the reply is an error; the message is its text
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

    /** Saves all data to its folder, so that it survives {@link #kill} and {@link #restart}. */
    public void save() {
        command("SAVE");
    }

    /**
     * Suspends the process. Connections stay open, the operating system accepts new ones and buffers requests, and no
     * reply is sent.
     */
    public synchronized void freeze() {
        signal("STOP");
        Path state =
                Path.of("/proc", String.valueOf(running().pid()), "stat"); // Linux only; other systems do not confirm
        if (Files.exists(state)) {
            Await.until("Redis has stopped", () -> stopped(state));
        }
    }

    private static boolean stopped(Path state) {
        try {
            return Files.readString(state).contains(") T "); // proc(5): pid, (name), state
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Resumes a frozen process, which then handles the requests sent meanwhile. */
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
                throw new IllegalStateException("signal " + name + " was not delivered to Redis");
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
            throw new IllegalStateException("Redis is not running");
        }
        return process;
    }

    /** Kills the process, also a frozen one, before it can save. Its port then refuses connections. */
    public synchronized void kill() {
        running();
        end();
    }

    /** Kills the process if it runs, and starts it again with the same port and folder. Returns when it replies. */
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
                throw new IllegalStateException("Redis process " + ending.pid() + " did not end");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Kills the process and deletes its folder. May be called again. */
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
