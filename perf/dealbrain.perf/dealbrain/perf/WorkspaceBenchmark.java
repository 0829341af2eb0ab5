package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import dealbrain.perf.Comparison.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** Compares the page of a collection of 150 with its JSON, which holds the same deals. */
final class WorkspaceBenchmark {
    private static final int ROUNDS = 5;
    private static final int BLOCKS = 8;
    private static final Duration BLOCK = Duration.ofMillis(250);
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Map<String, String> GZIP = Map.of("Accept-Encoding", "gzip");
    private static final String PATH = "/collections/" + DataSet.OF_150.id();

    private final ServerProcess application;
    private final Progress progress;
    private final Results results;
    /** A number that no other request had, for responses that are not cached. */
    private final AtomicInteger next = new AtomicInteger();

    WorkspaceBenchmark(ServerProcess application, Progress progress, Results results) {
        this.application = application;
        this.progress = progress;
        this.results = results;
    }

    void run() throws Exception {
        progress.show("the page of a collection of 150");
        LoadGenerator page = load(RawRequest.signedInGet(PATH, GZIP));
        LoadGenerator json = load(json("?limit=1000", GZIP));
        LoadGenerator plainPage = load(RawRequest.signedInGet(PATH, Map.of()));
        LoadGenerator plainJson = load(json("?limit=1000", Map.of()));
        LoadGenerator newPage = new LoadGenerator(
                application, 1, _ -> RawRequest.signedInGet(PATH + "?min=0." + next.incrementAndGet(), GZIP));
        List<Pair> pairs = List.of(new Pair(page, json), new Pair(plainPage, plainJson), new Pair(newPage, json));
        for (Pair pair : pairs) {
            pair.measured().run(WARM_UP);
            pair.baseline().run(WARM_UP);
        }
        List<Comparison> comparisons = Comparison.inBlocks(ROUNDS, BLOCKS, BLOCK, pairs);
        results.add(benchmark("workspace", "read again, with gzip: p50 latency", 1.3)
                .byP50(comparisons.get(0))
                .withNote(Format.count(bytes(RawRequest.signedInGet(PATH, GZIP))) + " bytes, the JSON "
                        + Format.count(bytes(json("?limit=1000", GZIP)))));
        results.add(benchmark("workspace-plain", "read again, without gzip: p50 latency", 1.3)
                .byP50(comparisons.get(1))
                .withNote(Format.count(bytes(RawRequest.signedInGet(PATH, Map.of()))) + " bytes"));
        results.add(benchmark("workspace-new", "with another filter each time, with gzip: p50 latency", 10)
                .byP50(comparisons.get(2)));
    }

    private static RawRequest json(String query, Map<String, String> headers) {
        return RawRequest.authorizedGet(DataSet.OF_150.path() + query, headers);
    }

    private LoadGenerator load(RawRequest request) {
        return new LoadGenerator(application, 1, request);
    }

    private static Benchmark benchmark(String id, String metric, double limit) {
        return new Benchmark(id, "page of a collection of 150", metric, "its JSON, read again", Goal.atMost(limit));
    }

    private long bytes(RawRequest request) throws IOException {
        try (HttpConnection connection = new HttpConnection(application.address())) {
            connection.exchange(request);
            return Long.parseLong(connection.header("Content-Length"));
        }
    }
}
