package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Prometheus that scrapes and evaluates four times per second. */
final class PrometheusServer implements AutoCloseable {
    private final Process process;
    private final Path folder;
    private final Api api;

    private PrometheusServer(Process process, Path folder, Api api) {
        this.process = process;
        this.folder = folder;
        this.api = api;
    }

    /** Returns the program if it is on the path. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":"))
                .map(each -> Path.of(each, "prometheus"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts Prometheus with the shipped configuration, except for places, times and targets. */
    static PrometheusServer start(Path program, Path shipped, String rules, String token, int target)
            throws IOException {
        Path folder = Files.createTempDirectory("dealbrain-prometheus");
        Files.writeString(folder.resolve("alerts.yml"), rules);
        Path credentials = Files.writeString(folder.resolve("metrics-token"), token + "\n");
        Files.writeString(
                folder.resolve("prometheus.yml"),
                Files.readString(shipped)
                        .replaceAll("(scrape|evaluation)_interval: 15s", "$1_interval: 250ms")
                        .replace("global:", "global:\n  scrape_timeout: 250ms")
                        .replace("/run/secrets/metrics-token", credentials.toString())
                        .replace("dealbrain:8080", "127.0.0.1:" + target));
        int port = freePort();
        Process process = new ProcessBuilder(
                        program.toString(),
                        "--config.file=" + folder.resolve("prometheus.yml"),
                        "--storage.tsdb.path=" + folder.resolve("data"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        return new PrometheusServer(process, folder, Api.at(port));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Returns the number of series of an expression. Waits up to 15 seconds for the first one. */
    int series(String expression) {
        String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        Instant deadline = Instant.now().plus(Duration.ofSeconds(15));
        int found = 0;
        while (found == 0 && Instant.now().isBefore(deadline)) {
            found = query(path).at("/data/result").size();
        }
        return found;
    }

    /** Returns the names of the alerts that have fired. Waits up to 20 seconds for all of {@code wanted}. */
    Set<String> awaitFiring(Set<String> wanted, Set<String> firing) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        Set<String> all = new TreeSet<>(firing);
        while (!all.containsAll(wanted) && Instant.now().isBefore(deadline)) {
            query("/api/v1/alerts").at("/data/alerts").forEach(alert -> {
                if (alert.path("state").asText().equals("firing")) {
                    all.add(alert.at("/labels/alertname").asText());
                }
            });
        }
        return all;
    }

    /** Repeats a request until Prometheus has started. */
    private JsonNode query(String path) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(15));
        while (true) {
            try {
                Response response = api.get(path);
                if (response.status() == 200) {
                    return response.json();
                }
                if (response.status() != 503) {
                    throw new AssertionError(response.text());
                }
            } catch (UncheckedIOException e) {
                if (Instant.now().isAfter(deadline) || !process.isAlive()) {
                    throw new AssertionError("Prometheus does not respond; see " + folder.resolve("log"), e);
                }
            }
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
    }
}
