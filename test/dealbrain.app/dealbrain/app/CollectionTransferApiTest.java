package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollectionTransferApiTest {
    private static final String COLLECTIONS = "/api/v1/collections";

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private final Api anonymous = application.api();
    private String name;
    private Api ada;
    private Api bob;

    @BeforeEach
    void signUp() {
        name = UUID.randomUUID().toString().substring(0, 8);
        ada = anonymous.signUp("ada-" + name);
        bob = anonymous.signUp("bob-" + name);
    }

    @Nested
    class Public {
        @Test
        void isFoundAndShownWithoutAToken() {
            String path = collection("public");
            long id = id(path);

            Response found = anonymous.get(COLLECTIONS + "/discover?q=" + name + "&sort=popular&limit=5");
            assertEquals("1", found.header("X-Total-Count").orElseThrow(), found.text());
            assertEquals(id, found.json().at("/0/id").asLong());
            assertTrue(found.json().at("/0/items").isNull());
            assertEquals("1", found.header("X-DB-Queries").orElseThrow());

            Response shown = anonymous.get(COLLECTIONS + "/public/" + id);
            assertEquals("1", shown.header("X-DB-Queries").orElseThrow());
            assertEquals("ada-" + name, shown.json().path("owner_username").asText());
            assertEquals(
                    List.of(
                            "id",
                            "name",
                            "description",
                            "visibility",
                            "created_at",
                            "updated_at",
                            "item_count",
                            "view_count",
                            "owner_username",
                            "owner_name",
                            "items"),
                    names(shown.json()));
            assertEquals(
                    List.of("id", "collection_id", "listing_id", "position", "added_at", "updated_at", "listing"),
                    names(shown.json().at("/items/0")));
            assertFalse(names(shown.json().at("/items/0/listing")).contains("owner_id"));
            assertEquals(
                    304,
                    anonymous
                            .get(
                                    COLLECTIONS + "/public/" + id + "?limit=0",
                                    "If-None-Match",
                                    anonymous
                                            .get(COLLECTIONS + "/public/" + id + "?limit=0")
                                            .header("ETag")
                                            .orElseThrow())
                            .status());
        }

        @Test
        void doesNotIncludePrivateOrUnlistedCollections() {
            for (String visibility : List.of("private", "unlisted")) {
                String path = collection(visibility);
                assertEquals(
                        "0",
                        anonymous
                                .get(COLLECTIONS + "/discover?q=" + name)
                                .header("X-Total-Count")
                                .orElseThrow());
                assertEquals(404, ada.get(COLLECTIONS + "/public/" + id(path)).status());
                assertEquals(404, anonymous.get(path + "/export").status());
            }
            // a linked route: bad values fall back
            assertEquals(200, anonymous.get(COLLECTIONS + "/discover?sort=best").status());
            assertEquals(200, anonymous.get(COLLECTIONS + "/discover?limit=101").status());
        }

        @Test
        void matchesItsSchema() {
            JsonNode schemas = anonymous.get("/openapi.json").json().at("/components/schemas");

            assertEquals(
                    "#/components/schemas/ListingWithoutOwnerId",
                    schemas.at("/PublicItem/properties/listing/$ref").asText());
            JsonNode listing = schemas.path("ListingWithoutOwnerId");
            assertTrue(
                    listing.at("/properties/title").isObject()
                            && listing.at("/properties/owner_id").isMissingNode(),
                    listing::toString);
            assertFalse(listing.path("required")
                    .valueStream()
                    .anyMatch(each -> each.asText().equals("owner_id")));
            assertTrue(schemas.at("/Listing/properties/owner_id").isObject());
        }
    }

    @Nested
    class Copy {
        @Test
        void isAPrivateCollectionOfTheUser() {
            String path = collection("public");

            Response copy = bob.post(path + "/copy", "{\"name\": \"Mine now\"}");
            assertEquals(201, copy.status(), copy.text());
            JsonNode shown = bob.get(copy.header("Location").orElseThrow()).json();
            assertEquals("private", shown.path("visibility").asText());
            assertEquals("Mine now", shown.path("name").asText());
            assertEquals("undecided", shown.at("/items/0/status").asText());
            assertTrue(shown.at("/items/0/notes").isNull());
            assertEquals(
                    "bought",
                    ada.get(ada.send("POST", path + "/copy", null)
                                    .header("Location")
                                    .orElseThrow())
                            .json()
                            .at("/items/0/status")
                            .asText());
            assertEquals(404, bob.post(collection("private") + "/copy", "{}").status());
            assertEquals(422, ada.post(path + "/copy", "{\"name\": \"\"}").status());
            assertEquals(401, anonymous.post(path + "/copy", "{}").status());
        }
    }

    @Nested
    class Files {
        @Test
        void roundTrip() {
            String path = collection("public");
            Response file = ada.get(path + "/export?format=json");
            assertEquals("application/json", file.header("Content-Type").orElseThrow());
            assertEquals(
                    "attachment; filename=\"Lab _ " + name + ".json\"; filename*=UTF-8''Lab%20%C3%A4%20" + name
                            + ".json",
                    file.header("Content-Disposition").orElseThrow());
            assertEquals(
                    200, ada.send("HEAD", path + "/export?format=csv", null).status());

            Response dry = ada.post(COLLECTIONS + "/import?dry_run=true", file.text());
            assertEquals(200, dry.status(), dry.text());
            assertEquals(
                    "{\"name\":\"Lab ä " + name + "\",\"items\":2,\"listings_matched\":2,\"listings_new\":0}",
                    dry.text().strip());
            Response created = ada.post(COLLECTIONS + "/import", file.text());
            assertEquals(201, created.status(), created.text());
            assertEquals(
                    file.text(),
                    ada.get(created.header("Location").orElseThrow() + "/export")
                            .text());
            assertTrue(created.json().path("items").isNull());
            assertEquals("private", created.json().path("visibility").asText());
        }

        @Test
        void areExportedAsCsv() {
            String path = collection("public");

            Response table = anonymous.get(path + "/export?format=csv");

            assertTrue(table.header("Content-Type").orElseThrow().startsWith("text/csv"));
            assertEquals(3, table.text().split("\r\n").length);
            assertFalse(table.text().contains("bought"), table.text());
            assertTrue(ada.get(path + "/export?format=csv").text().contains("'=secret"));
            assertEquals(422, anonymous.get(path + "/export?format=xml").status());
        }

        @Test
        void ignoreIds() {
            ObjectNode file =
                    (ObjectNode) ada.get(collection("private") + "/export").json();
            file.put("id", 1).put("user_id", 2);
            for (JsonNode item : file.path("items")) {
                ((ObjectNode) item).put("id", 3).put("collection_id", 4).put("listing_id", "five");
                ((ObjectNode) item.path("listing")).put("id", 6).put("owner_id", 7);
            }
            ((ObjectNode) file.at("/items/0/listing"))
                    .putObject("cpu")
                    .put("id", 8)
                    .put("name", "CPU " + name);

            Response created = bob.post(COLLECTIONS + "/import", file.toString());

            assertEquals(201, created.status(), created.text());
            JsonNode shown = bob.get(created.header("Location").orElseThrow()).json();
            assertEquals(bob.get("/api/v1/users/me").json().path("id"), shown.path("user_id"));
            assertEquals(2, shown.path("items").size());
        }

        @Test
        void areRejectedWithThePointerOfEachError() {
            Response refused = ada.post(COLLECTIONS + "/import", """
                    {"format": "other", "version": 2, "name": "", "colour": 1, "items": [
                      {"listing": {"title": "a", "listing_url": "javascript:alert(1)", "price_usd": 1e30,
                                   "cpu": {"name": "", "cores": -1, "wings": 2}}},
                      {"status": "great", "notes": 5},
                      {"listing": {"title": "b", "thumbnail_url": "file:///etc/passwd", "cpu_id": 7,
                                   "ram_spec": {"ddr_generation": "ddr9"}}}]}""");

            assertEquals(422, refused.status());
            assertEquals(
                    Stream.of(
                                    "/format",
                                    "/version",
                                    "/name",
                                    "/colour",
                                    "/items/0/listing/listing_url",
                                    "/items/0/listing/price_usd",
                                    "/items/0/listing/cpu/name",
                                    "/items/0/listing/cpu/cores",
                                    "/items/0/listing/cpu/wings",
                                    "/items/1/status",
                                    "/items/1/notes",
                                    "/items/1/listing",
                                    "/items/2/listing/thumbnail_url",
                                    "/items/2/listing/cpu_id",
                                    "/items/2/listing/ram_spec/ddr_generation")
                            .sorted()
                            .toList(),
                    refused.json()
                            .path("errors")
                            .valueStream()
                            .map(error -> error.path("pointer").asText())
                            .sorted()
                            .distinct()
                            .toList(),
                    refused.text());
        }

        @Test
        void areRejectedAboveTheLimits() {
            String start = "{\"format\":\"dealbrain-collection\",\"version\":1,\"name\":\"n\",\"items\":[";
            String item = "{\"listing\":{\"title\":\"" + name + "\"}}";

            assertEquals(
                    201,
                    ada.post(
                                    COLLECTIONS + "/import",
                                    start + String.join(",", Collections.nCopies(10_000, item)) + "]}")
                            .status());
            Response many = ada.post(
                    COLLECTIONS + "/import", start + String.join(",", Collections.nCopies(10_001, item)) + "]}");
            assertEquals(422, many.status());
            assertEquals("/items", many.json().at("/errors/0/pointer").asText());
            assertEquals(
                    413,
                    ada.post(COLLECTIONS + "/import", start + " ".repeat(8 << 20) + "]}")
                            .status());
            assertEquals(
                    400,
                    ada.post(COLLECTIONS + "/import", start + "[".repeat(41) + "]".repeat(41) + "]}")
                            .status());
            assertEquals(
                    401, anonymous.post(COLLECTIONS + "/import", start + "]}").status());
        }
    }

    /** Returns a collection of two listings. The first has a note that looks like a formula, the second a URL. */
    private String collection(String visibility) {
        String path = ada.post(
                        COLLECTIONS, "{\"name\": \"Lab ä " + name + "\", \"visibility\": \"" + visibility + "\"}")
                .header("Location")
                .orElseThrow();
        ArrayNode ids = (ArrayNode) ada.post(
                        "/api/v1/listings/bulk",
                        "{\"listings\": [{\"title\": \"first\", \"price_usd\": 12.50, "
                                + "\"attributes\": {\"b\": 1.50, \"a\": [true, null]}}, {\"title\": \"second\", "
                                + "\"listing_url\": \"https://example.org/"
                                + UUID.randomUUID() + "\"}]}")
                .json()
                .path("ids");
        ada.post(
                path + "/items",
                "{\"listing_id\": " + ids.get(0) + ", \"status\": \"bought\", \"notes\": \"=secret\"}");
        ada.post(path + "/items", "{\"listing_id\": " + ids.get(1) + "}");
        return path;
    }

    private static long id(String path) {
        return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    }

    private static List<String> names(JsonNode json) {
        return json.propertyStream().map(Map.Entry::getKey).toList();
    }
}
