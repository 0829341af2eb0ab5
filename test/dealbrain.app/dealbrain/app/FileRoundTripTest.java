package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What can be stored can be exported, and what was exported can be imported, at each limit. */
class FileRoundTripTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static Api ada;

    @BeforeAll
    static void signUp() {
        ada = application.api().signUp("ada");
    }

    private static String id(Response created) {
        assertEquals(201, created.status(), created::text);
        return created.json().path("id").asText();
    }

    /** Creates a collection of new listings, {@code batch} at a time; each has these attributes. */
    private static String collectionOf(int count, int batch, String attributes) {
        String collection = id(ada.post("/api/v1/collections", "{\"name\": \"source\"}"));
        String listing = "{\"title\": \"PC\", \"attributes\": " + attributes + "}";
        for (int from = 0; from < count; from += batch) {
            String listings = IntStream.range(0, batch).mapToObj(_ -> listing).collect(Collectors.joining(", "));
            Response created = ada.post("/api/v1/listings/bulk", "{\"listings\": [" + listings + "]}");
            assertEquals(201, created.status(), created::text);
            ada.post(
                    "/api/v1/collections/" + collection + "/items/bulk",
                    "{\"listing_ids\": " + created.json().path("ids") + "}");
        }
        return collection;
    }

    /** Returns the files of an export. */
    private static List<Response> export(String collection) {
        List<Response> files = new ArrayList<>();
        String cursor = "";
        do {
            Response file = ada.get("/api/v1/collections/" + collection + "/export?format=json" + cursor);
            assertEquals(200, file.status(), file::text);
            files.add(file);
            cursor = "&cursor=" + file.json().path("next").asText();
        } while (files.getLast().json().has("next"));
        return files;
    }

    /** Imports files into one new collection, and returns its id. */
    private static String importAll(List<Response> files) {
        String collection =
                id(ada.post("/api/v1/collections/import", files.getFirst().text()));
        for (Response file : files.subList(1, files.size())) {
            Response appended = ada.post("/api/v1/collections/import?collection_id=" + collection, file.text());
            assertEquals(collection, id(appended));
        }
        return collection;
    }

    private static List<JsonNode> items(List<Response> files) {
        List<JsonNode> items = new ArrayList<>();
        files.forEach(file -> file.json().path("items").forEach(items::add));
        return items;
    }

    private static void assertRoundTrip(String collection, int items, int files) {
        List<Response> exported = export(collection);
        assertEquals(files, exported.size());
        assertEquals(items, items(exported).size());
        String imported = importAll(exported);
        assertEquals(items(exported), items(export(imported)));
        int last = Math.max(0, items - 3);
        List<Integer> positions = new ArrayList<>();
        ada.get("/api/v1/collections/" + imported + "/items?offset=" + last)
                .json()
                .forEach(item -> positions.add(item.path("position").asInt()));
        assertEquals(IntStream.range(last, items).boxed().toList(), positions);
    }

    @Test
    void takesThousandsOfSmallItemsInOneFile() {
        assertRoundTrip(collectionOf(1500, 500, "{}"), 1500, 1);
    }

    @Test
    void splitsAnExportOfManyBytes() {
        String attributes = "{\"k\": \"" + "\uD83D\uDE00".repeat(8000) + "\"}";
        assertRoundTrip(collectionOf(300, 20, attributes), 300, 2);
    }

    @Test
    void splitsAnExportOfManyValues() {
        String attributes = "{\"k\": [" + "1,".repeat(8000) + "1]}";
        assertRoundTrip(collectionOf(40, 20, attributes), 40, 2);
    }

    @Test
    void appendsOnlyToAnOwnCollection() {
        Api bob = application.api().signUp("bob");
        String mine = id(ada.post("/api/v1/collections", "{\"name\": \"mine\"}"));
        String file = "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"f\", \"items\": []}";

        Response refused = bob.post("/api/v1/collections/import?collection_id=" + mine, file);
        assertEquals(422, refused.status());
        assertEquals(
                "collection_id must be the id of one of your collections, was " + mine,
                refused.json().path("detail").asText());
    }

    @Test
    void skipsListingsThatTheCollectionContains() {
        String cpu = "{\"title\": \"A\", \"marketplace\": \"m\", \"vendor_item_id\": \"";
        String file =
                "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"f\", \"items\": [{\"listing\": "
                        + cpu + "1\"}}, {\"listing\": " + cpu + "2\"}}]}";
        String collection = id(ada.post("/api/v1/collections/import", file));
        String more = file.replace("\"1\"", "\"3\"");

        Response appended = ada.post("/api/v1/collections/import?collection_id=" + collection, more);
        assertEquals(3, appended.json().path("item_count").asInt(), appended::text);
    }

    private static String nested(int levels) {
        return "{\"a\": ".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    }

    @Test
    void takesTheDeepestAttributesThatCanBeStored() {
        String cpu = id(ada.post("/api/v1/catalog/cpus", "{\"name\": \"deep\", \"attributes\": " + nested(32) + "}"));
        String listing = id(ada.post(
                "/api/v1/listings",
                "{\"title\": \"deep\", \"cpu_id\": " + cpu + ", \"attributes\": " + nested(32) + "}"));
        String collection = id(ada.post("/api/v1/collections", "{\"name\": \"deep\"}"));
        ada.post("/api/v1/collections/" + collection + "/items", "{\"listing_id\": " + listing + "}");

        assertRoundTrip(collection, 1, 1);
    }

    @Test
    void storesNoDeeperAttributesAnywhere() {
        String deep = "{\"title\": \"d\", \"attributes\": " + nested(33) + "}";
        Map<String, String> bodies = Map.of(
                "/api/v1/listings",
                deep,
                "/api/v1/listings/bulk",
                "{\"listings\": [" + deep + "]}",
                "/api/v1/catalog/cpus",
                deep.replace("title", "name"),
                "/api/v1/catalog/gpus",
                deep.replace("title", "name"),
                "/api/v1/collections/import",
                "{\"format\": \"dealbrain-collection\", \"version\": 1, \"name\": \"f\", \"items\": [{\"listing\": "
                        + deep + "}]}");
        bodies.forEach((path, body) -> {
            Response refused = ada.post(path, body);
            assertEquals(422, refused.status(), path);
            assertTrue(
                    refused.json().path("detail").asText().endsWith("must not nest deeper than 32 levels, was 33"),
                    refused::text);
        });
    }

    @Test
    void keepsTextsAndNumbersAsTheyAre() {
        String attributes = "{\"long\": 12345678901234567890.123456789, \"zero\": -0.0, \"two\": 1.10,"
                + " \"text\": \"\\u0001 \\u2028 \uD83D\uDE00\", \"\": 1, \"a/b~\": 2}";
        String collection = collectionOf(1, 1, attributes);

        List<Response> exported = export(collection);
        assertFalse(exported.getFirst().json().has("next"));
        assertEquals(
                exported.getFirst().text().replace("\"source\"", "\"n\""),
                export(importAll(exported)).getFirst().text().replace("\"source\"", "\"n\""));
    }
}
