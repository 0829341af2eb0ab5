package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.Json;
import dealbrain.testing.Api;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The responses of a release to the requests of {@code requests.txt}, each with its request and status. The body of a
 * page is its title, that of a CSV file its lines. What differs from one start to the next is {@link #VOLATILE}.
 */
final class ReleaseResponses {
    static final String VOLATILE = "…";

    private static final String VIEWS = "view_count";
    private static final Pattern TITLE = Pattern.compile("(?s)<title>(.*?)</title>");
    private static final Pattern CSV_LINE = Pattern.compile("/\\d+/body/\\d+");
    private static final Pattern ADDRESS = Pattern.compile("127\\.0\\.0\\.1:\\d+");

    private ReleaseResponses() {}

    /** Sends the requests in order, and returns what their responses have in common for all starts. */
    static ArrayNode send(List<RequestLine> requests, Api api, Map<String, String> values) {
        Map<String, String> known = new LinkedHashMap<>(values);
        ArrayNode responses = JsonNodeFactory.instance.arrayNode();
        for (RequestLine request : requests) {
            Api.Response response = request.send(api, known);
            ObjectNode row = responses.addObject();
            row.put("request", request.text());
            row.put("status", response.status());
            row.set("body", body(response));
        }
        return responses;
    }

    private static JsonNode body(Api.Response response) {
        String type = response.header("Content-Type").orElse("");
        String text = ADDRESS.matcher(response.text()).replaceAll(VOLATILE);
        if (type.contains("json")) {
            return Json.parse(text.getBytes(StandardCharsets.UTF_8));
        }
        if (type.startsWith("text/html")) {
            Matcher title = TITLE.matcher(text);
            return JsonNodeFactory.instance.textNode(title.find() ? title.group(1) : "");
        }
        ArrayNode lines = JsonNodeFactory.instance.arrayNode();
        text.lines().forEach(lines::add);
        return lines;
    }

    /**
     * Returns the responses of one start, with {@link #VOLATILE} where another start of the release differs, and for
     * counts of views, which are stored some time after the view.
     */
    static JsonNode masked(JsonNode one, JsonNode other) {
        if (one instanceof ObjectNode object && other instanceof ObjectNode) {
            ObjectNode masked = JsonNodeFactory.instance.objectNode();
            object.properties()
                    .forEach(each -> masked.set(each.getKey(), masked(each.getValue(), other.path(each.getKey()))));
            if (masked.has(VIEWS)) {
                masked.put(VIEWS, VOLATILE);
            }
            return masked;
        }
        if (one instanceof ArrayNode array && other.isArray() && one.size() == other.size()) {
            ArrayNode masked = JsonNodeFactory.instance.arrayNode();
            for (int i = 0; i < array.size(); i++) {
                masked.add(masked(array.get(i), other.get(i)));
            }
            return masked;
        }
        return one.equals(other) ? one : JsonNodeFactory.instance.textNode(VOLATILE);
    }

    /**
     * Returns how responses differ from those of a release, by JSON pointer. New members of objects and new columns at
     * the end of CSV lines are no difference.
     */
    static List<String> differences(JsonNode expected, JsonNode actual) {
        List<String> differences = new ArrayList<>();
        compare("", expected, actual, differences);
        return differences;
    }

    private static void compare(String pointer, JsonNode expected, JsonNode actual, List<String> differences) {
        if (expected.isTextual() && expected.asText().equals(VOLATILE) && !actual.isMissingNode()) {
            return;
        }
        if (expected.isObject() && actual.isObject()) {
            expected.properties()
                    .forEach(each -> compare(
                            pointer + "/" + each.getKey(), each.getValue(), actual.path(each.getKey()), differences));
        } else if (expected.isArray() && actual.isArray() && expected.size() == actual.size()) {
            for (int i = 0; i < expected.size(); i++) {
                compare(pointer + "/" + i, expected.get(i), actual.get(i), differences);
            }
        } else if (!same(pointer, expected, actual)) {
            differences.add(pointer + ": " + actual + ", not " + expected);
        }
    }

    private static boolean same(String pointer, JsonNode expected, JsonNode actual) {
        if (expected.isNumber() && actual.isNumber()) {
            return expected.decimalValue().compareTo(actual.decimalValue()) == 0;
        }
        if (CSV_LINE.matcher(pointer).matches()) {
            return (actual.asText() + ",").startsWith(expected.asText() + ",");
        }
        return expected.equals(actual);
    }
}
