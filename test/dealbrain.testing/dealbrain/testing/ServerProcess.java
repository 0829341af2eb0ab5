package dealbrain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server of another project, such as nginx, that runs in the foreground until {@link #close}. */
public final class ServerProcess implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final Thread hook;

    private ServerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
        this.hook = new Thread(process::destroyForcibly); // for Ctrl-C
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /**
     * Starts a server and returns when it accepts connections on {@code port} of the loopback interface.
     *
     * @param log receives the output of the server
     */
    public static ServerProcess start(int port, Path log, List<String> command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            ServerProcess server = new ServerProcess(process, log);
            Await.until(command.getFirst() + " listens", () -> server.listens(port));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private boolean listens(int port) {
        if (!process.isAlive()) {
            throw new IllegalStateException("the server has ended; its output was:\n" + log());
        }
        try (Socket _ = new Socket(Loopback.HOST, port)) {
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    /** Returns a port of the loopback interface that is free now. */
    public static int freePort() {
        return Loopback.freePort();
    }

    /** Returns the output of the server so far. */
    public String log() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Stops the server and its child processes from running, as on a machine that is frozen, until {@link #thaw}. */
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    private void signal(String name) {
        List<String> command = new ArrayList<>(List.of("kill", "-" + name, String.valueOf(process.pid())));
        process.descendants().map(child -> String.valueOf(child.pid())).forEach(command::add);
        try {
            new ProcessBuilder(command).inheritIO().start().onExit().join();
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
