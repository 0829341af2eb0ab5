package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/** Benchmarks of shared pages, cached and not cached. */
final class ShareBenchmarks {
    private static final List<Integer> CONCURRENCY = List.of(1, 8, 32);
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(1);
    private static final int FIRST_UNCACHED_SHARE = 201; // the application caches the first 100 when it starts

    private final TestBed testBed;
    private final ServerProcess application;
    private final ServerProcess baseline;
    private final Progress progress;
    private final Results results;
    private final AtomicInteger nextUncachedShare = new AtomicInteger(FIRST_UNCACHED_SHARE);

    ShareBenchmarks(
            TestBed testBed, ServerProcess application, ServerProcess baseline, Progress progress, Results results) {
        this.testBed = testBed;
        this.application = application;
        this.baseline = baseline;
        this.progress = progress;
        this.results = results;
    }

    /** Sends requests until the JVM has compiled the hot code, which takes thousands of them. */
    void warmUp() throws Exception {
        new LoadGenerator(application, 8, RawRequest.get(DataSet.sharePath(1))).run(Duration.ofSeconds(5));
        new LoadGenerator(application, 8, this::nextUncachedShare).run(Duration.ofSeconds(25));
        new LoadGenerator(baseline, 8, fixedBody("2000", 100)).run(Duration.ofSeconds(3));
    }

    /** Returns a request for a share that was not requested before. */
    private RawRequest nextUncachedShare(int number) {
        int next = nextUncachedShare.getAndIncrement();
        if (next > DataSet.SHARES) {
            throw new IllegalStateException("the data set has too few shares for request " + number);
        }
        return RawRequest.get(DataSet.sharePath(next));
    }

    void cached() throws Exception {
        RawRequest request = RawRequest.get(DataSet.sharePath(1));
        String cache;
        String length;
        try (HttpConnection connection = new HttpConnection(application.address())) {
            connection.exchange(request);
            connection.exchange(request);
            cache = connection.header("X-Cache");
            length = connection.header("Content-Length");
        }
        for (int connections : CONCURRENCY) {
            Benchmark rate =
                    benchmark("rate", connections, "requests per second", Integer.parseInt(length), Goal.atLeast(0.9));
            Benchmark p99 = benchmark("p99", connections, "p99 latency", Integer.parseInt(length), Goal.atMost(1.5));
            if (cache.equals("HIT")) {
                compareCached(rate, p99, connections, request, length);
            } else {
                results.add(rate.notMeasured("the response has no X-Cache: HIT"));
            }
        }
    }

    private static Benchmark benchmark(String id, int connections, String metric, int length, Goal goal) {
        return new Benchmark(
                "hit-" + connections + "-" + id,
                "shared page, cached",
                connections(connections) + ": " + metric,
                "the JDK's HTTP server with a fixed body of " + Format.count(length) + " bytes",
                goal);
    }

    private static String connections(int number) {
        return number == 1 ? "1 connection" : number + " connections";
    }

    private void compareCached(Benchmark rate, Benchmark p99, int connections, RawRequest request, String length)
            throws Exception {
        progress.show("shared page, cached, " + connections(connections));
        MeteredWorkload ours = new MeteredWorkload(application, new LoadGenerator(application, connections, request));
        MeteredWorkload fixed = new MeteredWorkload(
                baseline,
                new LoadGenerator(
                        baseline,
                        connections,
                        fixedBody(length, DataSet.sharePath(1).length())));
        Comparison comparison = Comparison.of(ROUNDS, ROUND, ours, fixed);
        results.add(rate.byRate(comparison)
                .withNote(String.format(
                        Locale.ROOT,
                        "%.0f µs of processor time per request, baseline %.0f µs",
                        ours.microsPerRequest(),
                        fixed.microsPerRequest())));
        results.add(p99.byP99(comparison));
        results.addLatencies("shared page, cached, " + connections, comparison.allMeasured());
        results.addLatencies("fixed body, " + connections, comparison.allBaseline());
    }

    /**
     * Returns a request to the baseline server. Its path is as long as that of a share, because the JDK's HTTP server
     * reads the path one character at a time.
     */
    private static RawRequest fixedBody(String length, int pathLength) {
        String path = "/" + length + "/";
        return RawRequest.get(path + "x".repeat(pathLength - path.length()));
    }

    /** Requests a different share each time, so that none is cached. */
    void uncached() throws Exception {
        progress.show("shared page, not cached");
        Benchmark benchmark = new Benchmark(
                "miss",
                "shared page, not cached",
                "p50 latency",
                "its SQL statement by plain JDBC, read into records",
                Goal.atMost(2));
        LoadGenerator load = new LoadGenerator(application, 1, this::nextUncachedShare);
        try (JdbcBaseline statement = JdbcBaseline.shares(testBed.database())) {
            Comparison comparison = Comparison.of(ROUNDS, ROUND, load, statement);
            results.add(benchmark.byP50(comparison));
            results.addLatencies("shared page, not cached", comparison.allMeasured());
            results.addLatencies("its statement alone", comparison.allBaseline());
        }
    }
}
