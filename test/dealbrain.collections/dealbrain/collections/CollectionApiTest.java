package dealbrain.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.accounts.Authentication;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.catalog.Catalog;
import dealbrain.http.Router;
import dealbrain.listings.Listings;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.ApiServer;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import dealbrain.views.Views;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollectionApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final ApiServer server = new ApiServer(database, CollectionApiTest::addRoutes);

    private final Api anonymous = server.api();
    private Api ada;
    private Api bob;

    private static void addRoutes(Router router, Jdbi jdbi, Authentication authentication, Cache cache) {
        new Listings(jdbi, authentication, new Catalog(jdbi, authentication)).routes(router);
        new DealCollections(jdbi, authentication, cache, PageSource.of(jdbi), new Views(jdbi, _ -> {})).routes(router);
    }

    @BeforeEach
    void signUp() {
        ada = anonymous.signUp("ada-" + unique());
        bob = anonymous.signUp("bob-" + unique());
    }

    private static String unique() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    @Test
    void addsListingsInBulkAndSkipsDuplicates() {
        String path = collectionOf(2);
        long present = ada.get(path).json().at("/items/0/listing_id").asLong();
        long other = ada.post("/api/v1/listings", "{\"title\": \"other\"}")
                .json()
                .path("id")
                .asLong();

        Response added =
                ada.post(path + "/items/bulk", "{\"listing_ids\": [" + present + ", " + other + ", " + other + "]}");

        assertEquals("{\"added\":1,\"skipped\":2}\n", added.text());
    }

    @Test
    void keepsTheEntityTagUntilAnItemChanges() {
        String path = collectionOf(2);
        Response first = ada.get(path);
        String tag = first.header("ETag").orElseThrow();
        assertEquals(304, ada.get(path, "If-None-Match", tag).status());

        String listing =
                "/api/v1/listings/" + first.json().at("/items/1/listing_id").asLong();
        ada.patch(listing, "{\"price_usd\": 1.50}");

        Response second = ada.get(path, "If-None-Match", tag);
        assertEquals(200, second.status());
        assertNotEquals(tag, second.header("ETag").orElseThrow());
    }

    @Test
    void listsItemsByCursor() {
        String path = collectionOf(7) + "/items";
        List<Integer> positions = new ArrayList<>();
        String next = path + "?limit=3";
        for (int i = 0; i < 3; i++) {
            Response page = ada.get(next);
            assertEquals("7", page.header("X-Total-Count").orElseThrow());
            page.json().forEach(item -> positions.add(item.path("position").asInt()));
            Matcher link = Pattern.compile("<([^>]+)>; rel=\"next\"")
                    .matcher(page.header("Link").orElse(""));
            assertEquals(i < 2, link.find());
            next = i < 2 ? link.group(1) : "";
        }
        assertEquals(IntStream.range(0, 7).boxed().toList(), positions);
    }

    @Test
    void reordersMovesChangesAndDeletesItems() {
        String path = collectionOf(3);
        List<Long> ids = ids(path);

        assertEquals(
                3,
                ada.put(path + "/items/order", "{\"item_ids\": " + ids.reversed() + "}")
                        .json()
                        .path("item_count")
                        .asInt());
        assertEquals(ids.reversed(), ids(path));
        Response moved = ada.patch(path + "/items/" + ids.getFirst(), """
                {"position": 0, "status": "shortlisted", "notes": "quiet"}
                """);
        assertEquals(0, moved.json().path("position").asInt(), moved.text());
        assertEquals(List.of(ids.get(0), ids.get(2), ids.get(1)), ids(path));
        assertEquals(
                "quiet",
                ada.get(path + "?status=shortlisted")
                        .json()
                        .at("/items/0/notes")
                        .asText());
        assertEquals(204, ada.delete(path + "/items/" + ids.get(2)).status());
        assertEquals(2, ada.get(path).json().path("item_count").asInt());
    }

    @Test
    void rejectsAChangeOfAnOutdatedItem() {
        String path = collectionOf(1);
        String item = path + "/items/" + ids(path).getFirst();
        String tag = ada.get(item).header("ETag").orElseThrow();

        assertEquals(
                200, ada.patch(item, "{\"notes\": \"first\"}", "If-Match", tag).status());
        assertEquals(
                412, ada.patch(item, "{\"notes\": \"second\"}", "If-Match", tag).status());
        assertEquals(412, ada.send("DELETE", item, null, "If-Match", tag).status());
        assertEquals(
                412,
                ada.send("PUT", path + "/items/order", "{\"item_ids\": " + ids(path) + "}", "If-Match", "\"1-old\"")
                        .status());
        assertEquals("first", ada.get(item).json().path("notes").asText());
    }

    @Test
    void rejectsABlankName() {
        Response response = ada.post("/api/v1/collections", "{\"name\": \"   \"}");

        assertEquals(422, response.status());
        assertEquals(
                "name must be a text that is not blank, was \"   \"",
                response.json().path("detail").asText());
    }

    @Test
    void isReadByOthersWhileItIsPublic() {
        String path = collectionOf(1);

        assertEquals(404, bob.get(path).status());
        assertEquals(404, anonymous.get(path).status());
        assertEquals(
                200,
                ada.patch(path + "/visibility", "{\"visibility\": \"public\"}").status());
        assertEquals(200, bob.get(path).status());
        assertEquals(200, anonymous.get(path).status());
        assertTrue(anonymous.get(path).json().at("/items/0/status").isNull());
        assertEquals(403, bob.delete(path).status());
        assertEquals(
                200,
                ada.patch(path, "{\"visibility\": \"unlisted\", \"description\": \"mine\"}")
                        .status());
        assertEquals(404, anonymous.get(path + "/items").status());
    }

    @Test
    void addsAListingOnceIfSixteenRequestsAddItAtOnce() {
        String path = collectionOf(1);
        long listing = ada.post("/api/v1/listings", "{\"title\": \"wanted\"}")
                .json()
                .path("id")
                .asLong();
        List<Integer> statuses = Collections.synchronizedList(new ArrayList<>());

        Concurrently.run(16, _ -> {
            int status;
            do { // again if it waited too long for the others, on a busy machine
                status = ada.post(path + "/items", "{\"listing_id\": " + listing + "}")
                        .status();
            } while (status == 503);
            statuses.add(status);
        });

        assertEquals(1, Collections.frequency(statuses, 201), statuses::toString);
        assertEquals(15, Collections.frequency(statuses, 409), statuses::toString);
        assertEquals(2, ada.get(path).json().path("item_count").asInt());
    }

    private List<Long> ids(String path) {
        List<Long> ids = new ArrayList<>();
        ada.get(path)
                .json()
                .path("items")
                .forEach(item -> ids.add(item.path("id").asLong()));
        return ids;
    }

    private String collectionOf(int count) {
        String listings = String.join(",", Collections.nCopies(count, "{\"title\": \"PC\", \"price_usd\": 100}"));
        JsonNode ids = ada.post("/api/v1/listings/bulk", "{\"listings\": [" + listings + "]}")
                .json()
                .path("ids");
        Response created = ada.post("/api/v1/collections", "{\"name\": \"Lab\"}");
        assertEquals(201, created.status(), created.text());
        assertTrue(created.json().path("items").isNull());
        String path = created.header("Location").orElseThrow();
        Response added = ada.post(path + "/items/bulk", "{\"listing_ids\": " + ids + "}");
        assertEquals(count, added.json().path("added").asInt(), added.text());
        return path;
    }
}
