package dealbrain.perf;

import dealbrain.database.Database;
import dealbrain.perf.Benchmark.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/** Benchmarks of reading collections and their pages. */
final class CollectionBenchmarks {
    static final RawRequest COLLECTION = RawRequest.authorizedGet(DataSet.OF_150.path());

    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final TestBed testBed;
    private final ServerProcess application;
    private final Progress progress;
    private final Results results;

    CollectionBenchmarks(TestBed testBed, ServerProcess application, Progress progress, Results results) {
        this.testBed = testBed;
        this.application = application;
        this.progress = progress;
        this.results = results;
    }

    /**
     * Reads the collection with a different page size each time. The content of the response does not change, but no
     * cached response matches until the oldest are evicted.
     */
    static LoadGenerator firstReads(ServerProcess application, int connections) {
        AtomicInteger next = new AtomicInteger();
        return new LoadGenerator(
                application,
                connections,
                _ -> RawRequest.authorizedGet(
                        DataSet.OF_150.path() + "?limit=" + (150 + next.getAndIncrement() % 851)));
    }

    void firstRead() throws Exception {
        progress.show("collection of 150, first read");
        Benchmark benchmark = new Benchmark(
                "collection",
                "collection of 150, first read",
                "p50 latency of the whole request",
                "its SQL statement by plain JDBC, read into records",
                Goal.atMost(1.8));
        try (JdbcBaseline statement = JdbcBaseline.collection(testBed.database(), DataSet.OF_150.id(), 200)) {
            Comparison comparison =
                    Comparison.of(ROUNDS + 2, ROUND.multipliedBy(2), firstReads(application, 1), statement);
            results.add(benchmark.byP50(comparison));
            results.addLatencies("collection of 150, first read", comparison.allMeasured());
            results.addLatencies("the statement of 150 alone", comparison.allBaseline());
        }
    }

    void readAgain() throws Exception {
        progress.show("collection of 150, read again");
        Benchmark benchmark = new Benchmark(
                "again",
                "collection of 150, read again unchanged",
                "requests per second",
                "its first read",
                Goal.atLeast(8));
        try (HttpConnection connection = new HttpConnection(application.address())) {
            connection.exchange(COLLECTION);
            connection.exchange(COLLECTION);
            if (!connection.header("X-Cache").equals("HIT")) {
                results.add(benchmark.notMeasured("the second response has no X-Cache: HIT"));
                return;
            }
        }
        Comparison comparison =
                Comparison.of(ROUNDS, ROUND, new LoadGenerator(application, 1, COLLECTION), firstReads(application, 1));
        results.add(benchmark.byRate(comparison));
        results.addLatencies("collection of 150, read again", comparison.allMeasured());
    }

    void naive() throws Exception {
        progress.show("collection of 150, one statement per row");
        Benchmark benchmark = new Benchmark(
                "naive",
                "collection of 150, one SQL statement per row",
                "p50 latency",
                "the application, read again unchanged",
                Goal.atLeast(30));
        try (Database database = Database.open(testBed.database(), 1)) {
            NaiveCollection naive = new NaiveCollection(database.jdbi(), DataSet.OF_150.id());
            naive.run(Duration.ofSeconds(3));
            Comparison comparison = Comparison.of(3, ROUND, naive, new LoadGenerator(application, 1, COLLECTION));
            double firstRead = firstReads(application, 1).run(ROUND).p50();
            results.add(benchmark
                    .byP50(comparison)
                    .withNote(Format.count(naive.statements()) + " statements instead of 1; "
                            + Format.ratio(comparison.measured(Latencies::p50) / firstRead)
                            + " times as long as a first read"));
            results.addLatencies("one statement per row", comparison.allMeasured());
        }
    }

    void deepPage() throws Exception {
        progress.show("a page deep in a collection of 10,000");
        Benchmark benchmark = new Benchmark(
                "cursor", "page at 9,850 of 10,000 by cursor", "p50 latency", "the first page", Goal.atMost(1.2));
        String items = DataSet.OF_10_000.path() + "/items";
        LoadGenerator firstPage = new LoadGenerator(application, 1, RawRequest.authorizedGet(items + "?limit=150"));
        RawRequest byCursor = RawRequest.authorizedGet(items + "?limit=150&cursor=" + cursorAt(items, 9850));
        RawRequest byOffset = RawRequest.authorizedGet(items + "?limit=150&offset=9850");
        Comparison comparison = Comparison.of(ROUNDS, ROUND, new LoadGenerator(application, 1, byCursor), firstPage);
        results.add(benchmark.byP50(comparison));
        Comparison offset = Comparison.of(3, ROUND, new LoadGenerator(application, 1, byOffset), firstPage);
        results.addLatencies("first page of 10,000", comparison.allBaseline());
        results.addLatencies("page at 9,850 by cursor", comparison.allMeasured());
        results.addLatencies("page at 9,850 by offset", offset.allMeasured());
    }

    /** Returns the cursor of the page that begins at {@code offset}, from the Link header of the page before. */
    private String cursorAt(String items, int offset) throws IOException {
        try (HttpConnection connection = new HttpConnection(application.address())) {
            connection.exchange(RawRequest.authorizedGet(items + "?limit=10&offset=" + (offset - 10)));
            String link = connection.header("Link");
            int from = link.indexOf("cursor=") + "cursor=".length();
            return link.substring(from).replaceFirst("[&>].*", "");
        }
    }
}
