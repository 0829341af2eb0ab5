package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dealbrain.json.Json;
import dealbrain.json.ThingInput;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenApiDocumentTest {
    private static final TestSite SITE = TestSite.start();
    private static final JsonNode DOCUMENT = SITE.get("/openapi.json").json();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static JsonNode operation(String method, String path) {
        return DOCUMENT.path("paths").path(path).path(method);
    }

    private static List<JsonNode> operations() {
        List<JsonNode> operations = new ArrayList<>();
        DOCUMENT.path("paths").forEach(path -> path.forEach(operations::add));
        return operations;
    }

    private static JsonNode parameter(JsonNode operation, String name) {
        return operation
                .path("parameters")
                .valueStream()
                .filter(each -> each.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Set<String> names(JsonNode object) {
        return object.propertyStream().map(Map.Entry::getKey).collect(Collectors.toSet());
    }

    @Nested
    class Document {
        @Test
        void isOfVersion31() {
            assertEquals("3.1.0", DOCUMENT.path("openapi").asText());
        }

        @Test
        void hasTheTextsOfTheApplication() {
            JsonNode info = DOCUMENT.path("info");
            assertEquals("things", info.path("title").asText());
            assertEquals("7", info.path("version").asText());
            assertEquals("Things for tests.", info.path("description").asText());
            assertEquals("https://things.example.org", info.at("/contact/url").asText());
            assertEquals(
                    "There are no tokens.",
                    DOCUMENT.at("/components/securitySchemes/token/description").asText());
            assertTrue(SITE.get("/docs").text().contains("<title>things API</title>"));
            assertTrue(SITE.get("/problems/unauthorized").text().contains("There are no tokens."));
        }

        @Test
        void tagsOperationsByTheirPath() {
            assertEquals(
                    "[\"things\"]",
                    operation("get", "/api/v1/things/{id}").path("tags").toString());
            assertEquals("[\"others\"]", operation("get", "/long").path("tags").toString());
            assertEquals(
                    "[\"things\",\"others\"]",
                    DOCUMENT.path("tags").findValues("name").toString().replace(" ", ""));
            assertEquals("All things.", DOCUMENT.at("/tags/0/description").asText());
        }

        @Test
        void namesTheServer() {
            assertEquals(
                    "https://things.example.org", DOCUMENT.at("/servers/0/url").asText());
        }

        @Test
        void hasEachRouteOfTheTable() {
            assertEquals(
                    Set.of("get", "put", "patch", "delete"),
                    names(DOCUMENT.path("paths").path("/api/v1/things/{id}")));
            assertTrue(names(DOCUMENT.path("paths"))
                    .containsAll(Set.of("/openapi.json", "/docs", "/problems/{code}", "/long", "/texts/{text}")));
        }

        @Test
        void hasNoDanglingReferences() {
            DOCUMENT.findValuesAsText("$ref")
                    .forEach(reference ->
                            assertFalse(DOCUMENT.at(reference.substring(1)).isMissingNode(), reference));
            assertFalse(DOCUMENT.findValuesAsText("$ref").isEmpty());
        }

        @Test
        void hasUniqueOperationIds() {
            Set<String> ids = new HashSet<>();
            operations()
                    .forEach(each -> assertTrue(
                            ids.add(each.path("operationId").asText()),
                            each.path("operationId").asText()));
        }

        @Test
        void isStable() {
            assertEquals(
                    SITE.get("/openapi.json").header("ETag"),
                    SITE.get("/openapi.json").header("ETag"));
            assertEquals(
                    304,
                    SITE.get(
                                    "/openapi.json",
                                    "If-None-Match",
                                    SITE.get("/openapi.json").header("ETag"))
                            .status());
        }
    }

    @Nested
    class Operations {
        @Test
        void havePathParameters() {
            JsonNode operation = operation("get", "/api/v1/things/{id}/parts/{part_id}/{share_token}");
            assertEquals(
                    "integer", parameter(operation, "id").at("/schema/type").asText());
            assertEquals(
                    "integer",
                    parameter(operation, "part_id").at("/schema/type").asText());
            assertEquals(
                    "string",
                    parameter(operation, "share_token").at("/schema/type").asText());
            operation
                    .path("parameters")
                    .valueStream()
                    .filter(each -> each.path("in").asText().equals("path"))
                    .forEach(each -> assertTrue(each.path("required").asBoolean()));
        }

        @Test
        void haveQueryParameters() {
            JsonNode operation = operation("get", "/api/v1/things");
            assertEquals(
                    "[1,100,20]",
                    List.of(
                                    parameter(operation, "limit")
                                            .at("/schema/minimum")
                                            .asInt(),
                                    parameter(operation, "limit")
                                            .at("/schema/maximum")
                                            .asInt(),
                                    parameter(operation, "limit")
                                            .at("/schema/default")
                                            .asInt())
                            .toString()
                            .replace(" ", ""));
            assertEquals(
                    "boolean", parameter(operation, "sold").at("/schema/type").asText());
            assertEquals(
                    "number",
                    parameter(operation, "min_price").at("/schema/type").asText());
            assertEquals(
                    "#/components/schemas/State",
                    parameter(operation, "state").at("/schema/$ref").asText());
            operation.path("parameters").forEach(each -> {
                assertFalse(each.path("required").asBoolean(), each.toString());
                assertFalse(each.toString().contains("null"), each.toString());
            });
        }

        @Test
        void haveBodies() {
            assertEquals(
                    Set.of("application/json"),
                    names(operation("post", "/api/v1/things").at("/requestBody/content")));
            assertEquals(
                    Set.of("application/merge-patch+json", "application/json"),
                    names(operation("patch", "/api/v1/things/{id}").at("/requestBody/content")));
            assertTrue(operation("get", "/long").path("requestBody").isMissingNode());
        }

        @Test
        void havePatchesThatRequireNothingAndHaveNoDefaults() {
            assertEquals(
                    "#/components/schemas/ThingPatch",
                    operation("patch", "/api/v1/things/{id}")
                            .at("/requestBody/content/application~1merge-patch+json/schema/$ref")
                            .asText());
            JsonNode patch = DOCUMENT.at("/components/schemas/ThingPatch");
            assertTrue(patch.path("required").isMissingNode());
            patch.path("properties").forEach(member -> assertFalse(member.has("default"), member.toString()));
            assertEquals("false", patch.path("additionalProperties").toString());
        }

        @Test
        void haveTheConditionsThatTheServerEvaluates() {
            assertTrue(operation("get", "/api/v1/things/{id}")
                    .path("parameters")
                    .toString()
                    .contains("#/components/parameters/If-None-Match"));
            assertTrue(operation("put", "/api/v1/things/{id}")
                    .path("parameters")
                    .toString()
                    .contains("#/components/parameters/If-Match"));
            assertFalse(operation("post", "/api/v1/things").toString().contains("/parameters/If-"));
        }

        @Test
        void haveAllStatuses() {
            assertTrue(names(operation("post", "/api/v1/things").path("responses"))
                    .containsAll(Set.of("201", "400", "406", "409", "413", "415", "422", "500", "503")));
            assertTrue(operation("post", "/api/v1/things")
                    .at("/responses/409/description")
                    .asText()
                    .contains("duplicate-thing"));
            assertTrue(names(operation("get", "/api/v1/things/{id}").path("responses"))
                    .containsAll(Set.of("200", "304", "404")));
            assertTrue(names(operation("put", "/api/v1/things/{id}").path("responses"))
                    .containsAll(Set.of("401", "403")));
            assertTrue(names(operation("delete", "/api/v1/things/{id}").path("responses"))
                    .containsAll(Set.of("204", "412")));
            assertTrue(operations().stream()
                    .allMatch(each -> each.path("responses").properties().stream()
                            .allMatch(response -> !response.getValue()
                                    .path("description")
                                    .asText()
                                    .isBlank())));
        }

        @Test
        void havePageHeaders() {
            assertEquals(
                    Set.of("ETag", "Link", "X-Request-Id", "X-Total-Count", "X-Total-Count-Relation"),
                    names(operation("get", "/api/v1/things").at("/responses/200/headers")));
            assertEquals(
                    Set.of("ETag", "Location", "X-Request-Id"),
                    names(operation("post", "/api/v1/things").at("/responses/201/headers")));
        }

        @Test
        void haveTheRequiredCredentials() {
            assertEquals("[]", operation("get", "/long").path("security").toString());
            assertEquals(
                    "[{\"token\":[]}]",
                    operation("put", "/api/v1/things/{id}").path("security").toString());
            assertTrue(operation("put", "/api/v1/things/{id}")
                    .path("description")
                    .asText()
                    .contains("write"));
            assertTrue(operation("patch", "/api/v1/things/{id}")
                    .path("description")
                    .asText()
                    .contains("admin"));
        }
    }

    @Nested
    class Responses {
        private static final String THING = "/components/schemas/Thing";
        private static final String PROBLEM = "/components/schemas/Problem";

        private static List<Error> errors(String pointer, JsonNode value) {
            ObjectNode document = DOCUMENT.deepCopy();
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(document.put("$ref", "#" + pointer))
                    .validate(value);
        }

        @Test
        void matchTheirSchemas() {
            JsonNode thing = SITE.get("/api/v1/things/1").json();
            assertEquals(List.of(), errors(THING, thing));
            assertEquals(
                    List.of(),
                    errors(
                            THING,
                            Json.tree(new Thing(
                                    1, "a", "b", null, ThingInput.Color.RED, null, Thing.of(2), List.of("c"), 4))));
            assertEquals(List.of(), errors(PROBLEM, SITE.get("/nothing").json()));
            assertEquals(
                    List.of(),
                    errors(PROBLEM, SITE.get("/api/v1/things?limit=0&a=b").json()));
            assertEquals(
                    List.of(),
                    errors(
                            THING + "Input",
                            SITE.post("/api/v1/things", "{\"name\": \"a\"}").json()));
        }

        @Test
        void allowNoOtherMembers() {
            ObjectNode thing = (ObjectNode) Json.tree(Thing.of(1));
            assertFalse(errors(THING, thing.put("row_version", 3)).isEmpty());
            assertEquals(
                    "false",
                    DOCUMENT.at("/components/schemas/Thing/additionalProperties")
                            .toString());
            assertFalse(
                    names(DOCUMENT.at("/components/schemas/Thing/properties")).contains("row_version"));
        }

        @Test
        void haveOnlyDeclaredDefaults() {
            JsonNode properties = DOCUMENT.at(THING + "Input/properties");
            assertEquals("[]", properties.at("/ids/default").toString());
            assertTrue(properties.at("/ids/items/default").isMissingNode());
            assertTrue(properties.at("/parts/items/default").isMissingNode());
        }

        @Test
        void haveTheNullableMembersOfTheRecord() {
            JsonNode properties = DOCUMENT.at("/components/schemas/Thing/properties");
            assertEquals("[\"string\",\"null\"]", properties.at("/note/type").toString());
            assertEquals("string", properties.at("/name/type").asText());
            assertEquals("date-time", properties.at("/seen_at/format").asText());
        }
    }

    @Nested
    class Pages {
        @Test
        void showTheDocument() {
            TestSite.ClientResponse page = SITE.get("/docs");
            assertEquals("text/html; charset=utf-8", page.header("Content-Type"));
            assertTrue(page.header("Content-Security-Policy").contains("script-src 'self'"));
        }

        @ParameterizedTest
        @ValueSource(strings = {"swagger-ui.css", "swagger-ui-bundle.js", "docs.css", "docs.js", "favicon-32x32.png"})
        void haveTheirAssets(String name) {
            assertEquals(200, SITE.get("/docs/" + name).status());
            assertTrue(SITE.get("/docs/" + name).http().body().length > 100);
            assertTrue(SITE.get("/docs").text().contains("/docs/" + name));
        }

        @ParameterizedTest
        @ValueSource(strings = {"other.js", "..%2fdocs.html", "docs.html", "Server.class"})
        void haveNoOtherAssets(String name) {
            assertEquals(404, SITE.get("/docs/" + name).status());
        }

        @Test
        void existForEachProblemType() {
            for (ProblemType type : ProblemType.COMMON) {
                TestSite.ClientResponse page = SITE.get(type.uri());
                assertEquals(200, page.status());
                assertTrue(
                        page.text().contains(type.title()) && page.text().contains(Integer.toString(type.status())),
                        type.code());
            }
            assertTrue(SITE.get("/problems/duplicate-thing").text().contains("Use the existing thing."));
            assertEquals(404, SITE.get("/problems/other").status());
        }
    }
}
