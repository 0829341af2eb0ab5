package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.TestDatabase;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Sends values at both sides of each limit in the OpenAPI document, in the body of each operation: the server rejects a
 * value if and only if the document does. Each request and each response is validated against the document.
 */
class LimitsTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int LONGEST_TEXT = 20_000;

    /** Also of a text that does not describe a part, of json_ld, whose type is any, and of a wrong password. */
    private static final Pattern STATE =
            Pattern.compile("json_ld must be|must be the id of|must be the name of|must state "
                    + "|must have|as in the path|is required|must be left out|must be the current");

    private final JsonNode document = application.api().get("/openapi.json").json();
    private final Conformance conformance = new Conformance(document);
    private final Callers callers = new Callers(application, database);
    private final List<String> wrong = new ArrayList<>();
    private int accepted;
    private int rejected;

    @Test
    void areThoseOfTheDocument() {
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) -> {
                    JsonNode content = operation.at("/requestBody/content");
                    if (content.has("application/json")) {
                        check(
                                method.toUpperCase(Locale.ROOT),
                                path,
                                content.elements().next().path("schema"));
                    }
                }));
        assertEquals(List.of(), wrong);
        assertTrue(accepted > 300 && rejected > 300, accepted + " accepted, " + rejected + " rejected");
    }

    private void check(String method, String template, JsonNode schema) {
        if (template.equals("/api/v1/ops/recordings")) {
            return; // it takes as long as the body says: see RecordingApiTest
        }
        OneOfEach things = new OneOfEach(callers, "public");
        JsonNode members = resolved(schema).path("properties");
        send(things, method, template, schema, "an_unknown_member", JSON.nullNode());
        members.forEachEntry(
                (name, member) -> values(member).forEach(value -> send(things, method, template, schema, name, value)));
        resolved(schema).path("required").forEach(name -> send(things, method, template, schema, name.asText(), null));
    }

    private JsonNode resolved(JsonNode schema) {
        return schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    }

    /** Returns values at both sides of the limits of a member. */
    private List<JsonNode> values(JsonNode member) {
        List<JsonNode> values = new ArrayList<>(List.of(JSON.nullNode(), JSON.booleanNode(true), JSON.objectNode()));
        JsonNode schema = resolved(member.has("oneOf") ? member.path("oneOf").get(0) : member);
        schema.path("enum").forEach(values::add);
        values.add(JSON.textNode("no-such-constant"));
        for (String limit : List.of("minimum", "maximum")) {
            if (schema.has(limit)) {
                BigDecimal value = schema.path(limit).decimalValue();
                values.add(JSON.numberNode(value));
                values.add(JSON.numberNode(value.add(BigDecimal.ONE)));
                values.add(JSON.numberNode(value.subtract(BigDecimal.ONE)));
            }
        }
        if (schema.has("multipleOf")) {
            BigDecimal step = schema.path("multipleOf").decimalValue();
            values.add(JSON.numberNode(step));
            values.add(JSON.numberNode(step.divide(BigDecimal.TEN)));
        }
        for (String limit : List.of("minLength", "maxLength")) {
            int length = schema.path(limit).asInt(-1);
            for (int each = length - 1; length >= 0 && each <= length + 1; each++) {
                values.add(JSON.textNode("x".repeat(Math.clamp(each, 0, LONGEST_TEXT))));
            }
        }
        if (schema.has("pattern")) {
            List.of(" ", "a b", "https://example.org/a", "ftp://example.org", "ada@example.org")
                    .forEach(text -> values.add(JSON.textNode(text)));
        }
        return values;
    }

    private void send(OneOfEach things, String method, String template, JsonNode schema, String name, JsonNode value) {
        ObjectNode body = (ObjectNode) Json.parse(things.body(method, template).getBytes(StandardCharsets.UTF_8));
        if (value == null) {
            body.remove(name);
        } else {
            body.set(name, value);
        }
        callers.resetLimits();
        String path = things.path(template);
        Response response = caller(template).send(method, path, body.toString());
        boolean isValid = conformance.mismatch(schema, body).isEmpty();
        boolean isRejected = response.status() == 422 && names(response, name);
        String request = method + " " + template + " " + shown(body) + ": " + response.status() + " " + shown(response);
        if (isValid == isRejected && !isRejectedByState(response)) {
            wrong.add((isValid ? "rejected, but valid: " : "accepted, but invalid: ") + request);
        }
        Optional<String> complaint = conformance.complaint(
                new FuzzRequest(method, template, path, "", List.of(), body.toString()), response);
        complaint.ifPresent(each -> wrong.add(each + ": " + request));
        if (isRejected) {
            rejected++;
        } else {
            accepted++;
        }
    }

    private Api caller(String template) {
        if (template.startsWith("/api/v1/user-shares/{")) {
            return callers.recipient;
        }
        return OneOfEach.isOfAdministrators(template) ? callers.admin : callers.owner;
    }

    private static boolean names(Response response, String member) {
        return response.json().path("errors").valueStream().anyMatch(error -> {
            String pointer = error.path("pointer").asText();
            return pointer.equals("/" + member) || pointer.startsWith("/" + member + "/");
        });
    }

    /** Whether the value is valid, but does not fit to what is stored: an id that does not exist, a wrong password. */
    private static boolean isRejectedByState(Response response) {
        return response.status() == 422
                && response.json()
                        .path("errors")
                        .valueStream()
                        .allMatch(error ->
                                STATE.matcher(error.path("detail").asText()).find());
    }

    private static String shown(Object value) {
        String text = value instanceof Response response ? response.text() : value.toString();
        return text.substring(0, Math.min(300, text.length()));
    }
}
