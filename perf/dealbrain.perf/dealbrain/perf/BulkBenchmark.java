package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Compares adding listings one by one with adding them in bulk. */
final class BulkBenchmark {
    private static final int ROUNDS = 5;

    private final ServerProcess application;
    private final Progress progress;
    private final Results results;

    BulkBenchmark(ServerProcess application, Progress progress, Results results) {
        this.application = application;
        this.progress = progress;
        this.results = results;
    }

    void run() throws Exception {
        progress.show("1,000 new listings");
        Benchmark benchmark = new Benchmark(
                "bulk",
                "1,000 new listings, one request each",
                "total time",
                "two bulk requests of 500",
                Goal.atLeast(20));
        AtomicInteger number = new AtomicInteger(1_000_000);
        Workload bulk = _ -> timeTogether(2, () -> bulkRequest(number, 500));
        Workload single = _ -> timeTogether(
                1000, () -> RawRequest.authorizedPost("/api/v1/listings", DataSet.listing(number.incrementAndGet())));
        for (int i = 0; i < 10; i++) { // single adds are compiled after the first thousand, bulk adds after twenty
            bulk.run(Duration.ZERO);
        }
        results.add(benchmark.byP50(Comparison.of(ROUNDS, Duration.ZERO, single, bulk)));
    }

    private static RawRequest bulkRequest(AtomicInteger number, int count) {
        List<String> listings = Stream.generate(() -> DataSet.listing(number.incrementAndGet()))
                .limit(count)
                .toList();
        return RawRequest.authorizedPost(
                "/api/v1/listings/bulk", "{\"listings\":[" + String.join(",", listings) + "]}");
    }

    /** Sends {@code count} requests one after another, and returns the time of all as one latency. */
    private Latencies timeTogether(int count, Supplier<RawRequest> requests) throws IOException {
        Latencies latencies = new Latencies();
        try (HttpConnection connection = new HttpConnection(application.address())) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                connection.exchange(requests.get());
                if (connection.status() != 201) {
                    throw new IOException("adding listings returned status " + connection.status());
                }
            }
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }
}
