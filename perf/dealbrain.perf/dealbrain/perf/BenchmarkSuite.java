package dealbrain.perf;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Runs the benchmarks, each in turn with its baseline. */
final class BenchmarkSuite {
    private static final String START = "start";
    private static final String GROUP_WRITES = "group-writes";
    private static final String GROUP_FAULTS = "group-faults";
    /** The benchmarks that start and warm up instances of their own. */
    private static final Set<String> WITH_OWN_INSTANCES = Set.of(START, GROUP_WRITES, GROUP_FAULTS);

    private final ServerProcess application;
    private final Progress progress;
    private final Results results = new Results();
    private final MissBenchmark misses;
    private final Map<String, Step> steps = new LinkedHashMap<>();

    /** One or more benchmarks. */
    private interface Step {
        void run() throws Exception;
    }

    /** @param programs the builds whose groups of instances are measured, this one first */
    BenchmarkSuite(TestBed testBed, ServerProcess application, Progress progress, List<Program> programs) {
        this.application = application;
        this.progress = progress;
        this.misses = new MissBenchmark(testBed, application, progress, results);
        CollectionBenchmarks collections = new CollectionBenchmarks(testBed, application, progress, results);
        steps.put("hit", new HitBenchmark(testBed, application, progress, results)::run);
        steps.put("miss", misses::run);
        steps.put("collection", collections::firstRead);
        steps.put("again", collections::readAgain);
        steps.put("naive", collections::naive);
        steps.put("cursor", collections::deepPage);
        steps.put("workspace", new WorkspaceBenchmark(application, progress, results)::run);
        steps.put("profiler", new ProfilerBenchmark(testBed, progress, results)::run);
        steps.put("bulk", new BulkBenchmark(application, progress, results)::run);
        steps.put("views", new ViewCountBenchmark(testBed, progress, results)::run);
        steps.put(START, new StartupBenchmark(testBed, progress, results)::run);
        steps.put(GROUP_WRITES, new GroupWriteBenchmark(testBed, progress, results, programs)::run);
        steps.put(GROUP_FAULTS, new GroupFaultBenchmark(testBed, progress, results, programs)::run);
    }

    /**
     * Warms up the application and runs the benchmarks.
     *
     * @param only the names of the benchmarks; all if it is empty
     */
    Results run(Set<String> only) throws Exception {
        if (!steps.keySet().containsAll(only)) {
            throw new IllegalArgumentException(
                    "unknown benchmark among " + only + ", known are " + String.join(", ", steps.keySet()));
        }
        if (only.isEmpty() || !WITH_OWN_INSTANCES.containsAll(only)) {
            warmUp();
        }
        for (Map.Entry<String, Step> step : steps.entrySet()) {
            if (only.isEmpty() || only.contains(step.getKey())) {
                step.getValue().run();
            }
        }
        return results;
    }

    private void warmUp() throws Exception {
        progress.show("warm-up");
        CollectionBenchmarks.firstReads(application, 8).run(Duration.ofSeconds(15));
        misses.warmUp();
    }
}
