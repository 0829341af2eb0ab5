package dealbrain.perf;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How much a request leaves for the collector: what the young generation took in meanwhile, by the counters of the virtual machine,
 * over the number of requests.
 */
final class Garbage {
    private final Program service;

    Garbage(Program service) {
        this.service = service;
    }

    /** Kilobytes for each of some kinds of request. */
    Map<String, Double> all(Progress progress) throws IOException {
        progress.say("garbage of a request");
        Map<String, Load> requests = new LinkedHashMap<>();
        requests.put("shared page, hit", new Load(service.address(), 1, Http.get(DataSet.sharePath(1))));
        requests.put("collection of 150, first read", Ratios.firstReads(service, 1));
        requests.put("collection of 150, read again", new Load(service.address(), 1, Ratios.COLLECTION));
        requests.put("a listing", new Load(service.address(), 1, Http.mine("/api/v1/listings/1")));
        Map<String, Double> kilobytes = new LinkedHashMap<>();
        for (Map.Entry<String, Load> each : requests.entrySet()) {
            double before = allocated();
            int count = each.getValue().run(Duration.ofSeconds(2)).count();
            kilobytes.put(each.getKey(), (allocated() - before) / count);
        }
        return kilobytes;
    }

    /** What eden has held in all, in kilobytes; its size is taken to be the same as now. */
    private double allocated() throws IOException {
        Process jstat = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstat").toString(),
                        "-gc",
                        Long.toString(service.pid()))
                .start();
        List<String> lines = new ArrayList<>(new String(jstat.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .toList());
        String[] names = lines.getFirst().strip().split("\\s+", -1);
        String[] values = lines.getLast().strip().split("\\s+", -1);
        Map<String, Double> counters = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
            counters.put(names[i], values[i].equals("-") ? 0 : Double.parseDouble(values[i]));
        }
        return counters.getOrDefault("YGC", 0.0) * counters.getOrDefault("EC", 0.0) + counters.getOrDefault("EU", 0.0);
    }
}
