package dealbrain.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SchemaComponentsTest {
    private enum Color {
        RED,
        GREEN
    }

    private record Part(long id, String name) {}

    private record NodeInput(
            @Size(max = 9) String name,
            int count,
            @Nullable Long other,
            @Min(1) @Max(20) int small,
            @Default("\"red\"") Color color,
            @Nullable Color second,
            @Nullable Part part,
            List<Part> parts,
            @JsonIgnoreProperties("id") Part without,
            @JsonIgnoreProperties("extra") Part with,
            @Default("{}") ObjectNode attributes,
            Map<String, Integer> weights,
            @Nullable NodeInput next,
            @Nullable @TextOr(Part.class) JsonNode either,
            @Nullable @TextOrJson(maxLength = 99) JsonNode document) {}

    private final SchemaComponents components = new SchemaComponents(new InputSchemas(), "#/components/schemas/");

    private JsonNode member(String name) {
        components.reference(NodeInput.class);
        return components.all().get("NodeInput").path("properties").path(name);
    }

    private static JsonNode json(String text) {
        return Json.read(text.replace('\'', '"'), JsonNode.class);
    }

    private static String reference(String name) {
        return "{'$ref': '#/components/schemas/" + name + "'}";
    }

    @Nested
    class Reference {
        @Test
        void namesEachRecordAndEnum() {
            assertEquals(json(reference("NodeInput")), components.reference(NodeInput.class));
            assertEquals(
                    Set.of("NodeInput", "Part", "PartWithoutId", "PartWithExtra", "Color"),
                    components.all().keySet());
            assertEquals(json("{'type': 'array', 'items': " + reference("Part") + "}"), member("parts"));
            assertEquals(
                    json("{'type': 'string', 'enum': ['red', 'green']}"),
                    components.all().get("Color"));
        }

        @Test
        void isOneOfItselfAndNullIfNullable() {
            String orNull = "{'oneOf': [%s, {'type': 'null'}]}";
            assertEquals(json(orNull.formatted(reference("Part"))), member("part"));
            assertEquals(json(orNull.formatted(reference("Color"))), member("second"));
            assertEquals(json(orNull.formatted(reference("NodeInput"))), member("next"));
            assertEquals(json("{'type': ['integer', 'null'], 'format': 'int64'}"), member("other"));
        }

        @Test
        void isOneOfATextAndAnObject() {
            assertEquals(
                    json("{'oneOf': [{'type': 'string', 'minLength': 1, 'maxLength': 255}, " + reference("Part")
                            + ", {'type': 'null'}]}"),
                    Json.read(member("either").toString(), JsonNode.class));
            assertEquals(
                    List.of("id", "name"),
                    components
                            .all()
                            .get("Part")
                            .path("required")
                            .valueStream()
                            .map(JsonNode::asText)
                            .toList());
        }

        @Test
        void hasNoTypeForATextOrJson() {
            assertEquals(json("{}"), member("document"));
        }

        @Test
        void hasFormatsInsteadOfTheRangesOfJava() {
            assertEquals(json("{'type': 'integer', 'format': 'int32'}"), member("count"));
            assertEquals(
                    json("{'type': 'integer', 'minimum': 1, 'maximum': 20, 'format': 'int32'}"),
                    Json.read(member("small").toString(), JsonNode.class));
            assertEquals(
                    "int64",
                    components.all().get("Part").at("/properties/id/format").asText());
        }

        @Test
        void hasDefaultsExceptForObjectsAndAcceptsNullForThem() {
            assertEquals("red", member("color").path("default").asText());
            assertEquals(
                    json("{'default': 'red', 'oneOf': [" + reference("Color") + ", {'type': 'null'}]}"),
                    member("color"));
            assertEquals(json("{'type': ['object', 'null'], 'additionalProperties': true}"), member("attributes"));
        }

        @Test
        void differsWhereMembersAreIgnored() {
            assertEquals(json(reference("PartWithoutId")), member("without"));
            assertFalse(components.all().get("PartWithoutId").path("properties").has("id"));
            assertTrue(components.all().get("PartWithExtra").path("properties").has("extra"));
        }

        @Test
        void keepsTheRules() {
            JsonNode node = components.all().getOrDefault("NodeInput", Json.object());
            assertTrue(node.isEmpty());
            components.reference(NodeInput.class);
            node = components.all().get("NodeInput");
            assertEquals("false", node.path("additionalProperties").toString());
            assertEquals(9, node.at("/properties/name/maxLength").asInt());
            assertEquals(
                    List.of("name", "count", "small", "parts", "without", "with", "weights"),
                    node.path("required").valueStream().map(JsonNode::asText).toList());
        }

        @Test
        void isRejectedForASecondTypeOfTheSameName() {
            components.reference(Part.class);
            assertThrows(IllegalStateException.class, () -> components.reference(Other.Part.class));
        }
    }

    private static final class Other {
        private record Part(String name) {}
    }

    @Nested
    class Patch {
        @Test
        void requiresNothingAndHasNoDefaults() {
            assertEquals(json(reference("NodePatch")), components.patchReference(NodeInput.class));
            JsonNode patch = components.all().get("NodePatch");
            assertFalse(patch.has("required"));
            assertTrue(patch.path("properties").findValues("default").isEmpty());
            assertEquals("false", patch.path("additionalProperties").toString());
        }

        @Test
        void acceptsNullWhereItRemovesOrRestoresTheDefault() {
            components.patchReference(NodeInput.class);
            JsonNode members = components.all().get("NodePatch").path("properties");
            assertEquals("string", members.at("/name/type").asText());
            assertEquals("[\"integer\",\"null\"]", members.at("/other/type").toString());
            assertEquals("[\"object\",\"null\"]", members.at("/attributes/type").toString());
            assertEquals(
                    json("{'description': 'null restores the default, \\'red\\'.', 'oneOf': [" + reference("Color")
                            + ", {'type': 'null'}]}"),
                    members.path("color"));
        }
    }
}
