package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import dealbrain.perf.Comparison.Pair;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares a shared page that is not cached with its SQL statement. */
final class MissBenchmark {
    private static final int ROUNDS = 5;
    private static final int BLOCKS = 8;
    private static final Duration BLOCK = Duration.ofMillis(125);
    private static final Duration WARM_UP = Duration.ofSeconds(1);
    private static final int FIRST_UNCACHED_SHARE = 201; // the application caches the first 100 when it starts

    private final TestBed testBed;
    private final ServerProcess application;
    private final Progress progress;
    private final Results results;
    private final AtomicInteger nextUncachedShare = new AtomicInteger(FIRST_UNCACHED_SHARE);

    MissBenchmark(TestBed testBed, ServerProcess application, Progress progress, Results results) {
        this.testBed = testBed;
        this.application = application;
        this.progress = progress;
        this.results = results;
    }

    /** Sends requests until the JVM has compiled the hot code, which takes thousands of them. */
    void warmUp() throws Exception {
        new LoadGenerator(application, 8, RawRequest.get(DataSet.sharePath(1))).run(Duration.ofSeconds(5));
        new LoadGenerator(application, 8, this::nextUncachedShare).run(Duration.ofSeconds(25));
    }

    /** Returns a request for a share that was not requested before. */
    private RawRequest nextUncachedShare(int number) {
        int next = nextUncachedShare.getAndIncrement();
        if (next > DataSet.SHARES) {
            throw new IllegalStateException("the data set has too few shares for request " + number);
        }
        return RawRequest.get(DataSet.sharePath(next));
    }

    /** Requests a different share each time, so that none is cached. */
    void run() throws Exception {
        progress.show("shared page, not cached");
        Benchmark benchmark = new Benchmark(
                "miss",
                "shared page, not cached",
                "p50 latency",
                "its SQL statement by plain JDBC, read into records",
                Goal.atMost(2));
        MeteredWorkload load =
                new MeteredWorkload(application, new LoadGenerator(application, 1, this::nextUncachedShare));
        try (JdbcBaseline statement = JdbcBaseline.shares(testBed.database())) {
            statement.run(WARM_UP);
            Comparison comparison = Comparison.inBlocks(ROUNDS, BLOCKS, BLOCK, List.of(new Pair(load, statement)))
                    .getFirst();
            String note = String.format(Locale.ROOT, "%.0f µs of processor time per request", load.microsPerRequest());
            results.add(benchmark.byP50(comparison).withNote(note));
            results.addLatencies("shared page, not cached", comparison.allMeasured());
            results.addLatencies("its statement alone", comparison.allBaseline());
        }
    }
}
