package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sends a request of every operation for each caller, and looks for the notes and attributes of a listing in the
 * responses: only its owner sees them (docs/decisions/0028-ownership.md).
 */
@Tag("faults")
class EveryListingTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final String TITLE = "Tiny of the owner";
    private static final String NOTES = "notes of the owner";
    private static final String ATTRIBUTES = "attributes of the owner";

    /** Operations that return listings, but only new ones. */
    private static final Set<String> CREATE =
            Set.of("POST /api/v1/listings", "PUT /api/v1/listings/by-source/{marketplace}/{vendor_item_id}");

    /** Operations that return collections, but without their items. */
    private static final Set<String> WITHOUT_ITEMS = Set.of(
            "GET /api/v1/collections",
            "GET /api/v1/collections/discover",
            "POST /api/v1/collections",
            "POST /api/v1/collections/import",
            "POST /api/v1/collections/shared/{share_token}/copy",
            "POST /api/v1/collections/{id}/copy",
            "PATCH /api/v1/collections/{id}",
            "PATCH /api/v1/collections/{id}/visibility");

    /** An administrator who changes a listing sees the result as the owner does. */
    private static final String UPDATE = "PATCH /api/v1/listings/{id}";

    private final Callers callers = new Callers(application, database);
    private final JsonNode document = application.api().get("/openapi.json").json();

    /** An operation, with a query. */
    private record Operation(String method, String template, String query) {
        String name() {
            return method + " " + template;
        }
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().fieldNames().forEachRemaining(name -> {
                    String method = name.toUpperCase(Locale.ROOT);
                    operations.add(new Operation(method, path.getKey(), ""));
                    if (path.getKey().endsWith("/export")) {
                        operations.add(new Operation(method, path.getKey(), "?format=csv"));
                    }
                }));
        return operations;
    }

    /** Returns the operations whose responses have a listing by their schemas, and the pages. */
    private Set<String> operationsWithListings() {
        Set<String> found = new TreeSet<>();
        for (Operation operation : operations()) {
            JsonNode responses = document.path("paths")
                    .path(operation.template())
                    .path(operation.method().toLowerCase(Locale.ROOT))
                    .path("responses");
            Set<String> schemas = new TreeSet<>();
            responses.properties().stream()
                    .filter(response -> response.getKey().startsWith("2"))
                    .forEach(response -> addSchemas(response.getValue(), schemas));
            boolean isPage = operation.template().startsWith("/deals/")
                    || operation.template().startsWith("/c/")
                    || operation.template().endsWith("/export");
            if (isPage || schemas.contains("Listing") || schemas.contains("ListingWithoutOwnerId")) {
                found.add(operation.name());
            }
        }
        return found;
    }

    private void addSchemas(JsonNode tree, Set<String> schemas) {
        for (String reference : tree.findValuesAsText("$ref")) {
            String name = reference.substring(reference.lastIndexOf('/') + 1);
            if (schemas.add(name)) {
                addSchemas(document.at("/components/schemas").path(name), schemas);
            }
        }
    }

    /** Writes title, notes and attributes into each listing of the owner that has others. */
    private void mark() {
        database.jdbi()
                .useHandle(handle -> handle.createUpdate("""
                                UPDATE listing l SET title = :title, notes = :notes, attributes = marked.attributes
                                  FROM (SELECT jsonb_build_object('text', :text::text) AS attributes) marked
                                 WHERE owner_id = (SELECT id FROM user_account WHERE username = :owner)
                                   AND (l.title, l.notes, l.attributes)
                                       IS DISTINCT FROM (:title, :notes, marked.attributes)""")
                        .bind("title", TITLE)
                        .bind("notes", NOTES)
                        .bind("text", ATTRIBUTES)
                        .bind("owner", "owner-" + callers.run)
                        .execute());
    }

    private static void assertHidden(String where, Response response) {
        for (String text : List.of(NOTES, ATTRIBUTES)) {
            assertFalse(response.text().contains(text), () -> where + " has " + text + ": " + response.text());
        }
    }

    @Test
    void showsNotesAndAttributesToItsOwnerOnly() {
        Set<String> withListing = new TreeSet<>();
        Set<String> withAttributes = new TreeSet<>();
        for (Operation operation : operations()) {
            OneOfEach things = new OneOfEach(callers, "public");
            things.listing(); // for the lists
            for (Map.Entry<String, Api> caller : callers.byName().entrySet()) {
                String path = things.path(operation.template()) + operation.query();
                String body = things.body(operation.method(), operation.template());
                mark();
                Response response = caller.getValue().send(operation.method(), path, body);
                if (response.text().contains(TITLE)) {
                    withListing.add(operation.name());
                }
                if (Set.of("owner", "reader").contains(caller.getKey())) {
                    if (response.text().contains(ATTRIBUTES)) {
                        withAttributes.add(operation.name());
                    }
                } else if (!(caller.getKey().equals("admin") && operation.name().equals(UPDATE))) {
                    assertHidden(operation + " of " + caller.getKey(), response);
                }
                if (response.status() < 300 && !operation.method().equals("GET")) {
                    things = new OneOfEach(callers, "public");
                }
            }
        }
        Set<String> untested = operationsWithListings();
        untested.removeAll(CREATE);
        untested.removeAll(WITHOUT_ITEMS);
        untested.removeAll(withListing);
        assertEquals(Set.of(), untested, "operations that return listings, but not that of the owner here");
        assertTrue(
                withAttributes.containsAll(List.of(
                        "GET /api/v1/listings",
                        "GET /api/v1/listings/{id}",
                        UPDATE,
                        "GET /api/v1/collections/{id}",
                        "GET /api/v1/collections/{id}/items",
                        "GET /api/v1/collections/{id}/items/{item_id}",
                        "GET /api/v1/collections/{id}/export",
                        "POST /api/v1/user-shares")),
                withAttributes::toString);
    }

    /** The owner of a collection is not the owner of all its listings. */
    @Test
    void hidesThemInCollectionsOfOthers() {
        OneOfEach things = new OneOfEach(callers, "public");
        String source = things.path("/api/v1/collections/{id}");
        mark();
        Response copy = callers.other.post(source + "/copy", "{}");
        String path = copy.header("Location").orElseThrow();
        Response items = callers.other.get(path + "/items");
        String item = path + "/items/" + items.json().at("/0/id").asText();
        for (String each : List.of(
                path,
                path + "/items?sort=price_usd",
                item,
                path + "/export?format=json",
                path + "/export?format=csv")) {
            Response response = callers.other.get(each);
            assertTrue(response.text().contains(TITLE), response::text);
            assertHidden(each, response);
        }
        Response changed = callers.other.patch(item, "{\"status\": \"shortlisted\"}");
        assertEquals(200, changed.status(), changed::text);
        assertHidden("PATCH " + item, changed);
    }

    /** A cache that stores the response of one user must not use it for another. */
    @Test
    void hasAnotherEntityTagForOthers() {
        OneOfEach things = new OneOfEach(callers, "public");
        String path = things.path("/api/v1/listings/{id}");
        mark();
        Response own = callers.owner.get(path);
        Response others = callers.other.get(path);

        assertTrue(own.json().path("attributes").path("text").asText().equals(ATTRIBUTES), own::text);
        assertTrue(others.json().path("attributes").isNull(), others::text);
        assertNotEquals(own.header("ETag"), others.header("ETag"));
        assertEquals("private, no-cache", own.header("Cache-Control").orElseThrow());
        String tag = own.header("ETag").orElseThrow();
        assertEquals(304, callers.owner.get(path, "If-None-Match", tag).status());
        assertEquals(200, callers.other.get(path, "If-None-Match", tag).status());
    }
}
