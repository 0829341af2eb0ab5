package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import java.time.Duration;
import java.util.List;

/** Measures the cost of counting views of a page. */
final class ViewCountBenchmark {
    private static final int CONNECTIONS = 32;
    private static final int ROUNDS = 7;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final TestBed testBed;
    private final Progress progress;
    private final Results results;

    ViewCountBenchmark(TestBed testBed, Progress progress, Results results) {
        this.testBed = testBed;
        this.progress = progress;
        this.results = results;
    }

    void run() throws Exception {
        progress.show("counted views");
        Benchmark benchmark = new Benchmark(
                "views",
                "page that counts its views",
                CONNECTIONS + " connections: requests per second",
                "the same page without counting",
                Goal.atLeast(0.97));
        try (ServerProcess server = testBed.startServer(ViewCountServer.class, List.of())) {
            LoadGenerator counted = new LoadGenerator(server, CONNECTIONS, RawRequest.get("/counted"));
            LoadGenerator plain = new LoadGenerator(server, CONNECTIONS, RawRequest.get("/plain"));
            counted.run(Duration.ofSeconds(3));
            plain.run(Duration.ofSeconds(3));
            results.add(benchmark.byRate(Comparison.of(ROUNDS, ROUND, counted, plain)));
        }
    }
}
