package dealbrain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Binds JSON and query parameters to records, or throws an exception that lists every error. */
final class InputBinder {
    private InputBinder() {}

    static <T> T bind(JsonNode tree, Class<T> type, InputSchema schema) {
        schema.addDefaults(tree);
        List<InputError> errors = schema.errors(tree);
        if (!errors.isEmpty()) {
            throw new InvalidInputException(errors);
        }
        return Json.bind(tree, type);
    }

    /** Binds query parameters: their texts are read as the types of the schema, then checked like a body. */
    static <T> T bindQuery(Map<String, List<String>> query, Class<T> type, InputSchema schema) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        List<InputError> errors = new ArrayList<>();
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                errors.add(asParameter(InputSchema.error(
                        "/" + ValueLimits.escaped(name), "must be given once, was given " + values.size() + " times")));
            }
            tree.set(
                    name,
                    typed(values.getFirst(), schema.properties().path(name).path("type")));
        });
        schema.addDefaults(tree);
        schema.errors(tree).forEach(error -> errors.add(asParameter(error)));
        if (!errors.isEmpty()) {
            throw new InvalidInputException(errors);
        }
        return Json.bind(tree, type);
    }

    /** The mistakes of a query where none is taken. */
    static List<InputError> unknown(Map<String, List<String>> query) {
        return query.keySet().stream()
                .map(name -> asParameter(InputSchema.error("/" + ValueLimits.escaped(name), "is not known here")))
                .toList();
    }

    private static InputError asParameter(InputError error) {
        String pointer = error.pointer() == null ? "" : error.pointer();
        return InputError.in(
                pointer.substring(pointer.lastIndexOf('/') + 1)
                        .replace("~1", "/")
                        .replace("~0", "~"),
                error.detail().replace(" or null", "")); // a query has no null
    }

    /** The text as a JSON value of the wanted type, or as it is, for the schema to complain about. */
    private static JsonNode typed(String text, JsonNode types) {
        String wanted = types.isArray() ? types.get(0).asText() : types.asText();
        JsonNodeFactory json = JsonNodeFactory.instance;
        return switch (wanted) {
            case "integer" -> text.matches("-?\\d{1,30}") ? json.numberNode(new BigDecimal(text)) : json.textNode(text);
            case "number" ->
                text.matches("-?\\d{1,30}(\\.\\d{1,30})?")
                        ? json.numberNode(new BigDecimal(text))
                        : json.textNode(text);
            case "boolean" -> text.matches("true|false") ? json.booleanNode(text.equals("true")) : json.textNode(text);
            default -> json.textNode(text);
        };
    }
}
