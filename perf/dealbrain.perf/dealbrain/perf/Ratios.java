package dealbrain.perf;

import dealbrain.database.Database;
import dealbrain.perf.Result.Goal;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The rows of the table, each measured on both sides in turn. */
final class Ratios {
    static final Http COLLECTION = Http.mine(DataSet.OF_150.path());

    private static final List<Integer> CONCURRENCY = List.of(1, 8, 32);
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofSeconds(1);

    private final Site site;
    private final Program service;
    private final Program floor;
    private final Progress progress;
    private final List<Result> results = new ArrayList<>();
    private final AtomicInteger missed = new AtomicInteger(200); // the program warms its cache with the first hundred
    private final Map<String, Latencies> distributions = new LinkedHashMap<>();

    Ratios(Site site, Program service, Program floor, Progress progress) {
        this.site = site;
        this.service = service;
        this.floor = floor;
        this.progress = progress;
    }

    /** One of those below, which adds its results. */
    private interface Row {
        void measure() throws Exception;
    }

    /** @param only the names of the rows to measure; of all when there are none */
    List<Result> all(Set<String> only) throws Exception {
        Map<String, Row> rows = rows();
        if (!rows.keySet().containsAll(only)) {
            throw new IllegalArgumentException("the rows are " + String.join(", ", rows.keySet()));
        }
        warmUp();
        for (Map.Entry<String, Row> row : rows.entrySet()) {
            if (only.isEmpty() || only.contains(row.getKey())) {
                row.getValue().measure();
            }
        }
        return results;
    }

    private Map<String, Row> rows() {
        Map<String, Row> rows = new LinkedHashMap<>();
        rows.put("hit", this::hit);
        rows.put("miss", this::miss);
        rows.put("collection", this::collection);
        rows.put("again", this::again);
        rows.put("naive", this::naive);
        rows.put("cursor", this::lastPage);
        rows.put("profiler", this::profiler);
        rows.put("bulk", this::bulk);
        rows.put("views", this::views);
        return rows;
    }

    /** What the rows saw, by name, for the charts. */
    Map<String, Latencies> distributions() {
        return distributions;
    }

    private Side load(Program program, int connections, Http request) {
        return new Load(program.address(), connections, request)::run;
    }

    /** The machine compiles what is hot only after thousands of requests. */
    private void warmUp() throws Exception {
        progress.say("warming up");
        firstReads(service, 8).run(Duration.ofSeconds(15));
        load(service, 8, Http.get(DataSet.sharePath(1))).run(Duration.ofSeconds(5));
        new Load(service.address(), 8, this::unknownShare).run(Duration.ofSeconds(25));
        load(floor, 8, fixedBody("2000", 100)).run(Duration.ofSeconds(3));
    }

    /** A share that nobody asked for yet. */
    private Http unknownShare(int number) {
        int next = missed.incrementAndGet();
        if (next > DataSet.ALL_SHARES) {
            throw new IllegalStateException("there were not enough shares for so many misses, after " + number);
        }
        return Http.get(DataSet.sharePath(next));
    }

    private void hit() throws Exception {
        Http request = Http.get(DataSet.sharePath(1));
        String cache;
        String length;
        try (Connection connection = new Connection(service.address())) {
            connection.exchange(request);
            connection.exchange(request);
            cache = connection.header("X-Cache");
            length = connection.header("Content-Length");
        }
        for (int connections : CONCURRENCY) {
            progress.say("shared page, hit, " + connections + " connections");
            String name = "shared page, hit, " + connections + (connections == 1 ? " connection" : " connections");
            String against = "the same JDK server, a fixed body of " + length + " bytes";
            Goal throughput = Goal.atLeast(0.9);
            if (!cache.equals("HIT")) {
                results.add(Result.notAvailable(name, against, throughput, "the answer does not say X-Cache: HIT"));
                continue;
            }
            Metered ours = new Metered(service, load(service, connections, request));
            Metered bare = new Metered(
                    floor,
                    load(
                            floor,
                            connections,
                            fixedBody(length, DataSet.sharePath(1).length())));
            Interleaved measured = Interleaved.of(ROUNDS, ROUND, ours, bare);
            results.add(new Result(
                    name + ": requests a second",
                    against,
                    throughput,
                    measured.ratio(Latencies::perSecond),
                    perSecond(measured.a(Latencies::perSecond), measured.b(Latencies::perSecond))
                            + String.format(
                                    Locale.ROOT,
                                    ", by %.0f to %.0f µs of processor time",
                                    ours.microseconds(),
                                    bare.microseconds())));
            results.add(new Result(
                    name + ": p99",
                    against,
                    Goal.atMost(1.5),
                    measured.ratio(Latencies::p99),
                    Result.millis(measured.a(Latencies::p99)) + " to " + Result.millis(measured.b(Latencies::p99))));
            distributions.put("shared page, hit, " + connections, measured.allOfA());
            distributions.put("fixed body, " + connections, measured.allOfB());
        }
    }

