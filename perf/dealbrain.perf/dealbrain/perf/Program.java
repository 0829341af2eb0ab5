package dealbrain.perf;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A server in a process of its own on a port of this machine, as nobody measures well what shares a heap with the measuring. */
final class Program implements AutoCloseable {
    private final Process process;
    private final int port;

    private Program(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts a program that listens on the port, and waits until it takes connections. */
    static Program start(List<String> command, Map<String, String> environment, int port, Path log) throws IOException {
        Files.createDirectories(log.toAbsolutePath().getParent());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
        builder.environment().putAll(environment);
        Program program = new Program(builder.start(), port);
        Runtime.getRuntime().addShutdownHook(new Thread(program.process::destroyForcibly));
        program.awaitConnections(log);
        return program;
    }

    /** The command that runs one of our own modules with the flags that the program is shipped with. */
    static List<String> java(String module, String... vmOptions) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders"));
        command.addAll(List.of(vmOptions));
        command.addAll(List.of(
                "-p", System.getProperty("jdk.module.path", "").replace(",", File.pathSeparator), "-m", module));
        return command;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitConnections(Path log) throws IOException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            try (Socket socket = new Socket()) {
                socket.connect(address(), 1000);
                return;
            } catch (IOException e) {
                if (!process.isAlive() || System.nanoTime() > end) {
                    throw new IOException(
                            "did not start: " + process.info().commandLine().orElse("") + "\n" + Files.readString(log),
                            e);
                }
            }
            pause();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(2);
        } catch (InterruptedException e) {
            throw new IllegalStateException("told to stop", e);
        }
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    int port() {
        return port;
    }

    long pid() {
        return process.pid();
    }

    /** The processor time that it has taken since it was started, in steps of 10 ms. */
    Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Ends it without a word, as when a machine is switched off. */
    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    @Override
    public void close() {
        process.destroy();
        if (!process.onExit()
                .completeOnTimeout(process, 10, TimeUnit.SECONDS)
                .join()
                .isAlive()) {
            return;
        }
        kill();
    }
}
