package dealbrain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server program of the system, such as nginx, in the foreground on a port of loopback; it ends when this is closed. */
public final class Daemon implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final Thread hook;

    private Daemon(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly); // for Ctrl-C
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Starts it and returns when it listens. */
    public static Daemon start(int port, Path log, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            Daemon daemon = new Daemon(process, log);
            Await.until(command.getFirst() + " listens", () -> daemon.listens(port));
            return daemon;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens(int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException("it has ended; it said:\n" + log());
        }
        try (Socket _ = new Socket(Loopback.HOST, port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** A port that is free now. */
    public static int freePort() {
        return Loopback.freePort();
    }

    /** What it has said so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(hook);
    }
}
