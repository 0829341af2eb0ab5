package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Clients cannot set members that are reserved for the server: sends every member of every response to every operation
 * that does not accept it.
 */
@Tag("faults")
class MassAssignmentTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final long NUMBER = 987_654_321_987L;
    private static final String TEXT = "2001-02-03T04:05:06Z"; // valid as a text and as a time
    /** Members that are stored, but in no response. */
    private static final TreeSet<String> HIDDEN = new TreeSet<>(List.of(
            "password_hash",
            "token_hash",
            "row_version",
            "order_key",
            "version",
            "crawler_count",
            "user_role",
            "__proto__",
            "class",
            "admin",
            "is_admin"));

    private final Callers callers = new Callers(application, database);
    private final JsonNode document = application.api().get("/openapi.json").json();
    private int rejected;
    private int ignored;

    @Test
    void hasNoEffect() {
        TreeMap<String, JsonNode> members = membersOfResponses();
        assertTrue(
                members.keySet()
                        .containsAll(List.of(
                                "id",
                                "owner_id",
                                "user_id",
                                "created_by",
                                "view_count",
                                "created_at",
                                "role",
                                "share_token",
                                "item_count")),
                members::toString);
        document.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    if (operation.getValue().at("/requestBody/content").has("application/json")) {
                        check(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue(),
                                members);
                    }
                }));
        assertTrue(rejected > 1000 && ignored > 0, rejected + " rejected, " + ignored + " ignored");
    }

    private TreeMap<String, JsonNode> membersOfResponses() {
        TreeMap<String, JsonNode> members = new TreeMap<>();
        HIDDEN.forEach(
                name -> members.put(name, JsonNodeFactory.instance.objectNode().put("type", "string")));
        document.path("components")
                .path("schemas")
                .forEach(schema -> schema.path("properties")
                        .properties()
                        .forEach(member -> members.put(member.getKey(), member.getValue())));
        document.findValues("responses")
                .forEach(responses -> responses
                        .findValues("properties")
                        .forEach(properties -> properties
                                .properties()
                                .forEach(member -> members.put(member.getKey(), member.getValue()))));
        return members;
    }

    private void check(String method, String template, JsonNode operation, Map<String, JsonNode> members) {
        OneOfEach things = new OneOfEach(callers, "public");
        String path = things.path(template);
        Api caller = caller(template);
        String body = things.body(method, template);
        JsonNode taken = properties(operation);
        members.forEach((name, schema) -> {
            if (!taken.has(name) || isIgnored(name, taken.path(name))) {
                assertNoEffect(caller, method, path, body, name, schema);
            }
        });
    }

    /** Members that are accepted and ignored have a description, but no type. So has json_ld, which may be any JSON. */
    private static boolean isIgnored(String name, JsonNode member) {
        return member.size() == 1 && member.has("description") && !name.equals("json_ld");
    }

    private Api caller(String template) {
        if (template.startsWith("/api/v1/user-shares/{")) {
            return callers.recipient;
        }
        return OneOfEach.isOfAdministrators(template) ? callers.admin : callers.owner;
    }

    /** Returns the members of the operation's body. */
    private JsonNode properties(JsonNode operation) {
        JsonNode schema = operation.at("/requestBody/content").elements().next().path("schema");
        return (schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema)
                .path("properties");
    }

    private void assertNoEffect(Api caller, String method, String path, String body, String name, JsonNode schema) {
        ObjectNode sent = (ObjectNode) Json.parse(body.getBytes(StandardCharsets.UTF_8));
        boolean number = schema.path("type").toString().contains("integer")
                || schema.path("type").toString().contains("number");
        if (number) {
            sent.put(name, NUMBER);
        } else {
            sent.put(name, TEXT);
        }
        String request = method + " " + path + " " + sent;
        Response response = caller.send(method, path, sent.toString());
        if (response.status() == 422) {
            assertEquals(
                    "/" + name, response.json().at("/errors/0/pointer").asText(), request + ": " + response.text());
            rejected++;
        } else {
            assertTrue(response.status() < 300, request + ": " + response.text());
            assertFalse(
                    response.text().contains(Long.toString(NUMBER))
                            || response.text().contains(TEXT),
                    request + ": " + response.text());
            ignored++;
        }
    }
}
