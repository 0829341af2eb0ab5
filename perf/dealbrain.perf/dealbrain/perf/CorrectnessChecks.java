package dealbrain.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.perf.ApiClient.Response;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;

/**
 * Checks of behaviour and absolute limits that any machine must meet. The application runs in development mode with the
 * profiler in full, so that responses have {@code X-DB-Queries} and the log names slow and repeated statements.
 */
final class CorrectnessChecks {
    private static final List<String> RELATIONS = List.of(
            "cpu",
            "gpu",
            "ports_profile",
            "active_profile",
            "ruleset",
            "ram_spec",
            "primary_storage_profile",
            "secondary_storage_profile");
    private static final int REPETITIONS = 300;
    private static final double MAX_COLLECTION_MILLIS = 200;
    private static final double MAX_SHARE_MILLIS = 20;
    private static final String FIRST = "checks";
    private static final String SECOND = "checks-2";
    private static final Map<String, String> SETTINGS = Map.of(
            "DEALBRAIN_ENV",
            "development",
            "DEALBRAIN_DEMO",
            "off",
            "DEALBRAIN_PROFILER",
            "full",
            "DEALBRAIN_REDIS_NAMESPACE",
            "checks");

    /** Thrown by a check that failed. */
    private static final class CheckException extends Exception {
        private static final long serialVersionUID = 1;

        CheckException(String message) {
            super(message);
        }
    }

    private final TestBed testBed;
    private final ServerProcess application;
    private final ApiClient client;

    CorrectnessChecks(TestBed testBed) throws IOException {
        this.testBed = testBed;
        this.application = testBed.startApplication(FIRST, SETTINGS);
        this.client = new ApiClient(application);
    }

    List<CheckResult> run(Progress progress) throws IOException {
        progress.show("four checks");
        List<CheckResult> results = new ArrayList<>();
        results.add(check("Collection with 150 items", this::collection));
        results.add(check("Pagination", this::pagination));
        results.add(check("Redis caching", this::redis));
        results.add(check("Share retrieval", this::share));
        client.close();
        application.close();
        String warning = profilerWarning();
        if (!warning.isEmpty()) {
            results.add(new CheckResult(false, "The profiler reported a slow or repeated statement: " + warning));
        }
        return results;
    }

    /** @param check returns the rest of the line of a passed check */
    private static CheckResult check(String name, Callable<String> check) {
        try {
            return new CheckResult(true, name + check.call());
        } catch (CheckException e) {
            return new CheckResult(false, name + ": " + e.getMessage());
        } catch (Exception e) {
            return new CheckResult(false, name + ": " + e);
        }
    }

    private static void require(boolean condition, String otherwise) throws CheckException {
        if (!condition) {
            throw new CheckException(otherwise);
        }
    }

    /**
     * Checks that a collection of 150 has all items with all relations, in one statement after the one for the token.
     * Collections of other sizes take the same number of statements. The median time is below 200 ms.
     */
    private String collection() throws Exception {
        JsonNode items = client.get(DataSet.OF_150.path()).json().get("items");
        require(items.size() == 150, "has " + items.size() + " items instead of 150");
        for (JsonNode item : items) {
            for (String relation : RELATIONS) {
                require(item.at("/listing/" + relation).isObject(), "item " + item.get("id") + " has no " + relation);
            }
        }
        for (DataSet.SizedCollection collection : DataSet.COLLECTIONS) {
            String count = client.get(collection.path() + "?limit=1000").header("X-DB-Queries");
            require(
                    count.equals("2"),
                    "a collection of " + collection.size() + " took " + count + " statements instead of 2");
        }
        return ": " + medianBelow(MAX_COLLECTION_MILLIS, CollectionBenchmarks.COLLECTION);
    }

    private String medianBelow(double maxMillis, RawRequest request) throws IOException, CheckException {
        Latencies latencies = new Latencies();
        try (HttpConnection connection = new HttpConnection(application.address())) {
            for (int i = 0; i < REPETITIONS; i++) {
                latencies.add(connection.exchange(request));
            }
        }
        String median = String.format(Locale.ROOT, "%.2fms", latencies.p50());
        require(latencies.p50() < maxMillis, "took " + median + ", the limit is " + maxMillis + " ms");
        return median;
    }

