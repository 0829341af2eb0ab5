package dealbrain.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures how much memory a request allocates, from the counters of the JVM for its young generation. */
final class Allocations {
    private static final Duration DURATION = Duration.ofSeconds(2);

    private final ServerProcess application;

    Allocations(ServerProcess application) {
        this.application = application;
    }

    /** Returns kilobytes per request, by the name of the request. */
    Map<String, Double> measure(Progress progress) throws IOException {
        progress.show("memory allocated by a request");
        Map<String, LoadGenerator> requests = new LinkedHashMap<>();
        requests.put("shared page, cached", new LoadGenerator(application, 1, RawRequest.get(DataSet.sharePath(1))));
        requests.put("collection of 150, first read", CollectionBenchmarks.firstReads(application, 1));
        requests.put(
                "collection of 150, read again", new LoadGenerator(application, 1, CollectionBenchmarks.COLLECTION));
        requests.put("a listing", new LoadGenerator(application, 1, RawRequest.authorizedGet("/api/v1/listings/1")));
        Map<String, Double> kilobytes = new LinkedHashMap<>();
        for (Map.Entry<String, LoadGenerator> request : requests.entrySet()) {
            double before = allocated();
            int count = request.getValue().run(DURATION).count();
            kilobytes.put(request.getKey(), (allocated() - before) / count);
        }
        return kilobytes;
    }

    /** Returns the kilobytes allocated so far: collections times the size of eden, as if that had never changed. */
    private double allocated() throws IOException {
        Map<String, Double> counters = jstat();
        return counters.getOrDefault("YGC", 0.0) * counters.getOrDefault("EC", 0.0) + counters.getOrDefault("EU", 0.0);
    }

    private Map<String, Double> jstat() throws IOException {
        Process jstat = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                        "-gc",
                        Long.toString(application.pid()))
                .start();
        List<String> lines = new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList();
        String[] names = lines.getFirst().strip().split("\\s+", -1);
        String[] values = lines.getLast().strip().split("\\s+", -1);
        Map<String, Double> counters = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            counters.put(names[i], values[i].equals("-") ? 0 : Double.parseDouble(values[i]));
        }
        return counters;
    }
}
