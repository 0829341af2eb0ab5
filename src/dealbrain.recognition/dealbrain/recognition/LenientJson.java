package dealbrain.recognition;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ContainerNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON as pages contain it: with comments, trailing commas and line breaks in texts. If it breaks off or is too
 * large, what was read until there is returned.
 */
final class LenientJson {
    private static final int MAX_DEPTH = 60;
    private static final int MAX_TOKENS = 50_000;
    private static final int MAX_NAME = 1000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxTokenCount(MAX_TOKENS)
                    .maxNameLength(MAX_NAME)
                    .build())
            .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
            .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
            .enable(JsonReadFeature.ALLOW_MISSING_VALUES)
            .enable(JsonReadFeature.ALLOW_SINGLE_QUOTES)
            .enable(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES)
            .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
            .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    /** A tree, and what is wrong with the text; null if nothing is. */
    record Result(JsonNode tree, @Nullable String error) {}

    private final Deque<ContainerNode<?>> open = new ArrayDeque<>();
    private JsonNode root = MissingNode.getInstance();
    private String name = "";

    private LenientJson() {}

    static Result parse(String text) {
        LenientJson reader = new LenientJson();
        int start = start(text);
        try (JsonParser json = FACTORY.createParser(text.substring(start))) {
            for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
                reader.add(json, token);
                if (reader.open.isEmpty()) {
                    break; // what follows the first value is not JSON: "</script>", "-->", ";"
                }
            }
        } catch (IOException e) {
            return new Result(
                    reader.root, "the JSON is malformed: " + PlainText.shortened(String.valueOf(e.getMessage()), 100));
        }
        return new Result(reader.root, null);
    }

    /** Returns the place of the first bracket: before it may be {@code <!--} or {@code //<![CDATA[}. */
    private static int start(String text) {
        int object = text.indexOf('{');
        int array = text.startsWith("[", text.length() - text.stripLeading().length()) ? text.indexOf('[') : -1;
        return Math.max(0, array >= 0 ? array : object);
    }

    private void add(JsonParser json, JsonToken token) throws IOException {
        switch (token) {
            case FIELD_NAME -> name = json.currentName();
            case START_OBJECT -> push(JsonNodeFactory.instance.objectNode());
            case START_ARRAY -> push(JsonNodeFactory.instance.arrayNode());
            case END_OBJECT, END_ARRAY -> open.pop();
            case VALUE_STRING, VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT ->
                put(JsonNodeFactory.instance.textNode(json.getText()));
            default -> {} // true, false and null say nothing about an offer
        }
    }

    private void push(ContainerNode<?> node) {
        put(node);
        open.push(node);
    }

    private void put(JsonNode node) {
        switch (open.peek()) {
            case ObjectNode object -> object.set(name, node);
            case ArrayNode array -> array.add(node);
            case null, default -> root = node;
        }
    }
}
