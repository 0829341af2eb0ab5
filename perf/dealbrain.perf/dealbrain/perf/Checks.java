package dealbrain.perf;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.perf.Client.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.StreamSupport;

/** What must hold whatever the machine is: each a line, measured on a program whose profiler tells everything. */
final class Checks {
    private static final List<String> RELATIONS = List.of(
            "cpu",
            "gpu",
            "ports_profile",
            "active_profile",
            "ruleset",
            "ram_spec",
            "primary_storage_profile",
            "secondary_storage_profile");
    private static final int REPEATS = 300;
    private static final double SLOWEST_COLLECTION_MILLIS = 200;
    private static final double SLOWEST_SHARE_MILLIS = 20;
    private static final Map<String, String> SETTINGS = Map.of(
            "DEALBRAIN_ENV",
            "development",
            "DEALBRAIN_DEMO",
            "off",
            "DEALBRAIN_PROFILER",
            "full",
            "DEALBRAIN_REDIS_NAMESPACE",
            "checks");

    /** A check that found a fault. */
    private static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        Fault(String message) {
            super(message);
        }
    }

    private final Site site;
    private final Program service;
    private final Client client;

    Checks(Site site) throws IOException {
        this.site = site;
        this.service = site.service("checks", SETTINGS);
        this.client = new Client(service);
    }

    List<Check> all(Progress progress) throws IOException {
        progress.say("the four checks");
        List<Check> lines = List.of(
                check("Collection with 150 items", this::collection),
                check("Pagination working correctly", this::pagination),
                check("Redis caching working correctly", this::redis),
                check("Share retrieval performance excellent", this::share));
        client.close();
        service.close();
        List<Check> all = new ArrayList<>(lines);
        String reported = reported();
        if (!reported.isEmpty()) {
            all.add(new Check("No slow and no repeated statement", reported));
        }
        return all;
    }

    /** @param work returns what the line says behind its name */
    private static Check check(String name, Callable<String> work) {
        try {
            return new Check(name + work.call(), "");
        } catch (Exception e) {
            return new Check(name, e instanceof Fault ? String.valueOf(e.getMessage()) : e.toString());
        }
    }

    private static void require(boolean condition, String otherwise) throws Fault {
        if (!condition) {
            throw new Fault(otherwise);
        }
    }

    /** 150 items with every relation in one statement beside that for the token, however many they are, and under 200 ms. */
    private String collection() throws Exception {
        Answer answer = client.ask("GET", DataSet.OF_150.path(), "", 200);
        JsonNode items = answer.json().get("items");
        require(items.size() == 150, "there are " + items.size() + " items");
        for (JsonNode item : items) {
            for (String relation : RELATIONS) {
                require(item.at("/listing/" + relation).isObject(), "item " + item.get("id") + " has no " + relation);
            }
        }
        for (DataSet.Sized each : DataSet.ALL) {
            String count =
                    client.ask("GET", each.path() + "?limit=1000", "", 200).header("X-DB-Queries");
            require(count.equals("2"), "a collection of " + each.size() + " took " + count + " statements, not 2");
        }
        double millis = median(Ratios.COLLECTION);
        require(millis < SLOWEST_COLLECTION_MILLIS, String.format(Locale.ROOT, "took %.2fms", millis));
        return String.format(Locale.ROOT, ": %.2fms", millis);
    }

    private double median(Http request) throws IOException {
        Latencies latencies = new Latencies();
        try (Connection connection = new Connection(service.address())) {
            for (int i = 0; i < REPEATS; i++) {
                latencies.add(connection.exchange(request));
            }
        }
        return latencies.p50();
    }

    /** All pages, by offset and by cursor, are the whole, while somebody else puts items in and takes them out. */
    private String pagination() throws Exception {
        DataSet.Sized collection = DataSet.ALL.get(4);
        List<Long> whole = ids(client.ask("GET", collection.path() + "/items?limit=1000", "", 200));
        try (Meddler _ = new Meddler(client, collection, "")) {
            require(
                    pages(collection.path() + "/items?limit=70&offset=0", whole, 70)
                            .equals(whole),
                    "the pages by offset are not the whole");
        }
        try (Meddler _ = new Meddler(client, collection, ", \"position\": 0")) {
            require(
                    pages(collection.path() + "/items?limit=70", whole, 0).equals(whole),
                    "the pages by cursor are not the whole");
        }
        return "";
    }

    /** Reads page after page, each once, and leaves out what is not of the whole. By offset where there is a step, else as the links say. */
    private List<Long> pages(String first, List<Long> whole, int step) throws IOException {
        List<Long> found = new ArrayList<>();
        int offset = 0;
        for (String path = first; !path.isEmpty(); ) {
            Answer page = client.ask("GET", path, "", 200);
            found.addAll(ids(page));
            offset += step;
            path = step == 0 ? page.next() : page.json().isEmpty() ? "" : first.replace("offset=0", "offset=" + offset);
        }
        found.removeIf(id -> !whole.contains(id));
        return found;
    }

    private static List<Long> ids(Answer page) {
        return StreamSupport.stream(page.json().spliterator(), false)
                .map(item -> item.get("id").asLong())
                .toList();
    }

    /** Set by one program, got by another; deleted by a change, and by a pattern; and no request fails without Redis. */
    private String redis() throws Exception {
        String share = DataSet.sharePath(300);
        String key = "share:listing:300:" + DataSet.shareToken(300);
        Program other = site.service("checks-2", SETTINGS);
        try (RedisConnection redis = new RedisConnection(site.redisPort());
                Client second = new Client(other)) {
            require(client.ask("GET", share, "", 200).header("X-Cache").equals("MISS"), "the first read was no miss");
            require(client.ask("GET", share, "", 200).header("X-Cache").equals("HIT"), "the second read was no hit");
            String stored = redis.awaitKey("*" + key);
            require(!stored.isEmpty(), "Redis does not have " + key);
            require(redis.ask("EXISTS", stored).equals("1"), "Redis does not know " + stored);
            require(
                    second.ask("GET", share, "", 200).header("Cache-Status").contains("redis"),
                    "another program did not find it in Redis");
            client.ask("PATCH", "/api/v1/listings/300", "{\"price_usd\": 123.45}", 200);
            JsonNode changed = second.ask("GET", share, "", 200).json();
            require(changed.toString().contains("123.45"), "another program shows the page as it was before a change");
            client.ask("DELETE", "/api/v1/ops/cache?pattern=share:listing:300:*", "", 200);
            require(redis.ask("EXISTS", stored).equals("0"), "a deletion by pattern left " + stored);
            require(
                    second.ask("GET", share, "", 200).header("X-Cache").equals("MISS"),
                    "what was deleted by pattern was still found");
            withoutRedis(second, share);
        } finally {
            other.close();
        }
        return "";
    }

    private void withoutRedis(Client second, String share) throws IOException {
        for (int i = 0; i < 60; i++) {
            if (i == 20) {
                site.cutRedis();
            }
            if (i == 40) {
                site.restoreRedis();
            }
            client.ask("GET", i % 2 == 0 ? share : DataSet.sharePath(301 + i), "", 200);
            second.ask("GET", share, "", 200);
        }
    }

    /** One statement, and none when it is read again. */
    private String share() throws Exception {
        String path = DataSet.sharePath(500);
        String first = client.ask("GET", path, "", 200).header("X-DB-Queries");
        require(first.equals("1"), "the first read took " + first + " statements, not 1");
        String again = client.ask("GET", path, "", 200).header("X-DB-Queries");
        require(again.equals("0"), "the second read took " + again + " statements, not 0");
        double millis = median(Http.get(path));
        require(millis < SLOWEST_SHARE_MILLIS, String.format(Locale.ROOT, "took %.2fms", millis));
        return String.format(Locale.ROOT, " (%.2fms)", millis);
    }

    /** What the profiler said of slow and repeated statements; empty for nothing. */
    private static String reported() throws IOException {
        for (String log : List.of("checks", "checks-2")) {
            for (String line : Files.readString(Site.FOLDER.resolve(log + ".log"), StandardCharsets.UTF_8)
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
