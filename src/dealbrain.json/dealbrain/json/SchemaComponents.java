package dealbrain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Turns the schemas of {@link InputSchemas} into the components of an OpenAPI document: one named component for each
 * record and enum, and references in their places. The rules stay the same; only their form follows what generators of
 * clients understand:
 *
 * <ul>
 *   <li>A nullable record or enum is {@code oneOf} a reference and null.
 *   <li>A text or object is {@code oneOf} a text and a reference. A text or JSON has no type.
 *   <li>A member with a default accepts null, which means the default.
 *   <li>The range of a Java type becomes the format {@code int32} or {@code int64}.
 *   <li>Defaults that are objects are left out.
 * </ul>
 *
 * Not thread-safe.
 */
public final class SchemaComponents {
    private static final BigDecimal MIN_INT = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MAX_INT = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final BigDecimal MIN_LONG = BigDecimal.valueOf(Long.MIN_VALUE);
    private static final BigDecimal MAX_LONG = BigDecimal.valueOf(Long.MAX_VALUE);
    /** What a member says about itself, in contrast to its type. */
    private static final List<String> OF_MEMBERS = List.of("default", "description");

    private static final List<String> OF_TEXTS = List.of("minLength", "maxLength");

    private final InputSchemas schemas;
    private final String prefix;
    private final Map<String, ObjectNode> components = new TreeMap<>();
    /** The title of each component in {@link InputSchemas}, by which types with the same simple name are detected. */
    private final Map<String, String> titles = new TreeMap<>();

    /** @param prefix the start of references, such as {@code #/components/schemas/} */
    public SchemaComponents(InputSchemas schemas, String prefix) {
        this.schemas = schemas;
        this.prefix = prefix;
    }

    /** Returns a reference to the component of a record, enum or sealed type; the schema itself for any other type. */
    public ObjectNode reference(Class<?> type) {
        ObjectNode document = schemas.document(type);
        ObjectNode schema = new Rewriting(document).rewritten(document);
        return type.isSealed() ? add(type.getSimpleName(), schema) : schema;
    }

    /**
     * Returns a reference to the component of the merge patch (RFC 7396) of an input record. It requires nothing and
     * has no defaults, because an absent member does not change. A member accepts null if it is nullable or has a
     * default.
     */
    public ObjectNode patchReference(Class<?> type) {
        ObjectNode document = schemas.document(type);
        document.put("title", type.getName().replaceFirst("(Input|Change)$", "") + "Patch");
        document.remove("required");
        document.path("properties").forEachEntry((name, member) -> {
            JsonNode byDefault = ((ObjectNode) member).remove("default");
            if (byDefault != null) {
                ObjectNode removable = Json.object();
                String effect = "null restores the default, " + byDefault + ".";
                removable.put("description", effect);
                removable.putArray("anyOf").add(member.deepCopy()).addObject().put("type", "null");
                document.withObjectProperty("properties").set(name, removable);
            }
        });
        return new Rewriting(document).rewritten(document);
    }

    /** Returns the schemas of the parameters of a query record, by name. A parameter can be absent, but not null. */
    public Map<String, ObjectNode> parameters(Class<?> type) {
        ObjectNode document = schemas.document(type);
        Rewriting rewriting = new Rewriting(document);
        Map<String, ObjectNode> parameters = new LinkedHashMap<>();
        document.path("properties")
                .forEachEntry((name, member) -> parameters.put(name, withoutNull(rewriting.rewritten(member))));
        return parameters;
    }

    /** Returns the names of the members that a record requires. */
    public List<String> required(Class<?> type) {
        return schemas.document(type)
                .path("required")
                .valueStream()
                .map(JsonNode::asText)
                .toList();
    }

    /** Adds a component that is not made of a type. */
    public ObjectNode add(String name, ObjectNode component) {
        components.put(name, component);
        return referenceTo(name);
    }

    /** Returns all components that were referred to, by name. They may be changed. */
    public Map<String, ObjectNode> all() {
        return components;
    }

    private ObjectNode referenceTo(String name) {
        return Json.object().put("$ref", prefix + name);
    }

    private static ObjectNode withoutNull(ObjectNode schema) {
        if (schema.path("oneOf") instanceof ArrayNode alternatives) {
            schema.remove("oneOf");
            schema.setAll((ObjectNode) alternatives.get(0));
        } else if (schema.path("type") instanceof ArrayNode types) {
            schema.set("type", types.get(0));
        }
        return schema;
    }

    private static ObjectNode nullable(ObjectNode schema) {
        if (schema.path("type").isArray() || schema.has("oneOf")) {
            return schema; // is so already
        }
        if (schema.path("type").isTextual() && !schema.has("enum")) {
            String type = schema.path("type").asText();
            schema.putArray("type").add(type).add("null");
            return schema;
        }
        ObjectNode nullable = Json.object();
        move(OF_MEMBERS, schema, nullable);
        nullable.putArray("oneOf").add(schema).addObject().put("type", "null");
        return nullable;
    }

    private static void move(List<String> names, ObjectNode from, ObjectNode to) {
        for (String name : names) {
            JsonNode value = from.remove(name);
            if (value != null) {
                to.set(name, value);
            }
        }
    }

    /** Rewrites one schema, with the definitions to which it refers. */
    private final class Rewriting {
        private final ObjectNode document;

