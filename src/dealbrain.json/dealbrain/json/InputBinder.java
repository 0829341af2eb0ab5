package dealbrain.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Binds JSON and query parameters to records, or throws an exception with every error. */
final class InputBinder {
    private InputBinder() {}

    static <T> T bind(JsonNode tree, Class<T> type, InputSchema schema) {
        schema.complete(tree);
        requireValid(schema.errors(tree));
        return Json.bind(tree, type);
    }

    /** Binds query parameters: converts their texts to the types of the schema, then validates them like a body. */
    static <T> T bindQuery(Map<String, List<String>> query, Class<T> type, InputSchema schema) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        List<InputError> errors = new ArrayList<>();
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                errors.add(parameterError(name, "must be given once, was given " + values.size() + " times"));
            }
            JsonNode types = schema.properties().path(name).path("type");
            tree.set(name, convert(values.getFirst(), types));
        });
        schema.complete(tree);
        schema.errors(tree).forEach(error -> errors.add(toParameterError(error)));
        requireValid(errors);
        return Json.bind(tree, type);
    }

    private static void requireValid(List<InputError> errors) {
        if (!errors.isEmpty()) {
            throw new InvalidInputException(errors);
        }
    }

    /** Returns an error for each parameter of a query that must have none. */
    static List<InputError> unknown(Map<String, List<String>> query) {
        return query.keySet().stream()
                .map(name -> parameterError(name, ErrorText.UNKNOWN))
                .toList();
    }

    private static InputError parameterError(String name, String rule) {
        return InputError.in(name, ErrorText.detail(name, rule));
    }

    private static InputError toParameterError(InputError error) {
        String pointer = error.pointer() == null ? "" : error.pointer();
        return InputError.in(
                ErrorText.lastName(pointer), error.detail().replace(" or null", "")); // a parameter cannot be null
    }

    /** Returns the text as a value of the wanted type; unchanged if that fails, so that the schema reports it. */
    private static JsonNode convert(String text, JsonNode types) {
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
