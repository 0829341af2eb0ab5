package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Measures the cost of the profiler. */
final class ProfilerBenchmark {
    private static final int ROUNDS = 5;
    private static final int BLOCKS = 14;
    private static final Duration BLOCK = Duration.ofSeconds(1).dividedBy(6);

    private final TestBed testBed;
    private final Progress progress;
    private final Results results;

    ProfilerBenchmark(TestBed testBed, Progress progress, Results results) {
        this.testBed = testBed;
        this.progress = progress;
        this.results = results;
    }

    /**
     * Compares instances with the profiler on and off. A second instance with the profiler off shows the noise: smaller
     * differences have no meaning.
     */
    void run() throws Exception {
        progress.show("cost of the profiler");
        try (ServerProcess off = start("off", "off");
                ServerProcess full = start("full", "full");
                ServerProcess count = start("count", "count");
                ServerProcess offToo = start("off-too", "off")) {
            LoadGenerator baseline = CollectionBenchmarks.firstReads(off, 1);
            List<Comparison.Pair> pairs = Stream.of(full, count, offToo)
                    .map(instance -> new Comparison.Pair(CollectionBenchmarks.firstReads(instance, 1), baseline))
                    .toList();
            List<Comparison> comparisons = Comparison.inBlocks(ROUNDS, BLOCKS, BLOCK, pairs);
            String noise = "two instances with the profiler off: "
                    + Format.ratio(comparisons.get(2).ratio(Latencies::p50));
            results.add(benchmark("full", Goal.atMost(1.05))
                    .byP50(comparisons.get(0))
                    .withNote(noise));
            results.add(benchmark("count", Goal.atMost(1.01))
                    .byP50(comparisons.get(1))
                    .withNote(noise));
        }
    }

    private static Benchmark benchmark(String mode, Goal goal) {
        return new Benchmark(
                "profiler-" + mode,
                "collection of 150, first read, profiler on",
                "mode " + mode + ": p50 latency",
                "the profiler off",
                goal);
    }

    private ServerProcess start(String name, String mode) throws Exception {
        ServerProcess instance = testBed.startApplication("profiler-" + name, Map.of("DEALBRAIN_PROFILER", mode));
        CollectionBenchmarks.firstReads(instance, 8).run(Duration.ofSeconds(9));
        return instance;
    }
}
