package dealbrain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/** A JSON merge patch (RFC 7396) for an input record. Not validated before it is applied. */
public final class MergePatch<T extends Record> {
    private final JsonNode patch;
    private final Class<T> type;
    private final InputSchema schema;

    MergePatch(JsonNode patch, Class<T> type, InputSchema schema) {
        this.patch = patch;
        this.type = type;
        this.schema = schema;
    }

    /** Returns whether the patch contains a member, also with the value null. */
    public boolean contains(String member) {
        return patch.has(member);
    }

    /**
     * Returns the merged input: absent members do not change, {@code null} clears a member or sets its default.
     *
     * @throws InvalidInputException with every error of the merged input
     */
    public T applyTo(T stored) {
        JsonNode merged = patch.isObject() ? merge((ObjectNode) Json.tree(stored), patch) : patch;
        return InputBinder.bind(merged, type, schema);
    }

    private ObjectNode merge(ObjectNode target, JsonNode source) {
        source.properties().forEach(member -> {
            String name = member.getKey();
            JsonNode value = member.getValue();
            if (value.isNull() && schema.properties().has(name)) {
                target.remove(name);
            } else if (value.isObject()) {
                target.set(name, mergeFree(target.get(name), value));
            } else {
                target.set(name, value); // an unknown name with null too, so that the schema rejects it
            }
        });
        return target;
    }

    /** Merges a free-form object as section 2 of the RFC defines it. */
    private static ObjectNode mergeFree(@Nullable JsonNode stored, JsonNode source) {
        ObjectNode target =
                stored instanceof ObjectNode object ? object.deepCopy() : ((ObjectNode) source).objectNode();
        source.properties().forEach(member -> {
            if (member.getValue().isNull()) {
                target.remove(member.getKey());
            } else if (member.getValue().isObject()) {
                target.set(member.getKey(), mergeFree(target.get(member.getKey()), member.getValue()));
            } else {
                target.set(member.getKey(), member.getValue());
            }
        });
        return target;
    }
}