    /** Pages by offset and by cursor return every item exactly once while another client adds and removes items. */
    private String pagination() throws Exception {
        String items = DataSet.OF_1000.path() + "/items";
        List<Long> all = ids(client.get(items + "?limit=1000"));
        try (ConcurrentEditor _ = new ConcurrentEditor(client, DataSet.OF_1000, "")) {
            List<Long> found = pagesByOffset(items, 70);
            found.retainAll(all);
            require(found.equals(all), "the pages by offset do not have every item once");
        }
        try (ConcurrentEditor _ = new ConcurrentEditor(client, DataSet.OF_1000, ", \"position\": 0")) {
            List<Long> found = pagesByCursor(items, 70);
            found.retainAll(all);
            require(found.equals(all), "the pages by cursor do not have every item once");
        }
        return " working correctly";
    }

    private List<Long> pagesByOffset(String items, int limit) throws IOException {
        List<Long> found = new ArrayList<>();
        List<Long> page = ids(client.get(items + "?limit=" + limit + "&offset=0"));
        for (int offset = limit; !page.isEmpty(); offset += limit) {
            found.addAll(page);
            page = ids(client.get(items + "?limit=" + limit + "&offset=" + offset));
        }
        return found;
    }

    private List<Long> pagesByCursor(String items, int limit) throws IOException {
        List<Long> found = new ArrayList<>();
        for (String url = items + "?limit=" + limit; !url.isEmpty(); ) {
            Response page = client.get(url);
            found.addAll(ids(page));
            url = page.nextPage();
        }
        return found;
    }

    private static List<Long> ids(Response page) {
        return StreamSupport.stream(page.json().spliterator(), false)
                .map(item -> item.get("id").asLong())
                .toList();
    }

    /**
     * Checks that a page cached by one instance is read from Redis by another. A change and a deletion by pattern
     * remove it for both. No request fails while Redis is down.
     */
    private String redis() throws Exception {
        String share = DataSet.sharePath(300);
        String key = "share:listing:300:" + DataSet.shareToken(300);
        ServerProcess other = testBed.startApplication(SECOND, SETTINGS);
        try (RedisConnection redis = new RedisConnection(testBed.redisPort());
                ApiClient second = new ApiClient(other)) {
            require(client.get(share).header("X-Cache").equals("MISS"), "the first read was not a cache miss");
            require(client.get(share).header("X-Cache").equals("HIT"), "the second read was not a cache hit");
            String stored = redis.awaitKey("*" + key);
            require(!stored.isEmpty(), "Redis does not have the key " + key);
            require(redis.call("EXISTS", stored).equals("1"), "Redis does not have the key " + stored);
            require(
                    second.get(share).header("Cache-Status").contains("redis"),
                    "another instance did not read the page from Redis");
            client.send("PATCH", "/api/v1/listings/300", "{\"price_usd\": 123.45}", 200);
            require(
                    second.get(share).json().toString().contains("123.45"),
                    "another instance returned a stale page after a change");
            client.send("DELETE", "/api/v1/ops/cache?pattern=share:listing:300:*", "", 200);
            require(redis.call("EXISTS", stored).equals("0"), "a deletion by pattern did not delete " + stored);
            require(
                    second.get(share).header("X-Cache").equals("MISS"),
                    "another instance still had the page after a deletion by pattern");
            readWhileRedisIsDown(second, share);
        } finally {
            other.close();
        }
        return " working correctly";
    }

    /** Reads from both instances 20 times each before, during and after an outage of Redis. */
    private void readWhileRedisIsDown(ApiClient second, String share) throws IOException {
        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                testBed.killRedis();
            }
            if (i == 40) {
                testBed.restartRedis();
            }
            client.get(i % 2 == 0 ? share : DataSet.sharePath(301 + i));
            second.get(share);
        }
    }

    /** Checks that the first read of a share takes one statement, the second none. The median time is below 20 ms. */
    private String share() throws Exception {
        String path = DataSet.sharePath(500);
        String first = client.get(path).header("X-DB-Queries");
        require(first.equals("1"), "the first read took " + first + " statements instead of 1");
        String again = client.get(path).header("X-DB-Queries");
        require(again.equals("0"), "the second read took " + again + " statements instead of 0");
        return " working correctly: " + medianBelow(MAX_SHARE_MILLIS, RawRequest.get(path));
    }

    /** Returns the first log line of the profiler about a slow or repeated statement, or an empty text. */
    private static String profilerWarning() throws IOException {
        for (String log : List.of(FIRST, SECOND)) {
            for (String line : Files.readString(TestBed.FOLDER.resolve(log + ".log"), StandardCharsets.UTF_8)
                    .lines()
                    .toList()) {
                if (line.contains("slow_query") || line.contains("n_plus_one_warning")) {
                    return line;
                }
            }
        }
        return "";
    }
}
