package dealbrain.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to an operation of the document, or to a path of it by a method that it does not have.
 *
 * @param caller  whose token is sent, by the name that {@link Callers} gives them
 * @param headers names and values in turn
 * @param body    null for none
 */
record FuzzRequest(
        String method,
        String template,
        String path,
        String caller,
        List<String> headers,
        @Nullable String body) {
    /** As a line for a shell, in which {@code $URL} and a token for the caller are to be set. */
    String curl() {
        StringBuilder line = new StringBuilder("curl -i -X ")
                .append(method)
                .append(" \"$URL\"")
                .append(quoted(path));
        if (!caller.equals("anonymous")) {
            line.append(" -H \"Authorization: Bearer $").append(caller).append('"');
        }
        for (int i = 0; i < headers.size(); i += 2) {
            line.append(" -H ").append(quoted(headers.get(i) + ": " + headers.get(i + 1)));
        }
        return body == null
                ? line.toString()
                : line.append(" --data-binary ").append(quoted(body)).toString();
    }

    /** In the quotes of bash, with everything that a terminal would not show as an escape. */
    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("$'");
        text.codePoints().forEach(c -> {
            if (c == '\'' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c >= ' ' && c < 0x7F) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format("\\U%08x", c));
            }
        });
        return quoted.append('\'').toString();
    }
}