    /** What the floor answers by a body of that length, by an address as long as ours: the JDK's server reads it a character at a time. */
    private static Http fixedBody(String length, int addressLength) {
        String path = "/" + length + "/";
        return Http.get(path + "x".repeat(addressLength - path.length()));
    }

    /** Each request another share, so that none is kept. */
    private void miss() throws Exception {
        progress.say("shared page, miss");
        Load load = new Load(service.address(), 1, this::unknownShare);
        try (BareStatement bare = BareStatement.shares(site.database())) {
            Interleaved measured = Interleaved.of(ROUNDS, ROUND, load::run, bare::run);
            results.add(new Result(
                    "shared page, miss: p50",
                    "its statement by raw pgjdbc, read into records",
                    Goal.atMost(2),
                    measured.ratio(Latencies::p50),
                    p50(measured)));
            distributions.put("shared page, miss", measured.allOfA());
            distributions.put("its statement alone", measured.allOfB());
        }
    }

    /** By a page size that differs each time, as it does not change what is shown: no kept body can be it, until those are pushed out again. */
    static Load firstReads(Program program, int connections) {
        AtomicInteger next = new AtomicInteger();
        return new Load(
                program.address(),
                connections,
                _ -> Http.mine(DataSet.OF_150.path() + "?limit=" + (150 + next.getAndIncrement() % 851)));
    }

    private void collection() throws Exception {
        progress.say("collection of 150, first read");
        try (BareStatement bare = BareStatement.collection(site.database(), DataSet.OF_150.id(), 200)) {
            Interleaved measured =
                    Interleaved.of(ROUNDS + 2, ROUND.multipliedBy(2), firstReads(service, 1)::run, bare::run);
            results.add(new Result(
                    "collection of 150, first read, whole request: p50",
                    "its statement by raw pgjdbc, read into records by index",
                    Goal.atMost(1.8),
                    measured.ratio(Latencies::p50),
                    p50(measured)));
            distributions.put("collection of 150, first read", measured.allOfA());
            distributions.put("the statement of 150 alone", measured.allOfB());
        }
    }

    private void again() throws Exception {
        progress.say("collection of 150, read again");
        String name = "collection of 150, read again unchanged: requests a second";
        Goal goal = Goal.atLeast(8);
        try (Connection connection = new Connection(service.address())) {
            connection.exchange(COLLECTION);
            connection.exchange(COLLECTION);
            if (!connection.header("X-Cache").equals("HIT")) {
                results.add(Result.notAvailable(
                        name, "its first read", goal, "the second answer does not say X-Cache: HIT"));
                return;
            }
        }
        Interleaved measured = Interleaved.of(ROUNDS, ROUND, load(service, 1, COLLECTION), firstReads(service, 1)::run);
        results.add(new Result(
                name,
                "its first read",
                goal,
                measured.ratio(Latencies::perSecond),
                perSecond(measured.a(Latencies::perSecond), measured.b(Latencies::perSecond))));
        distributions.put("collection of 150, read again", measured.allOfA());
    }

    private void naive() throws Exception {
        progress.say("the naive way");
        try (Database database = Database.open(site.database(), 1)) {
            NaiveCollection naive = new NaiveCollection(database.jdbi());
            Side side = naive.of(DataSet.OF_150.id());
            side.run(Duration.ofSeconds(3));
            Interleaved measured = Interleaved.of(3, ROUND, side, load(service, 1, COLLECTION));
            results.add(new Result(
                    "collection of 150, the naive way: p50",
                    "as it is read, whole request",
                    Goal.atLeast(30),
                    measured.ratio(Latencies::p50),
                    p50(measured) + "; " + naive.statements() + " statements to 1; a first read is "
                            + Result.number(measured.a(Latencies::p50)
                                    / firstReads(service, 1).run(ROUND).p50()) + " times faster than it"));
            distributions.put("the naive way", measured.allOfA());
        }
    }

    private void lastPage() throws Exception {
        progress.say("a page far behind");
        String items = DataSet.OF_10_000.path() + "/items";
        String cursor = cursorAt(items, 9850);
        Interleaved measured = Interleaved.of(
                ROUNDS,
                ROUND,
                load(service, 1, Http.mine(items + "?limit=150&cursor=" + cursor)),
                load(service, 1, Http.mine(items + "?limit=150")));
        results.add(new Result(
                "page at 9,850 of 10,000 by cursor: p50",
                "the first page",
                Goal.atMost(1.2),
                measured.ratio(Latencies::p50),
                p50(measured)));
        Interleaved byOffset = Interleaved.of(
                3,
                ROUND,
                load(service, 1, Http.mine(items + "?limit=150&offset=9850")),
                load(service, 1, Http.mine(items + "?limit=150")));
        distributions.put("first page of 10,000", measured.allOfB());
        distributions.put("page at 9,850 by cursor", measured.allOfA());
        distributions.put("page at 9,850 by offset", byOffset.allOfA());
    }

