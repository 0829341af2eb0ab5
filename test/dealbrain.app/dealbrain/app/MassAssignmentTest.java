package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Answer;
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

/** Nobody sets what only the service may: every member that any answer has is sent to every operation that does not take it. */
@Tag("faults")
class MassAssignmentTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final long NUMBER = 987_654_321_987L;
    private static final String TEXT = "2001-02-03T04:05:06Z"; // a text that is a time too
    /** What is stored, but in no answer. */
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
    private int refused;
    private int readOver;

    @Test
    void hasNoEffect() {
        TreeMap<String, JsonNode> members = membersOfAnswers();
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
                    if (operation.getValue().has("requestBody")) {
                        check(
                                operation.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                operation.getValue(),
                                members);
                    }
                }));
        assertTrue(refused > 1000, refused + " refused, " + readOver + " read over");
    }

    private TreeMap<String, JsonNode> membersOfAnswers() {
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
        Api caller = template.startsWith("/api/v1/user-shares/{")
                ? callers.recipient
                : template.startsWith("/api/v1/catalog/") || template.startsWith("/api/v1/ops/")
                        ? callers.admin
                        : callers.owner;
        String body = things.body(method, template);
        JsonNode taken = properties(operation);
        members.forEach((name, schema) -> {
            if (!taken.has(name)
                    || taken.path(name).path("description").asText().equals("is read over")) {
                assertNoEffect(caller, method, path, body, name, schema);
            }
        });
    }

    /** The members that the operation's body takes. */
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
        Answer answer = caller.send(method, path, sent.toString());
        if (answer.status() == 422) {
            assertEquals("/" + name, answer.json().at("/errors/0/pointer").asText(), request + ": " + answer.text());
            refused++;
        } else {
            assertTrue(answer.status() < 300, request + ": " + answer.text());
            assertFalse(
                    answer.text().contains(Long.toString(NUMBER))
                            || answer.text().contains(TEXT),
                    request + ": " + answer.text());
            readOver++;
        }
    }
}
