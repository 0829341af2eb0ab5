package dealbrain.perf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Collects the results of benchmarks, and the latencies of their workloads by name, in the order in which they ran. */
final class Results {
    private final List<BenchmarkResult> results = new ArrayList<>();
    private final List<StartupBenchmark.Result> starts = new ArrayList<>();
    private final Map<String, Latencies> latencies = new LinkedHashMap<>();

    void add(BenchmarkResult result) {
        results.add(result);
    }

    void addStart(StartupBenchmark.Result start) {
        starts.add(start);
    }

    List<StartupBenchmark.Result> starts() {
        return starts;
    }

    void addLatencies(String workload, Latencies all) {
        latencies.put(workload, all);
    }

    List<BenchmarkResult> list() {
        return results;
    }

    Map<String, Latencies> latencies() {
        return latencies;
    }
}
