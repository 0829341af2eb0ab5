package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/** Generates JSON values that are valid for a schema of the document, and invalid variants of them. */
final class FuzzValues {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Texts that often cause errors. None has an unpaired surrogate, which UTF-8 cannot encode. */
    static final List<String> TEXTS = List.of(
            "",
            " ",
            "a",
            "null",
            "0",
            "-1",
            "\u0000",
            "\uD83D\uDDA5",
            "\u202Eabc",
            "Z\u0351\u036B\u0343",
            "<b>&\"'",
            "'; DROP TABLE listing; --",
            "%s%n{0}${x}",
            "../../etc/passwd",
            "\\",
            "\n\r\t",
            "=1+1",
            "x".repeat(300),
            "\uD83D\uDDA5".repeat(101),
            "2026-02-30T00:00:00Z",
            "9".repeat(40),
            "true",
            "\uFEFF",
            "javascript:alert(1)",
            "%00");

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-1",
            "1",
            "1.5",
            "2147483648",
            "-9223372036854775809",
            "9223372036854775807",
            "1e400",
            "1e-400",
            "0.005",
            "1000000.01",
            "1e999999999",
            "12345678901234567890123456789012345678901",
            "99999999");

    private final JsonNode document;
    private final RandomGenerator random;

    FuzzValues(JsonNode document, RandomGenerator random) {
        this.document = document;
        this.random = random;
    }

    <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    boolean chance(double of) {
        return random.nextDouble() < of;
    }

    /** Returns a value that is valid for the schema. */
    JsonNode valid(JsonNode schema) {
        if (schema.has("$ref")) {
            return valid(document.at(schema.path("$ref").asText().substring(1)));
        }
        if (schema.has("oneOf")) {
            return valid(
                    schema.path("oneOf").get(random.nextInt(schema.path("oneOf").size())));
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(random.nextInt(schema.path("enum").size()));
        }
        JsonNode types = schema.path("type");
        return switch (types.isArray() ? types.get(random.nextInt(types.size())).asText() : types.asText()) {
            case "null" -> JSON.nullNode();
            case "boolean" -> JSON.booleanNode(random.nextBoolean());
            case "integer" -> JSON.numberNode(integer(schema));
            case "number" -> number(schema);
            case "array" -> array(schema);
            case "object" -> object(schema);
            default -> JSON.textNode(text(schema));
        };
    }

    private long integer(JsonNode schema) {
        long min = schema.has("minimum") ? schema.path("minimum").asLong() : -1000;
        long max = schema.has("maximum") ? schema.path("maximum").asLong() : 1000;
        return switch (random.nextInt(4)) {
            case 0 -> min;
            case 1 -> max;
            default ->
                max - min < 0 || max - min > 10_000
                        ? Math.clamp(random.nextLong(1, 200), min, max)
                        : random.nextLong(min, max + 1);
        };
    }

    private JsonNode number(JsonNode schema) {
        BigDecimal min = schema.has("minimum") ? schema.path("minimum").decimalValue() : BigDecimal.ZERO;
        BigDecimal max = schema.has("maximum") ? schema.path("maximum").decimalValue() : BigDecimal.valueOf(1000);
        return JSON.numberNode(oneOf(List.of(
                min, max, BigDecimal.valueOf(random.nextInt(1000), 2).max(min).min(max))));
    }

    private JsonNode array(JsonNode schema) {
        ArrayNode array = JSON.arrayNode();
        int most = Math.min(schema.path("maxItems").asInt(3), 3);
        int count = Math.max(schema.path("minItems").asInt(0), random.nextInt(most + 1));
        for (int i = 0; i < count; i++) {
            array.add(valid(schema.path("items")));
        }
        return array;
    }

    private JsonNode object(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        List<String> required = new ArrayList<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        schema.path("properties").properties().forEach(member -> {
            if (required.contains(member.getKey()) || chance(0.4)) {
                object.set(member.getKey(), valid(member.getValue()));
            }
        });
        if (schema.path("properties").isMissingNode() && chance(0.5)) {
            object.set(
                    oneOf(TEXTS),
                    schema.path("additionalProperties").isObject()
                            ? valid(schema.path("additionalProperties"))
                            : any(2));
        }
        return object;
    }

    private String text(JsonNode schema) {
        if (schema.path("format").asText().equals("date-time")) {
            return "2026-01-31T12:00:00Z";
        }
        int min = schema.path("minLength").asInt(0);
        int max = Math.min(schema.path("maxLength").asInt(40), 5000);
        String unique = OneOfEach.unique();
        List<String> candidates = new ArrayList<>(List.of(
                unique,
                unique,
                unique + "@example.org",
                "https://example.org/" + unique,
                "dealbrain-collection",
                "x".repeat(max),
                "\uD83D\uDDA5".repeat(max),
                "https://e/" + "x".repeat(Math.max(0, max - 10)),
                oneOf(TEXTS)));
        Pattern pattern = Pattern.compile(schema.path("pattern").asText(""));
        candidates.removeIf(text -> text.codePointCount(0, text.length()) < min
                || text.codePointCount(0, text.length()) > max
                || !pattern.matcher(text).find());
        return candidates.isEmpty() ? unique : oneOf(candidates);
    }

    /** Returns any value, with at most {@code depth} levels below it. */
    JsonNode any(int depth) {
        return switch (random.nextInt(depth > 0 ? 7 : 5)) {
            case 0 -> JSON.nullNode();
            case 1 -> JSON.booleanNode(random.nextBoolean());
            case 2, 3 -> JSON.textNode(oneOf(TEXTS));
            case 4 -> JSON.numberNode(new BigDecimal(oneOf(NUMBERS)));
            case 5 -> JSON.arrayNode().add(any(depth - 1)).add(any(depth - 1));
            default -> JSON.objectNode().set(oneOf(TEXTS), any(depth - 1));
        };
    }

    /** Returns a copy with one change: a member is missing, unknown, null or has another value. */
    JsonNode broken(JsonNode valid) {
        JsonNode tree = valid.deepCopy();
        if (tree instanceof ObjectNode object && !object.isEmpty() && chance(0.9)) {
            List<String> names = new ArrayList<>();
            object.fieldNames().forEachRemaining(names::add);
            String name = oneOf(names);
            switch (random.nextInt(5)) {
                case 0 -> object.remove(name);
                case 1 -> object.set(oneOf(TEXTS), any(1));
                case 2 -> object.set(name, broken(object.get(name)));
                default -> object.set(name, any(3));
            }
            return object;
        }
        if (tree instanceof ArrayNode array && !array.isEmpty() && chance(0.8)) {
            int at = random.nextInt(array.size());
            array.set(at, broken(array.get(at)));
            return array;
        }
        return any(3);
    }

    /** Returns a text that is not well-formed JSON, or only just. */
    String malformed(String json) {
        return switch (random.nextInt(6)) {
            case 0 -> json.substring(0, random.nextInt(json.length()));
            case 1 -> json + oneOf(List.of("x", "}", "{}", ",", "\u0000"));
            case 2 -> "[".repeat(random.nextInt(1, 100));
            case 3 -> "{\"a\":1,\"a\":2}";
            case 4 -> json.replace("\"", "'");
            default -> oneOf(TEXTS);
        };
    }
}
