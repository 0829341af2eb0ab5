package dealbrain.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.database.DatabaseUrl;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Measures what the number of stored listings costs: the same requests to instances with databases of several sizes,
 * one request at a time, in turn.
 */
final class StoredBenchmark implements AutoCloseable {
    /** The numbers of listings. */
    static final List<Integer> SIZES = List.of(10_000, 100_000, 1_000_000);

    private static final Duration WARM_UP = Duration.ofSeconds(30);
    /** Coprime to the number of requests, so that the warm-up soon has had some of each kind. */
    private static final int STEP = 101;

    private static final int ROUNDS = 40;
    /** The rounds end earlier than {@link #ROUNDS} when they take longer than {@link #LIMIT}. */
    private static final int MIN_ROUNDS = 3;

    private static final Duration LIMIT = Duration.ofMillis(1500);

    private final TestBed testBed;
    private final Progress progress;
    private final List<StoredInstance> instances = new ArrayList<>();

    StoredBenchmark(TestBed testBed, Progress progress) {
        this.testBed = testBed;
        this.progress = progress;
    }

    /** Loads the databases and measures all requests. One that fails does not end the run. */
    StoredReport run() throws SQLException, IOException {
        Map<Integer, DatabaseUrl> databases = new LinkedHashMap<>();
        for (int listings : SIZES) {
            progress.show("loading " + Format.count(listings) + " listings");
            databases.put(listings, load(listings));
        }
        for (Map.Entry<Integer, DatabaseUrl> database : databases.entrySet()) {
            instances.add(StoredInstance.start(testBed, database.getValue(), database.getKey()));
        }
        List<StoredRequest> requests =
                StoredRequests.all(orders(instances.getFirst().openApi()));
        warmUp(requests);
        List<StoredResult> results = new ArrayList<>();
        List<String> failures = new ArrayList<>();
        for (StoredRequest request : requests) {
            progress.show(request.kind() + ": " + request.subject());
            try {
                measure(request).ifPresent(results::add);
            } catch (IOException e) {
                failures.add("request failed: " + request.name() + ": " + e.getMessage());
            }
        }
        return new StoredReport(LocalDate.now(ZoneOffset.UTC), results, failures);
    }

    private DatabaseUrl load(int listings) throws SQLException, IOException {
        DatabaseUrl database = testBed.createDatabase(name(listings));
        DataSet.load(database, "stored.sql", "SET perf.listings = " + listings + ";\n");
        return database;
    }

    private static String name(int listings) {
        return "stored_" + listings;
    }

    /** Returns the values of the parameter {@code sort}, by the path of the list. */
    private static Map<String, List<String>> orders(JsonNode openApi) {
        Map<String, List<String>> orders = new HashMap<>();
        for (Map.Entry<String, JsonNode> path : openApi.path("paths").properties()) {
            for (JsonNode parameter : path.getValue().at("/get/parameters")) {
                if (parameter.path("name").asText().equals("sort")) {
                    JsonNode schema =
                            openApi.at(parameter.at("/schema/$ref").asText().substring(1));
                    orders.put(
                            path.getKey(),
                            schema.path("enum")
                                    .valueStream()
                                    .map(JsonNode::asText)
                                    .toList());
                }
            }
        }
        return orders;
    }

    private void warmUp(List<StoredRequest> requests) throws IOException {
        progress.show("warm-up");
        List<RawRequest> warmUp = requests.stream()
                .filter(request -> !request.following())
                .map(request -> RawRequest.authorizedGet(request.paths().getLast()))
                .toList();
        for (StoredInstance instance : instances) {
            instance.connect();
        }
        long start = System.nanoTime();
        for (int i = 0; System.nanoTime() - start < WARM_UP.toNanos(); i++) {
            for (StoredInstance instance : instances) {
                instance.send(warmUp.get(i * STEP % warmUp.size()));
            }
        }
    }

    /** Returns an empty value if the request has no page in the largest data set. */
    private Optional<StoredResult> measure(StoredRequest request) throws IOException {
        Map<StoredInstance, StoredInstance.Page> pages = new LinkedHashMap<>();
        for (StoredInstance instance : instances) {
            instance.find(request).ifPresent(page -> pages.put(instance, page));
        }
        return pages.containsKey(instances.getLast())
                ? Optional.of(new StoredResult(request, measure(pages)))
                : Optional.empty();
    }

    private static SortedMap<Integer, StoredResult.Measured> measure(Map<StoredInstance, StoredInstance.Page> pages)
            throws IOException {
        SortedMap<Integer, StoredResult.Measured> measured = new TreeMap<>();
        for (Map.Entry<StoredInstance, StoredInstance.Page> page : pages.entrySet()) {
            page.getKey().connect();
            page.getKey().send(page.getValue().request(0));
            measured.put(
                    page.getKey().listings(),
                    new StoredResult.Measured(new Latencies(), page.getValue().rows()));
        }
        long end = System.nanoTime() + LIMIT.toNanos();
        for (int i = 0; i < MIN_ROUNDS || (i < ROUNDS && System.nanoTime() < end); i++) {
            for (Map.Entry<StoredInstance, StoredInstance.Page> page : pages.entrySet()) {
                long nanos = page.getKey().send(page.getValue().request(i + 1));
                Objects.requireNonNull(measured.get(page.getKey().listings()))
                        .latencies()
                        .add(nanos);
            }
        }
        return measured;
    }

    @Override
    public void close() throws SQLException, IOException {
        for (StoredInstance instance : instances) {
            instance.close();
        }
        for (int listings : SIZES) {
            testBed.dropDatabase(name(listings));
        }
    }
}
