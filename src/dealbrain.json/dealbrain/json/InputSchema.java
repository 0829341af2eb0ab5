package dealbrain.json;

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
import java.util.Map;

/** The JSON schema of an input record: validates JSON trees and adds defaults. Thread-safe. */
public final class InputSchema {
    /** More than a person corrects by hand, and few enough that the response is not larger than the request. */
    static final int MAX_ERRORS = 100;

    private static final SchemaRegistry REGISTRY = SchemaRegistry.withDefaultDialect(
            SpecificationVersion.DRAFT_2020_12,
            registry -> registry.schemaRegistryConfig(SchemaRegistryConfig.builder()
                    .pathType(PathType.JSON_POINTER)
                    .formatAssertionsEnabled(true)
                    .build()));

    private final JsonNode document;
    private final Schema schema;
    private final ErrorText errorText;

    InputSchema(ObjectNode document) {
        this.document = document;
        this.schema = REGISTRY.getSchema(document);
        this.errorText = new ErrorText(document);
    }

    /** Returns the schemas of the members by name. */
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

    /**
     * Completes a tree, also nested objects and arrays: adds the defaults of members that are absent, or null where
     * null is not a value, and writes times in the form of RFC 3339.
     */
    void complete(JsonNode tree) {
        complete(tree, document);
    }

    private void complete(JsonNode tree, JsonNode schema) {
        schema.path("anyOf").forEach(each -> complete(tree, each));
        if (schema.has("$ref")) {
            complete(tree, document.at(schema.get("$ref").asText().substring(1)));
        } else if (tree instanceof ObjectNode object) {
            schema.path("properties").properties().forEach(member -> completeMember(object, member));
        } else if (tree.isArray()) {
            tree.forEach(element -> complete(element, schema.path("items")));
        }
    }

    /** Returns whether null is one of the types of a schema. */
    static boolean acceptsNull(JsonNode schema) {
        JsonNode alternatives = schema.has("anyOf") ? schema.path("anyOf") : schema.path("type");
        return alternatives
                .valueStream()
                .anyMatch(each -> each.asText().equals("null")
                        || each.path("type").asText().equals("null"));
    }

    private void completeMember(ObjectNode object, Map.Entry<String, JsonNode> member) {
        JsonNode value = object.path(member.getKey());
        JsonNode schema = member.getValue();
        if (schema.has("default") && (value.isMissingNode() || (value.isNull() && !acceptsNull(schema)))) {
            object.set(member.getKey(), schema.get("default").deepCopy());
        } else if (value.isTextual() && schema.path("format").asText().equals("date-time")) {
            object.put(member.getKey(), TimeText.normalized(value.textValue()));
        } else {
            complete(value, schema);
        }
    }

    /** Returns up to {@link #MAX_ERRORS} errors, each with its pointer; empty if the tree is valid. */
    List<InputError> errors(JsonNode tree) {
        ValueLimits limits = ValueLimits.check(tree);
        List<InputError> errors = new ArrayList<>(limits.errors());
        if (limits.isCalculable()) { // otherwise the arithmetic of the schema may take for ever
            violations(tree).stream()
                    .filter(errorText::isRelevant)
                    .limit(MAX_ERRORS)
                    .forEach(violation -> errors.add(errorText.error(violation)));
        }
        return errors.size() <= MAX_ERRORS ? errors : errors.subList(0, MAX_ERRORS);
    }

    /** Stops the validation early, because thousands of violations would take more memory than the body. */
    private List<Error> violations(JsonNode tree) {
        BoundedList violations = new BoundedList();
        try {
            schema.validate(tree, context -> context.setErrors(violations));
        } catch (LimitException _) {
            return violations;
        }
        return violations;
    }

    /** The library has no option to stop after a number of violations: throws when it adds one too many. */
    private static final class BoundedList extends ArrayList<Error> {
        private static final long serialVersionUID = 1;

        @Override
        public boolean add(Error violation) {
            if (size() == 2 * MAX_ERRORS) { // up to half of them are not relevant
                throw new LimitException();
            }
            return super.add(violation);
        }
    }

    private static final class LimitException extends RuntimeException {
        private static final long serialVersionUID = 1;

        LimitException() {
            super(null, null, false, false);
        }
    }
}
