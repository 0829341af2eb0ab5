package dealbrain.json;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SchemaRegistryConfig;
import com.networknt.schema.SpecificationVersion;
import com.networknt.schema.path.PathType;
import java.util.ArrayList;
import java.util.List;

/** Checks a JSON tree against the schema of an input and says every mistake in words. Safe for use by many threads. */
public final class InputSchema {
    /** More than anybody corrects by hand, and few enough that an answer does not outgrow its request. */
    static final int MAX_ERRORS = 100;

    private static final int MAX_SHOWN = 60;
    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .formatAssertionsEnabled(true)
                    .build()));

    private final JsonNode document;
    private final Schema schema;

    InputSchema(ObjectNode document) {
        this.document = document;
        this.schema = REGISTRY.getSchema(document);
    }

    /** The schema of the members by name. */
    public JsonNode properties() {
        return document.path("properties");
    }

    public boolean requiresNothing() {
        return document.path("required").isEmpty();
    }

    public boolean requires(String member) {
        return document.path("required")
                .valueStream()
                .anyMatch(name -> name.asText().equals(member));
    }

    /** Gives each absent member its default, in nested objects and arrays too. */
    void addDefaults(JsonNode tree) {
        addDefaults(tree, document);
    }

    private void addDefaults(JsonNode tree, JsonNode schema) {
        schema.path("anyOf").forEach(each -> addDefaults(tree, each));
        if (schema.has("$ref")) {
            addDefaults(tree, document.at(schema.get("$ref").asText().substring(1)));
        } else if (tree instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(member -> {
                JsonNode value = object.get(member.getKey());
                if (value != null) {
                    addDefaults(value, member.getValue());
                } else if (member.getValue().has("default")) {
                    object.set(member.getKey(), member.getValue().get("default").deepCopy());
                }
            });
        } else if (tree.isArray()) {
            tree.forEach(element -> addDefaults(element, schema.path("items")));
        }
    }

    /** The mistakes, each with its pointer, up to {@link #MAX_ERRORS}; empty when the tree is valid. */
    List<InputError> errors(JsonNode tree) {
        ValueLimits rules = ValueLimits.of(tree);
        List<InputError> errors = new ArrayList<>(rules.errors());
        if (rules.isCalculable()) { // else the schema's arithmetic could be busy for ever
            violations(tree).stream()
                    .filter(violation -> !saysOnlyNotNull(violation))
                    .limit(MAX_ERRORS)
                    .forEach(violation -> errors.add(error(violation)));
        }
        return errors.size() <= MAX_ERRORS ? errors : errors.subList(0, MAX_ERRORS);
    }

    private List<Error> violations(JsonNode tree) {
        BoundedErrors violations = new BoundedErrors();
        try {
            schema.validate(tree, context -> context.setErrors(violations));
        } catch (LimitReached _) {
            // there are as many as will be said, and thousands more would take more memory than the body
        }
        return violations;
    }

    /** A list that ends the check when it is full. */
    private static final class BoundedErrors extends ArrayList<Error> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean add(Error violation) {
            if (size() == 2 * MAX_ERRORS) { // some of them are only of null, and not said
                throw new LimitReached();
            }
            return super.add(violation);
        }
    }

    private static final class LimitReached extends RuntimeException {
        private static final long serialVersionUID = 1;

        LimitReached() {
            super(null, null, false, false);
        }
    }

    /** Of a member that is null or something else, the complaint of the something else is the one to read. */
    private boolean saysOnlyNotNull(Error violation) {
        return violation.getKeyword().equals("type")
                && limits(violation).path("type").asText().equals("null");
    }

    private InputError error(Error violation) {
        String pointer = violation.getInstanceLocation().toString();
        if (violation.getProperty() != null) {
            pointer += "/" + ValueLimits.escaped(violation.getProperty());
        }
        return error(pointer, rule(violation));
    }

    static InputError error(String pointer, String rule) {
        return InputError.at(pointer, name(pointer) + " " + rule);
    }

    /** What to call the place that a pointer leads to. */
    static String name(String pointer) {
        if (pointer.isEmpty()) {
            return "the body";
        }
        String last = pointer.substring(pointer.lastIndexOf('/') + 1)
                .replace("~1", "/")
                .replace("~0", "~");
        return last.isEmpty()
                ? "the member without a name"
                : last.chars().allMatch(Character::isDigit) ? "element " + last : abbreviated(last);
    }

    private String rule(Error violation) {
        JsonNode found = violation.getInstanceNode();
        JsonNode limits = limits(violation);
        String keyword = violation.getKeyword();
        return switch (keyword) {
            case "required" -> "is required";
            case "additionalProperties" -> "is not known here";
            case "type" -> "must be " + type(limits.path("type")) + ", was " + shown(found);
            case "enum" -> "must be one of " + list(limits.path("enum")) + ", was " + shown(found);
            case "minimum", "maximum" -> "must be " + between(limits, "minimum", "maximum") + ", was " + shown(found);
            case "exclusiveMinimum" ->
                "must be more than " + limits.path(keyword).asText() + ", was " + shown(found);
            case "exclusiveMaximum" ->
                "must be less than " + limits.path(keyword).asText() + ", was " + shown(found);
            case "minLength", "maxLength" ->
                "must have " + between(limits, "minLength", "maxLength") + " characters, has "
                        + found.textValue().codePointCount(0, found.textValue().length());
            case "minItems", "maxItems" ->
                "must have " + between(limits, "minItems", "maxItems") + " elements, has " + found.size();
            case "minProperties", "maxProperties" ->
                "must have " + between(limits, "minProperties", "maxProperties") + " members, has " + found.size();
            case "multipleOf" ->
                "must be a multiple of " + limits.path("multipleOf").asText() + ", was " + shown(found);
            case "pattern" ->
                "must be "
                        + limits.path("description")
                                .asText("of the form " + limits.path("pattern").asText()) + ", was " + shown(found);
            case "format" -> "must be " + format(limits.path("format").asText()) + ", was " + shown(found);
            default -> abbreviated(violation.getMessage());
        };
    }

    /** The part of the schema whose keyword was broken. */
    private JsonNode limits(Error violation) {
        String keyword = violation.getSchemaLocation().getFragment().toString();
        JsonNode found = document.at(JsonPointer.compile(keyword).head());
        return found == null ? document : found;
    }

    private static String between(JsonNode limits, String lower, String upper) {
        JsonNode min = limits.path(lower);
        JsonNode max = limits.path(upper);
        if (min.isMissingNode()) {
            return "at most " + max.asText();
        }
        return max.isMissingNode() ? "at least " + min.asText() : "between " + min.asText() + " and " + max.asText();
    }

    private static String type(JsonNode types) {
        List<String> names = new ArrayList<>();
        (types.isArray() ? types : List.of(types)).forEach(type -> names.add(article(type.asText())));
        return String.join(" or ", names);
    }

    private static String article(String type) {
        return type.equals("null") ? type : ("aeiou".indexOf(type.charAt(0)) >= 0 ? "an " : "a ") + type;
    }

    private static String format(String name) {
        return switch (name) {
            case "date-time" -> "a time as in 2026-01-31T12:00:00Z";
            case "date" -> "a date as in 2026-01-31";
            default -> article(name);
        };
    }

    private static String list(JsonNode values) {
        List<String> texts = new ArrayList<>();
        values.forEach(value -> texts.add(value.asText()));
        return String.join(", ", texts);
    }

    /** A value as a message shows it: scalars as they are, of objects and arrays only what they are. */
    static String shown(JsonNode found) {
        return found.isContainerNode() ? article(found.isArray() ? "array" : "object") : abbreviated(found.toString());
    }

    public static String abbreviated(String text) {
        return text.codePointCount(0, text.length()) <= MAX_SHOWN
                ? text
                : text.substring(0, text.offsetByCodePoints(0, MAX_SHOWN)) + "…";
    }
}
