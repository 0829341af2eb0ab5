package dealbrain.perf;

import dealbrain.perf.Benchmark.Goal;
import dealbrain.perf.Comparison.Pair;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Compares a shared page from the cache with the JDK's HTTP server: with one that sends the same header fields, which
 * the API promises, and with one that sends only its own two.
 */
final class HitBenchmark {
    private static final List<Integer> CONNECTIONS = List.of(1, 8, 32);
    private static final int ROUNDS = 5;
    private static final int BLOCKS = 8;
    private static final Duration BLOCK = Duration.ofMillis(125);
    private static final Duration WARM_UP = Duration.ofSeconds(3);
    private static final RawRequest PAGE = RawRequest.get(DataSet.sharePath(1));

    private final TestBed testBed;
    private final ServerProcess application;
    private final Progress progress;
    private final Results results;

    /** The response that is compared. */
    private record Page(String cache, String length, List<HeaderField> fields) {}

    /**
     * A number of connections to the application and to a baseline server.
     *
     * @param latencies the name of the baseline's latencies; the chart shows those of {@code fixed body}
     */
    private record Row(
            String id,
            int connections,
            MeteredWorkload page,
            MeteredWorkload fixedBody,
            String baseline,
            String latencies) {
        Pair pair() {
            return new Pair(page, fixedBody);
        }

        Benchmark rate() {
            return benchmark("rate", "requests per second", Goal.atLeast(0.9));
        }

        Benchmark p99() {
            return benchmark("p99", "p99 latency", Goal.atMost(1.5));
        }

        private Benchmark benchmark(String metric, String text, Goal goal) {
            return new Benchmark(
                    id + "-" + metric,
                    "shared page, cached",
                    (connections == 1 ? "1 connection: " : connections + " connections: ") + text,
                    baseline,
                    goal);
        }

        String processorTime() {
            return String.format(
                    Locale.ROOT,
                    "%.0f µs of processor time per request, baseline %.0f µs",
                    page.microsPerRequest(),
                    fixedBody.microsPerRequest());
        }
    }

    HitBenchmark(TestBed testBed, ServerProcess application, Progress progress, Results results) {
        this.testBed = testBed;
        this.application = application;
        this.progress = progress;
        this.results = results;
    }

    void run() throws Exception {
        progress.show("shared page, cached");
        Page page = page();
        try (ServerProcess sameFields =
                        testBed.startServer(BaselineServer.class, BaselineServer.arguments(page.fields));
                ServerProcess bare = testBed.startServer(BaselineServer.class, List.of())) {
            List<Row> rows = rows(page, sameFields, bare);
            if (page.cache.equals("HIT")) {
                compare(rows);
            } else {
                rows.forEach(row -> results.add(row.rate().notMeasured("the response has no X-Cache: HIT")));
            }
        }
    }

    private Page page() throws IOException {
        try (HttpConnection connection = new HttpConnection(application.address())) {
            connection.exchange(PAGE);
            connection.exchange(PAGE);
            return new Page(connection.header("X-Cache"), connection.header("Content-Length"), connection.fields());
        }
    }

    /** Returns the rows in the order of the report. */
    private List<Row> rows(Page page, ServerProcess sameFields, ServerProcess bare) throws IOException {
        RawRequest fixedBody = fixedBody(page.length);
        for (ServerProcess baseline : List.of(sameFields, bare)) {
            new LoadGenerator(baseline, 8, fixedBody).run(WARM_UP);
        }
        String body =
                "the JDK's HTTP server with a fixed body of " + Format.count(Long.parseLong(page.length)) + " bytes";
        List<Row> withFields = new ArrayList<>();
        List<Row> withoutFields = new ArrayList<>();
        for (int number : CONNECTIONS) {
            MeteredWorkload load = load(application, number, PAGE);
            withFields.add(new Row(
                    "hit-" + number,
                    number,
                    load,
                    load(sameFields, number, fixedBody),
                    body + " and the same header fields",
                    "fixed body"));
            withoutFields.add(new Row(
                    "hit-" + number + "-bare",
                    number,
                    load,
                    load(bare, number, fixedBody),
                    body + ", without those header fields",
                    "bare server"));
        }
        return Stream.concat(withFields.stream(), withoutFields.stream()).toList();
    }

    /**
     * Returns a request to a baseline server. Its path is as long as that of a share, because the JDK's HTTP server
     * reads the path one character at a time.
     */
    private static RawRequest fixedBody(String length) {
        String path = "/" + length + "/";
        return RawRequest.get(path + "x".repeat(DataSet.sharePath(1).length() - path.length()));
    }

    private static MeteredWorkload load(ServerProcess server, int connections, RawRequest request) {
        return new MeteredWorkload(server, new LoadGenerator(server, connections, request));
    }

    /**
     * Measures all rows in turn, so that they are of the same minute, and those of the same number of connections next
     * to each other.
     */
    private void compare(List<Row> rows) throws Exception {
        List<Row> order =
                rows.stream().sorted(Comparator.comparingInt(Row::connections)).toList();
        List<Comparison> comparisons = Comparison.inBlocks(
                ROUNDS, BLOCKS, BLOCK, order.stream().map(Row::pair).toList());
        for (Row row : rows) {
            Comparison comparison = comparisons.get(order.indexOf(row));
            results.add(row.rate().byRate(comparison).withNote(row.processorTime()));
            results.add(row.p99().byP99(comparison));
            results.addLatencies("shared page, cached, " + row.connections, comparison.allMeasured());
            results.addLatencies(row.latencies + ", " + row.connections, comparison.allBaseline());
        }
    }
}
