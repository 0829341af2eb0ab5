package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.http.DocumentTexts;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What readers and generators of clients need in the OpenAPI document. */
class OpenApiTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application =
            new RunningApplication(database, Map.of("DEALBRAIN_PUBLIC_URL", "https://deals.example.org/pcs"));

    private static final Path IDS = Path.of("test", "dealbrain.app", "dealbrain", "app", "operation-ids.txt");

    private final JsonNode document = application.api().get("/openapi.json").json();

    /** An operation of the document. */
    private record Operation(String method, String path, JsonNode json) {
        private String id() {
            return json.path("operationId").asText();
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        document.path("paths")
                .forEachEntry((path, methods) -> methods.forEachEntry((method, operation) ->
                        operations.add(new Operation(method.toUpperCase(Locale.ROOT), path, operation))));
        assertFalse(operations.isEmpty());
        return operations;
    }

    /** A changed id breaks the clients that were generated from an earlier document. */
    @Test
    void keepsTheIdsOfOperations() throws IOException {
        TreeSet<String> pinned = new TreeSet<>(Files.readAllLines(IDS));
        pinned.removeIf(line -> line.startsWith("#"));
        TreeSet<String> found = new TreeSet<>();
        operations().forEach(each -> found.add(each.id() + " " + each));
        assertEquals(String.join("\n", pinned), String.join("\n", found));
    }

    @Test
    void hasShortAndUniqueIds() {
        Set<String> ids = new HashSet<>();
        for (Operation operation : operations()) {
            assertTrue(ids.add(operation.id()), operation.id());
            assertTrue(operation.id().matches("[a-z]+[A-Za-z]{3,30}"), operation.id());
        }
    }

    @Test
    void describesEachTagAndUsesItInItsOrder() {
        List<String> names = new ArrayList<>();
        document.path("tags").forEach(tag -> {
            names.add(tag.path("name").asText());
            assertTrue(tag.path("description").asText().endsWith("."), tag.toString());
        });
        assertEquals("accounts", names.getFirst());
        TreeSet<String> used = new TreeSet<>();
        operations().forEach(each -> used.add(each.json().at("/tags/0").asText()));
        assertEquals(new TreeSet<>(names), used);
    }

    @Test
    void namesThePublicUrl() {
        assertEquals(
                "[{\"url\":\"https://deals.example.org/pcs\"}]",
                document.path("servers").toString());
    }

    @Test
    void saysOfEachOperationWhichCredentialsItNeeds() {
        for (Operation operation : operations()) {
            assertTrue(operation.json().path("security").isArray(), operation.toString());
            operation
                    .json()
                    .path("security")
                    .forEach(requirement -> requirement
                            .fieldNames()
                            .forEachRemaining(scheme -> assertTrue(
                                    document.at("/components/securitySchemes").has(scheme), scheme)));
        }
        assertEquals("[]", document.at("/paths/~1api~1v1~1tokens/post/security").toString());
        assertEquals(
                "bearer",
                document.at("/components/securitySchemes/token/scheme").asText());
    }

    @Test
    void describesEverything() {
        List<String> missing = new ArrayList<>();
        for (Operation operation : operations()) {
            require(operation + " summary", operation.json().path("summary"), missing);
            require(operation + " description", operation.json().path("description"), missing);
            operation
                    .json()
                    .path("parameters")
                    .forEach(parameter -> require(
                            operation + " parameter " + parameter.path("name").asText(),
                            resolved(parameter).path("description"),
                            missing));
        }
        schemas().forEachEntry((name, schema) -> {
            require(name, schema.path("description"), missing);
            schema.path("properties")
                    .forEachEntry((member, value) -> require(name + "." + member, value.path("description"), missing));
        });
        assertEquals(List.of(), missing);
    }

    private static void require(String what, JsonNode text, List<String> missing) {
        if (text.asText().isBlank()) {
            missing.add(what);
        }
    }

    private JsonNode schemas() {
        return document.at("/components/schemas");
    }

    private JsonNode resolved(JsonNode node) {
        return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
    }

    /** A text for a schema, member or operation that is gone would never be noticed. */
    @Test
    void usesEachText() {
        DocumentTexts texts = ApiTexts.API.texts();
        TreeSet<String> names = new TreeSet<>();
        TreeSet<String> ids = new TreeSet<>();
        schemas()
                .forEachEntry(
                        (name, schema) -> schema.path("properties").fieldNames().forEachRemaining(member -> {
                            names.add(member);
                            names.add(name + "." + member);
                        }));
        for (Operation operation : operations()) {
            ids.add(operation.id());
            operation
                    .json()
                    .path("parameters")
                    .forEach(each -> names.add(each.path("name").asText()));
        }
        TreeSet<String> unused = new TreeSet<>(texts.members().keySet());
        unused.removeAll(names);
        unused.removeIf(name -> name.matches("[A-Za-z]+Query\\..*")); // records of queries are not in the document
        assertEquals(Set.of(), unused);
        TreeSet<String> schemas = new TreeSet<>(texts.schemas().keySet());
        schemas().fieldNames().forEachRemaining(schemas::remove);
        assertEquals(Set.of(), schemas);
        TreeSet<String> operations = new TreeSet<>(texts.operations().keySet());
        operations.removeAll(ids);
        assertEquals(Set.of(), operations);
    }

    @Test
    void hasPatchesThatRequireNothingAndHaveNoDefaults() {
        int patches = 0;
        for (Operation operation : operations()) {
            if (operation.method().equals("PATCH")) {
                JsonNode content = operation.json().at("/requestBody/content");
                assertEquals(2, content.size(), operation.toString());
                for (JsonNode mediaType : content) {
                    String reference = mediaType.at("/schema/$ref").asText();
                    assertTrue(reference.endsWith("Patch"), operation + " " + reference);
                    JsonNode schema = document.at(reference.substring(1));
                    assertTrue(schema.path("required").isMissingNode(), reference);
                    schema.path("properties").forEach(member -> assertFalse(member.has("default"), reference));
                    patches++;
                }
            }
        }
        assertEquals(30, patches);
    }

    /** Inline objects and enums get invented names in generated clients. */
    @Test
    void namesEveryObjectAndEnum() {
        schemas().forEachEntry((name, schema) -> {
            assertTrue(name.matches("([A-Z][a-z]+)+"), name);
            schema.findParents("properties").stream()
                    .filter(each -> each != schema)
                    .forEach(each -> assertFalse(
                            each.path("properties").isObject()
                                    && each.path("type").asText().equals("object"),
                            name + ": " + each));
            schema.findParents("enum").stream()
                    .filter(each -> each != schema)
                    .forEach(each -> assertTrue(each.path("enum").isObject(), name + ": " + each));
            schema.findParents("default")
                    .forEach(each -> assertFalse(each.path("default").isObject(), name));
        });
        for (Operation operation : operations()) {
            operation
                    .json()
                    .path("parameters")
                    .forEach(each -> assertFalse(
                            each.path("schema").has("enum")
                                    || each.path("schema").has("pattern"),
                            each.toString()));
        }
    }

    @Test
    void listsEveryProblemType() {
        TreeSet<String> codes = new TreeSet<>();
        schemas().at("/ProblemCode/enum").forEach(code -> codes.add(code.asText()));
        for (Operation operation : operations()) {
            operation.json().path("responses").forEach(response -> {
                if (response.has("$ref")) {
                    assertTrue(codes.containsAll(
                            List.of(response.path("description").asText().split(", "))));
                }
            });
        }
        assertEquals(
                "#/components/schemas/ProblemCode",
                schemas().at("/Problem/properties/code/$ref").asText());
        assertTrue(codes.containsAll(List.of("not-found", "duplicate-item", "share-limit")), codes::toString);
    }

    @Test
    void hasValidExamples() {
        List<String> wrong = new ArrayList<>();
        int checked = 0;
        Conformance conformance = new Conformance(document);
        for (JsonNode described : document.findParents("example")) {
            if (described.has("schema")) {
                checked++;
                conformance
                        .mismatch(described.path("schema"), described.path("example"))
                        .ifPresent(mismatch -> wrong.add(described.path("example") + ": " + mismatch));
            }
        }
        assertEquals(List.of(), wrong);
        assertTrue(checked > 200, () -> "few examples");
    }

    @Test
    void hasAnExampleOfEveryJsonBody() {
        for (Operation operation : operations()) {
            List<JsonNode> bodies = new ArrayList<>(operation.json().findParents("application/json"));
            for (JsonNode content : bodies) {
                JsonNode body = content.path("application/json");
                assertTrue(body.has("example") || !body.path("schema").has("$ref"), operation.toString());
            }
        }
    }

    @Test
    void hasTheStatusesOfTheTableOfAuthorisation() throws IOException {
        Path table = Path.of("test", "dealbrain.app", "dealbrain", "app", "authorisation.txt");
        for (String line : Files.readAllLines(table)) {
            if (!line.isBlank() && !line.startsWith("#")) {
                String[] cells = line.split(" +");
                JsonNode responses = document.path("paths")
                        .path(cells[1])
                        .path(cells[0].toLowerCase(Locale.ROOT))
                        .path("responses");
                for (int i = 3; i < cells.length; i++) {
                    assertTrue(responses.has(cells[i]), line);
                }
            }
        }
    }
}