    /** The cursor of the page that begins there: from the header of the page that ends there. */
    private String cursorAt(String items, int offset) throws IOException {
        try (Connection connection = new Connection(service.address())) {
            connection.exchange(Http.mine(items + "?limit=10&offset=" + (offset - 10)));
            String link = connection.header("Link");
            int from = link.indexOf("cursor=") + 7;
            return link.substring(from, Math.min(until(link, '&', from), until(link, '>', from)));
        }
    }

    private static int until(String text, char end, int from) {
        int at = text.indexOf(end, from);
        return at < 0 ? text.length() : at;
    }

    /** Beside another program with the profiler off: by how much two of the same differ, no ratio here can be trusted to less. */
    private void profiler() throws Exception {
        progress.say("the cost of the profiler");
        try (Program off = profiled("off", "off");
                Program full = profiled("full", "full");
                Program count = profiled("count", "count");
                Program same = profiled("off-too", "off")) {
            List<Side> sides = Stream.of(full, count, same)
                    .<Side>map(program -> firstReads(program, 1)::run)
                    .toList();
            List<Interleaved> measured =
                    Interleaved.inBlocks(ROUNDS, 14, ROUND.dividedBy(6), sides, firstReads(off, 1)::run);
            Spread noise = measured.get(2).ratio(Latencies::p50);
            results.add(profiled("full", 1.05, measured.get(0), noise));
            results.add(profiled("count", 1.01, measured.get(1), noise));
        }
    }

    private static Result profiled(String mode, double goal, Interleaved measured, Spread noise) {
        return new Result(
                "collection of 150, first read, with the profiler in " + mode + ": p50",
                "with the profiler off",
                Goal.atMost(goal),
                measured.ratio(Latencies::p50),
                p50(measured) + "; another program with it off: " + Result.number(noise.median()) + " ("
                        + Result.number(noise.low()) + " to " + Result.number(noise.high()) + ")");
    }

    private Program profiled(String name, String mode) throws Exception {
        Program program = site.service("profiler-" + name, Map.of("DEALBRAIN_PROFILER", mode));
        firstReads(program, 8).run(Duration.ofSeconds(9));
        return program;
    }

    private void bulk() throws Exception {
        progress.say("1,000 listings in bulk");
        AtomicInteger number = new AtomicInteger(1_000_000);
        Side bulk = _ -> timed(2, () -> {
            StringBuilder listings = new StringBuilder();
            for (int i = 0; i < 500; i++) {
                listings.append(i == 0 ? "" : ",").append(DataSet.listing(number.incrementAndGet()));
            }
            return Http.post("/api/v1/listings/bulk", "{\"listings\":[" + listings + "]}");
        });
        Side single = _ -> timed(1000, () -> Http.post("/api/v1/listings", DataSet.listing(number.incrementAndGet())));
        for (int i = 0;
                i < 10;
                i++) { // the compiler knows single adds after the first thousand, and bulk adds after twenty
            bulk.run(Duration.ZERO);
        }
        Interleaved measured = Interleaved.of(5, Duration.ZERO, single, bulk);
        results.add(new Result(
                "1,000 listings by single adds: time",
                "in bulk, two calls of 500",
                Goal.atLeast(20),
                measured.ratio(Latencies::p50),
                p50(measured)));
    }

    /** So many requests one after the other, as one. */
    private Latencies timed(int count, Supplier<Http> requests) throws IOException {
        Latencies latencies = new Latencies();
        try (Connection connection = new Connection(service.address())) {
            long start = System.nanoTime();
            for (int i = 0; i < count; i++) {
                connection.exchange(requests.get());
                if (connection.status() != 201) {
                    throw new IOException("an add was answered by " + connection.status());
                }
            }
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    private void views() throws Exception {
        progress.say("counting views");
        try (Program counting = site.own(CountingServer.class)) {
            load(counting, 32, Http.get("/counted")).run(Duration.ofSeconds(3));
            load(counting, 32, Http.get("/plain")).run(Duration.ofSeconds(3));
            Interleaved measured = Interleaved.of(
                    ROUNDS + 2,
                    ROUND,
                    load(counting, 32, Http.get("/counted")),
                    load(counting, 32, Http.get("/plain")));
            results.add(new Result(
                    "one hot page that counts its views, 32 connections: requests a second",
                    "the same page without counting",
                    Goal.atLeast(0.97),
                    measured.ratio(Latencies::perSecond),
                    perSecond(measured.a(Latencies::perSecond), measured.b(Latencies::perSecond))));
        }
    }

    private static String p50(Interleaved measured) {
        return Result.millis(measured.a(Latencies::p50)) + " to " + Result.millis(measured.b(Latencies::p50));
    }

    private static String perSecond(double a, double b) {
        return String.format(Locale.ROOT, "%,.0f to %,.0f a second", a, b);
    }
}
