package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.ServerProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
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

/** A Prometheus that scrapes once per second, and evaluates four times. */
final class PrometheusServer implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

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
                        .replace("scrape_interval: 15s", "scrape_interval: 1s\n  scrape_timeout: 1s")
                        .replace("evaluation_interval: 15s", "evaluation_interval: 250ms")
                        .replace("/run/secrets/metrics-token", credentials.toString())
                        .replace("dealbrain:8080", "127.0.0.1:" + target));
        int port = ServerProcess.freePort();
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

    /** Returns the number of series of an expression. Waits up to a minute for the first one. */
    int series(String expression) {
        String path = "/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8);
        Instant deadline = Instant.now().plus(PATIENCE);
        int found = 0;
        while (found == 0 && Instant.now().isBefore(deadline)) {
            found = query(path).at("/data/result").size();
        }
        return found;
    }

    /** Returns the names of the alerts that have fired. Waits up to 20 seconds for all of {@code wanted}. */
    Set<String> awaitFiring(Set<String> wanted) {
        Instant deadline = Instant.now().plus(Duration.ofSeconds(20));
        Set<String> all = new TreeSet<>();
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
        Instant deadline = Instant.now().plus(PATIENCE);
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
