package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;

/**
 * Composes examples of results from the examples of their members. A member without one gets a value that fits its
 * type, or null if it may be null.
 */
final class OpenApiExample {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String TIME = "2026-01-31T12:00:00Z";

    private final Map<String, ObjectNode> components;
    private final DocumentTexts texts;
    /** The components that are being composed, from the outermost. */
    private final Deque<String> open = new ArrayDeque<>();

    OpenApiExample(Map<String, ObjectNode> components, DocumentTexts texts) {
        this.components = components;
        this.texts = texts;
    }

    JsonNode of(JsonNode schema) {
        if (schema.has("$ref")) {
            return ofComponent(schema.path("$ref").asText());
        }
        if (schema.has("oneOf") || schema.has("anyOf")) { // or null; of a sealed type
            JsonNode reference =
                    schema.path(schema.has("oneOf") ? "oneOf" : "anyOf").get(0);
            boolean repeats = open.contains(name(reference.path("$ref").asText()));
            return repeats ? JSON.nullNode() : of(reference);
        }
        if (schema.has("enum")) {
            return schema.path("enum").get(0);
        }
        JsonNode type = schema.path("type");
        if (type.isArray()) {
            return JSON.nullNode();
        }
        return switch (type.asText()) {
            case "boolean" -> JSON.booleanNode(false);
            case "integer", "number" -> schema.has("minimum") ? schema.path("minimum") : JSON.numberNode(1);
            case "array" -> JSON.arrayNode().add(of(schema.path("items")));
            case "object" -> ofObject(schema);
            default -> JSON.textNode(schema.path("format").asText().equals("date-time") ? TIME : "text");
        };
    }

    private JsonNode ofComponent(String reference) {
        String name = name(reference);
        open.push(name);
        JsonNode example = of(components.getOrDefault(name, JSON.objectNode()));
        open.pop();
        return example;
    }

    private static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }

    private ObjectNode ofObject(JsonNode schema) {
        ObjectNode object = JSON.objectNode();
        String owner = open.isEmpty() ? "" : open.peek();
        schema.path("properties").forEachEntry((member, value) -> {
            if (value.has("type") || value.has("$ref") || value.has("oneOf")) { // others are ignored by the server
                object.set(member, texts.example(owner, member).orElseGet(() -> of(value)));
            }
        });
        return object;
    }
}
