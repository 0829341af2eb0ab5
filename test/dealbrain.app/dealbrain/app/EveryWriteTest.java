package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Rules that hold for every operation of the OpenAPI document that changes something. */
class EveryWriteTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    /** Signing up and in, which need no token, and the draft of a listing, which stores nothing. */
    private static final TreeSet<String> OPEN_TO_READERS =
            new TreeSet<>(List.of("POST /api/v1/users", "POST /api/v1/tokens", "POST /api/v1/listings/parse"));

    private static final String COLLECTION = "/api/v1/collections/{id}";

    /** The operations whose If-Match names another resource than their own path. */
    private static final Map<String, String> TAGGED_BY_OTHERS = Map.of(
            "PATCH " + COLLECTION + "/visibility", COLLECTION,
            "PUT " + COLLECTION + "/items/order", COLLECTION);

    private static final TreeSet<String> WITH_CONDITION = new TreeSet<>(List.of(
            "DELETE " + COLLECTION,
            "DELETE " + COLLECTION + "/items/{item_id}",
            "DELETE /api/v1/admin/users/{id}",
            "DELETE /api/v1/catalog/cpus/{id}",
            "DELETE /api/v1/catalog/gpus/{id}",
            "DELETE /api/v1/catalog/ports-profiles/{id}",
            "DELETE /api/v1/catalog/ram-specs/{id}",
            "DELETE /api/v1/catalog/rulesets/{id}",
            "DELETE /api/v1/catalog/scoring-profiles/{id}",
            "DELETE /api/v1/catalog/storage-profiles/{id}",
            "DELETE /api/v1/listings/{id}",
            "PATCH " + COLLECTION,
            "PATCH " + COLLECTION + "/items/{item_id}",
            "PATCH " + COLLECTION + "/visibility",
            "PATCH /api/v1/admin/users/{id}",
            "PATCH /api/v1/catalog/cpus/{id}",
            "PATCH /api/v1/catalog/gpus/{id}",
            "PATCH /api/v1/catalog/ports-profiles/{id}",
            "PATCH /api/v1/catalog/ram-specs/{id}",
            "PATCH /api/v1/catalog/rulesets/{id}",
            "PATCH /api/v1/catalog/scoring-profiles/{id}",
            "PATCH /api/v1/catalog/storage-profiles/{id}",
            "PATCH /api/v1/listings/{id}",
            "PATCH /api/v1/users/me",
            "PUT " + COLLECTION + "/items/order",
            "PUT /api/v1/listings/by-source/{marketplace}/{vendor_item_id}"));

    private final Callers callers = new Callers(application, database);

    @Test
    void isForbiddenForATokenOfTheScopeRead() {
        Api reader = callers.byName().get("reader");
        TreeMap<String, Integer> allowed = new TreeMap<>();
        for (WriteOperation operation : WriteOperation.all(application.api())) {
            OneOfEach things = new OneOfEach(callers, "public");
            Response response = reader.send(
                    operation.method(),
                    things.path(operation.template()),
                    things.body(operation.method(), operation.template()));
            if (response.status() != 403) {
                allowed.put(operation.toString(), response.status());
            }
        }
        assertEquals(OPEN_TO_READERS, new TreeSet<>(allowed.keySet()), allowed::toString);
    }

    @Test
    void letsATokenOfTheScopeReadDeleteOnlyItself() {
        String other = "/api/v1/tokens/"
                + callers.owner.get("/api/v1/tokens").json().at("/0/id").asText();
        Response created = callers.anonymous.post(
                "/api/v1/tokens",
                "{\"username\": \"owner-" + callers.run + "\", \"password\": \"" + Callers.PASSWORD
                        + "\", \"scope\": \"read\"}");
        Api reader = callers.anonymous.as(created.json().path("token").asText());

        assertEquals(403, reader.delete(other).status());
        assertEquals(403, reader.delete("/api/v1/tokens/0").status());
        assertEquals(
                204, reader.delete(created.header("Location").orElseThrow()).status());
        assertEquals(401, reader.get("/api/v1/users/me").status());
    }

    @Test
    void returnsTheCurrentTagIfThePreconditionFails() {
        TreeSet<String> supported = new TreeSet<>();
        for (WriteOperation operation : WriteOperation.all(application.api())) {
            OneOfEach things = new OneOfEach(callers, "public");
            String path = things.path(operation.template());
            Api caller = OneOfEach.isOfAdministrators(operation.template()) ? callers.admin : callers.owner;
            String body = things.body(operation.method(), operation.template());
            Response response = caller.send(operation.method(), path, body, "If-Match", "\"0-old\"");
            if (response.header("ETag").isPresent()) {
                supported.add(operation.toString());
                String tagged = Optional.ofNullable(TAGGED_BY_OTHERS.get(operation.toString()))
                        .map(things::path)
                        .orElse(path);
                assertEquals(412, response.status(), operation::toString);
                assertEquals(caller.get(tagged).header("ETag"), response.header("ETag"), operation::toString);
                String tag = response.header("ETag").orElseThrow();
                Response retried = caller.send(operation.method(), path, body, "If-Match", tag);
                assertTrue(retried.status() < 300, () -> operation + ": " + retried.text());
            }
        }
        assertEquals(WITH_CONDITION, supported);
    }
}