        Rewriting(ObjectNode document) {
            this.document = document.deepCopy();
        }

        ObjectNode rewritten(JsonNode schema) {
            ObjectNode copy = schema.deepCopy();
            copy.remove("$defs");
            JsonNode reference = copy.remove("$ref");
            if (reference != null) {
                ObjectNode target = document.at(reference.asText().substring(1)).deepCopy();
                target.setAll(copy); // what the member says about itself
                return rewritten(target);
            }
            if (hasType(copy, "string")
                    && hasType(copy, "array")) { // generators make no class of free-form alternatives
                return copy.without(List.of("type", "maxLength"));
            }
            if (hasType(copy, "string") && hasType(copy, "object")) {
                return textOrObject(copy);
            }
            if (InputSchema.acceptsNull(copy)) {
                return nullable(rewritten(withoutNullAlternative(copy)));
            }
            return copy.has("title") ? component(copy) : inline(copy);
        }

        private static boolean hasType(ObjectNode schema, String type) {
            return schema.path("type")
                    .valueStream()
                    .anyMatch(each -> each.asText().equals(type));
        }

        /** Returns the alternatives of {@link TextOr}. */
        private ObjectNode textOrObject(ObjectNode schema) {
            ObjectNode either = Json.object();
            boolean isNullable = InputSchema.acceptsNull(schema);
            move(OF_MEMBERS, schema, either);
            ObjectNode text = Json.object().put("type", "string");
            move(OF_TEXTS, schema, text);
            ArrayNode alternatives = either.putArray("oneOf").add(text).add(rewritten(schema.put("type", "object")));
            if (isNullable) {
                alternatives.addObject().put("type", "null");
            }
            return either;
        }

        private ObjectNode withoutNullAlternative(ObjectNode schema) {
            if (schema.remove("anyOf") instanceof ArrayNode alternatives) {
                alternatives
                        .valueStream()
                        .filter(each -> !each.path("type").asText().equals("null"))
                        .forEach(each -> {
                            ObjectNode alternative = each.deepCopy();
                            alternative.setAll(schema);
                            schema.setAll(alternative);
                        });
                return schema;
            }
            ArrayNode types = (ArrayNode) schema.path("type");
            types.removeIf(each -> each.asText().equals("null"));
            schema.set("type", types.get(0));
            if (schema.path("enum") instanceof ArrayNode constants) {
                constants.removeIf(JsonNode::isNull);
            }
            return schema;
        }

        /** Returns a reference to the component of a schema with a title, which is made on first use. */
        private ObjectNode component(ObjectNode schema) {
            String title = schema.remove("title").asText();
            String name = title.substring(Math.max(title.lastIndexOf('.'), title.lastIndexOf('$')) + 1);
            String known = titles.putIfAbsent(name, title);
            if (known != null && !known.equals(title)) {
                throw new IllegalStateException("two schemas have the name " + name + ": " + known + ", " + title);
            }
            ObjectNode reference = referenceTo(name);
            OF_MEMBERS.forEach(each -> {
                JsonNode value = schema.remove(each);
                if (value != null && !value.isObject()) {
                    reference.set(each, value);
                }
            });
            if (known == null) {
                ObjectNode component = Json.object();
                components.put(name, component); // first, because a record may refer to itself
                component.setAll(inline(schema));
            }
            return reference;
        }

        private ObjectNode inline(ObjectNode schema) {
            if (schema.path("anyOf") instanceof ArrayNode alternatives) { // of a sealed type
                for (int i = 0; i < alternatives.size(); i++) {
                    alternatives.set(i, rewritten(alternatives.get(i)));
                }
            }
            for (String keyword : Set.of("properties", "items", "additionalProperties")) {
                if (schema.get(keyword) instanceof ObjectNode part) {
                    schema.set(keyword, keyword.equals("properties") ? members(part) : rewritten(part));
                }
            }
            if (schema.path("default").isObject()) {
                schema.remove("default");
            }
            if (schema.path("type").asText().equals("integer")) {
                setFormat(schema);
            }
            if (schema.path("type").asText().equals("object") && schema.size() == 1) {
                schema.put("additionalProperties", true);
            }
            return schema;
        }

        private ObjectNode members(ObjectNode properties) {
            properties.properties().forEach(member -> {
                boolean hasDefault = member.getValue().has("default");
                ObjectNode schema = rewritten(member.getValue());
                member.setValue(hasDefault ? nullable(schema) : schema);
            });
            return properties;
        }

        private static void setFormat(ObjectNode integer) {
            BigDecimal minimum =
                    integer.has("minimum") ? integer.path("minimum").decimalValue() : MIN_LONG;
            BigDecimal maximum =
                    integer.has("maximum") ? integer.path("maximum").decimalValue() : MAX_LONG;
            boolean isInt = minimum.compareTo(MIN_INT) >= 0 && maximum.compareTo(MAX_INT) <= 0;
            integer.put("format", isInt ? "int32" : "int64");
            if (minimum.compareTo(MIN_INT) == 0 || minimum.compareTo(MIN_LONG) == 0) {
                integer.remove("minimum");
            }
            if (maximum.compareTo(MAX_INT) == 0 || maximum.compareTo(MAX_LONG) == 0) {
                integer.remove("maximum");
            }
        }
    }
}
