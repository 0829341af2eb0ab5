package dealbrain.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import java.util.ArrayList;
import java.util.List;

/** Converts the violations of one schema to error texts: which member, which rule, which value. Thread-safe. */
final class ErrorText {
    static final String UNKNOWN = "is unknown";

    private final JsonNode document;

    ErrorText(JsonNode document) {
        this.document = document;
    }

    /**
     * Returns false for the violation "must be null". A nullable member has two alternatives. A value that is not null
     * and violates the other alternative violates this one too, but only the error of the other is useful.
     */
    boolean isRelevant(Error violation) {
        return !violation.getKeyword().equals("type")
                || !violated(violation).path("type").asText().equals("null");
    }

    InputError error(Error violation) {
        String pointer = violation.getInstanceLocation().toString();
        if (violation.getProperty() != null) {
            pointer += "/" + escape(violation.getProperty());
        }
        return error(pointer, rule(violation));
    }

    static InputError error(String pointer, String rule) {
        return InputError.at(pointer, name(pointer) + " " + rule);
    }

    static String detail(String member, String rule) {
        return name("/" + escape(member)) + " " + rule;
    }

    /** Returns the name of the value at a pointer in error texts. */
    static String name(String pointer) {
        if (pointer.isEmpty()) {
            return "the body";
        }
        String last = lastName(pointer);
        if (last.isEmpty()) {
            return "the member with an empty name";
        }
        return last.chars().allMatch(Character::isDigit) ? "element " + last : InputError.abbreviated(last);
    }

    /** Returns the last member name of a pointer. */
    static String lastName(String pointer) {
        return pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
    }

    /** Returns a member name as a segment of a pointer (RFC 6901, section 3). */
    static String escape(String name) {
        return name.replace("~", "~0").replace("/", "~1");
    }

    private String rule(Error violation) {
        JsonNode value = violation.getInstanceNode();
        JsonNode schema = violated(violation);
        String keyword = violation.getKeyword();
        return switch (keyword) {
            case "required" -> "is required";
            case "additionalProperties" -> UNKNOWN;
            case "type" -> "must be " + type(schema.path("type")) + was(value);
            case "enum" -> "must be " + choice(schema.path("enum")) + was(value);
            case "minimum", "maximum" -> "must be " + range(schema, "minimum", "maximum") + was(value);
            case "exclusiveMinimum" ->
                "must be more than " + schema.path(keyword).asText() + was(value);
            case "exclusiveMaximum" ->
                "must be less than " + schema.path(keyword).asText() + was(value);
            case "minLength", "maxLength" ->
                "must have " + range(schema, "minLength", "maxLength") + " characters, has " + length(value);
            case "minItems", "maxItems" ->
                "must have " + range(schema, "minItems", "maxItems") + " elements, has " + value.size();
            case "minProperties", "maxProperties" ->
                "must have " + range(schema, "minProperties", "maxProperties") + " members, has " + value.size();
            case "multipleOf" ->
                "must be a multiple of " + schema.path("multipleOf").asText() + was(value);
            case "pattern" -> "must be " + pattern(schema) + was(value);
            case "format" -> "must be " + format(schema.path("format").asText()) + was(value);
            default -> InputError.abbreviated(violation.getMessage());
        };
    }

    /** Returns the part of the schema that has the violated keyword. */
    private JsonNode violated(Error violation) {
        String keyword = violation.getSchemaLocation().getFragment().toString();
        JsonNode schema = document.at(JsonPointer.compile(keyword).head());
        return schema == null ? document : schema;
    }

    private static String was(JsonNode value) {
        return ", was " + shown(value);
    }

    /** Returns a scalar as JSON, and only the type of an object or array. */
    static String shown(JsonNode value) {
        return switch (value.getNodeType()) {
            case ARRAY -> withArticle("array");
            case OBJECT -> withArticle("object");
            default -> InputError.abbreviated(value.toString());
        };
    }

    private static int length(JsonNode text) {
        return text.textValue().codePointCount(0, text.textValue().length());
    }

    private static String range(JsonNode schema, String lower, String upper) {
        JsonNode min = schema.path(lower);
        JsonNode max = schema.path(upper);
        if (min.isMissingNode()) {
            return "at most " + max.asText();
        }
        return max.isMissingNode() ? "at least " + min.asText() : "between " + min.asText() + " and " + max.asText();
    }

    /** Returns the description of the member, which says the pattern in words. */
    private static String pattern(JsonNode schema) {
        return schema.path("description")
                .asText("of the form " + schema.path("pattern").asText());
    }

    private static String type(JsonNode types) {
        List<String> names = new ArrayList<>();
        (types.isArray() ? types : List.of(types)).forEach(type -> names.add(withArticle(type.asText())));
        return String.join(" or ", names);
    }

    private static String withArticle(String type) {
        if (type.equals("null")) {
            return type;
        }
        return ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    private static String format(String name) {
        return switch (name) {
            case "date-time" -> "a date, or a time with its offset, such as 2026-01-31T12:00:00Z";
            case "date" -> "a date such as 2026-01-31";
            default -> withArticle(name);
        };
    }

    private static String choice(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return (texts.size() == 1 ? "" : "one of ") + String.join(", ", texts);
    }
}
