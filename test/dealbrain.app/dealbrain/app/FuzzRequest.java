package dealbrain.app;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to an operation of the document, or to one of its paths with an undocumented method.
 *
 * @param caller  the name of one of {@link Callers}, whose token is sent
 * @param headers names and values, alternating
 * @param body    null for none
 */
record FuzzRequest(
        String method,
        String template,
        String path,
        String caller,
        List<String> headers,
        @Nullable String body) {
    /** Returns a shell command, which needs {@code $URL} and the token in a variable with the name of the caller. */
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

    /** Quotes a text for bash, with escapes for all characters that are not printable ASCII. */
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
