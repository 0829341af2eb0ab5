package dealbrain.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.http.Problem.Mistake;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Turns what came in into records, or into a problem that lists every mistake. */
final class Inputs {
    private Inputs() {}

    static <T> T bind(JsonNode tree, Class<T> type, InputSchema schema) {
        schema.addDefaults(tree);
        List<Mistake> mistakes = schema.mistakes(tree);
        if (!mistakes.isEmpty()) {
            throw ProblemException.invalid(mistakes);
        }
        return Json.bind(tree, type);
    }

    /** Binds query parameters: their texts are read as the types of the schema, then checked like a body. */
    static <T> T bindQuery(Map<String, List<String>> query, Class<T> type, InputSchema schema) {
        ObjectNode tree = JsonNodeFactory.instance.objectNode();
        List<Mistake> mistakes = new ArrayList<>();
        query.forEach((name, values) -> {
            if (values.size() > 1) {
                mistakes.add(asParameter(InputSchema.mistake(
                        "/" + TextRules.escaped(name), "must be given once, was given " + values.size() + " times")));
            }
            tree.set(
                    name,
                    typed(values.getFirst(), schema.properties().path(name).path("type")));
        });
        schema.addDefaults(tree);
        schema.mistakes(tree).forEach(mistake -> mistakes.add(asParameter(mistake)));
        if (!mistakes.isEmpty()) {
            throw ProblemException.invalid(mistakes);
        }
        return Json.bind(tree, type);
    }

    /** The mistakes of a query where none is taken. */
    static List<Mistake> unknown(Map<String, List<String>> query) {
        return query.keySet().stream()
                .map(name -> asParameter(InputSchema.mistake("/" + TextRules.escaped(name), "is not known here")))
                .toList();
    }

    private static Mistake asParameter(Mistake mistake) {
        String pointer = mistake.pointer() == null ? "" : mistake.pointer();
        return Mistake.in(
                pointer.substring(pointer.lastIndexOf('/') + 1)
                        .replace("~1", "/")
                        .replace("~0", "~"),
                mistake.detail().replace(" or null", "")); // a query has no null
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
