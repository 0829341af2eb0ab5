package dealbrain.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;

/** Makes models for templates of the JSON of the API: texts and numbers as texts, booleans, and "" for null. */
final class Rows {
    private Rows() {}

    /** Returns the members of an object that are not objects or arrays. */
    static Map<String, Object> of(JsonNode object) {
        Map<String, Object> row = new HashMap<>();
        object.forEachEntry((name, value) -> {
            if (value.isValueNode()) {
                row.put(name, value.isBoolean() ? (Object) value.asBoolean() : value.asText(""));
            }
        });
        return row;
    }

    /** Returns a model for each object of an array; {@code add} adds members to the model of an object. */
    static List<Map<String, Object>> of(JsonNode array, BiConsumer<JsonNode, Map<String, Object>> add) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(object -> {
                    Map<String, Object> row = of(object);
                    add.accept(object, row);
                    return row;
                })
                .toList();
    }
}
