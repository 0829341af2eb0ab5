package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A request as a line of text: {@code USER METHOD PATH [BODY] [-> NAME=MEMBER]}. {@code $NAME} stands for a value that
 * an earlier response had.
 *
 * @param user  the name of a token, or {@code none}
 * @param name  the name under which a member of the response is kept; null for none
 */
record RequestLine(
        String text,
        String user,
        String method,
        String path,
        @Nullable String body,
        @Nullable String name,
        @Nullable String member) {
    private static final Pattern LINE =
            Pattern.compile("(\\S+) (GET|POST|PUT|PATCH|DELETE) (\\S+)(?: (\\{.*}))?(?: -> (\\w+)=(\\w+))?");
    private static final Pattern VALUE = Pattern.compile("\\$(\\w+)");

    static RequestLine parse(String line) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("not a request: " + line);
        }
        return new RequestLine(
                line,
                matcher.group(1),
                matcher.group(2),
                matcher.group(3),
                matcher.group(4),
                matcher.group(5),
                matcher.group(6));
    }

    /** Returns the requests in a file, without its comments and blank lines. */
    static List<RequestLine> read(Path file) throws IOException {
        return Files.readAllLines(file).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(RequestLine::parse)
                .toList();
    }

    /** Sends the request, with the values of earlier responses. Adds the one to keep, if there is one. */
    Api.Response send(Api api, Map<String, String> values) {
        Api caller = user.equals("none") ? api : api.as(value(user, values));
        Api.Response response = caller.send(method, filled(path, values), body);
        if (name != null) {
            JsonNode kept = response.json().path(member);
            if (!kept.isTextual()) {
                throw new IllegalStateException(text + ": no " + member + " in " + response.text());
            }
            values.put(name, kept.asText());
        }
        return response;
    }

    private static String filled(String text, Map<String, String> values) {
        return VALUE.matcher(text).replaceAll(match -> value(match.group(1), values));
    }

    private static String value(String name, Map<String, String> values) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalStateException("no request has set " + name);
        }
        return value;
    }
}
