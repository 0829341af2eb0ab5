package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Measures what changes cost when several instances share a database: each response waits until no instance serves the
 * state before the change. If there is another program, both are measured in turn, and the note of each result has the
 * values of the other one.
 */
final class GroupWriteBenchmark {
    static final int INSTANCES = 3;
    static final Map<String, String> WITHOUT_REDIS = Map.of("REDIS_URL", "");
    /** So long because each of three instances compiles the same code with a third of the requests. */
    static final Duration WARM_UP = Duration.ofSeconds(40);

    static final int WRITERS = 16;

    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(3);
    private static final Duration MAX_P50_WITHOUT_REDIS = Duration.ofMillis(15);

    private final TestBed testBed;
    private final Progress progress;
    private final Results results;
    private final List<Program> programs;

    /** @param programs this build first; then others, for comparison */
    GroupWriteBenchmark(TestBed testBed, Progress progress, Results results, List<Program> programs) {
        this.testBed = testBed;
        this.progress = progress;
        this.results = results;
        this.programs = programs;
    }

    void run() throws Exception {
        withRedis();
        withoutRedis();
    }

    private void withRedis() throws Exception {
        try (InstanceGroups single = start("single", 1, Map.of());
                InstanceGroups group = start("group", INSTANCES, Map.of())) {
            progress.show("changes by one writer, 3 instances");
            List<Comparison> one = Comparison.ofPairs(
                    ROUNDS, ROUND, pairs(group.map(InstanceGroup::oneWriter), single.map(InstanceGroup::oneWriter)));
            add(
                    benchmark("p50", "with Redis", "1 writer: p50 latency", "a single instance", Goal.atMost(3))
                            .byP50(one.getFirst()),
                    one);
            progress.show("changes by 16 writers, 3 instances");
            List<Comparison> many = Comparison.ofPairs(
                    ROUNDS,
                    ROUND,
                    pairs(
                            group.map(instances -> instances.writers(WRITERS)),
                            single.map(instances -> instances.writers(WRITERS))));
            add(
                    benchmark(
                                    "rate",
                                    "with Redis",
                                    WRITERS + " writers: requests per second",
                                    "a single instance",
                                    Goal.atLeast(0.5))
                            .byRate(many.getFirst()),
                    many);
        }
    }

    private void withoutRedis() throws Exception {
        try (InstanceGroups group = start("no_redis", INSTANCES, WITHOUT_REDIS)) {
            progress.show("changes by one writer, 3 instances without Redis");
            Workload limit = _ -> Latencies.ofNanos(MAX_P50_WITHOUT_REDIS.toNanos());
            List<Workload> limits = programs.stream().map(_ -> limit).toList();
            List<Comparison> one =
                    Comparison.ofPairs(ROUNDS, ROUND, pairs(group.map(InstanceGroup::oneWriter), limits));
            add(
                    benchmark("no-redis", "without Redis", "1 writer: p50 latency", "the limit", Goal.atMost(1))
                            .byP50(one.getFirst()),
                    one);
        }
    }

    private InstanceGroups start(String name, int size, Map<String, String> settings) throws Exception {
        progress.show("start of " + programs.size() * size + " instances");
        return InstanceGroups.start(testBed, programs, name, size, settings);
    }

    private static Benchmark benchmark(String id, String redis, String metric, String baseline, Goal goal) {
        return new Benchmark(
                "group-writes-" + id,
                "change of a listing, " + INSTANCES + " instances " + redis,
                metric,
                baseline,
                goal);
    }

    private static List<Comparison.Pair> pairs(List<Workload> measured, List<Workload> baselines) {
        List<Comparison.Pair> pairs = new ArrayList<>();
        for (int i = 0; i < measured.size(); i++) {
            pairs.add(new Comparison.Pair(measured.get(i), baselines.get(i)));
        }
        return pairs;
    }

    private void add(BenchmarkResult result, List<Comparison> comparisons) {
        List<String> notes = new ArrayList<>();
        for (int i = 0; i < programs.size(); i++) {
            notes.add(programs.get(i).name() + ": " + values(comparisons.get(i)));
        }
        results.add(result.withNote(String.join("; ", notes)));
    }

    private static String values(Comparison comparison) {
        return "p50 %s to %s (%s), p99 %s to %s, %s to %s (%s)"
                .formatted(
                        Format.millis(comparison.measured(Latencies::p50)),
                        Format.millis(comparison.baseline(Latencies::p50)),
                        Format.ratio(comparison.ratio(Latencies::p50).median()),
                        Format.millis(comparison.measured(Latencies::p99)),
                        Format.millis(comparison.baseline(Latencies::p99)),
                        Format.rate(comparison.measured(Latencies::perSecond)),
                        Format.rate(comparison.baseline(Latencies::perSecond)),
                        Format.ratio(comparison.ratio(Latencies::perSecond).median()));
    }
}
