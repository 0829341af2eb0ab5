package dealbrain.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a request by their names, whose case does not matter; one that was sent in several lines is one list (RFC 9110,
 * section 5.3). Read once, as each look into the JDK's own makes a new text of the name. Immutable.
 */
final class RequestHeaders {
    private static final int COLON_SPACE_AND_END = 4;

    private final Map<String, String> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final int lines;
    private final int length;

    RequestHeaders(Headers sent) {
        int lines = 0;
        int length = 0;
        for (Map.Entry<String, List<String>> field : sent.entrySet()) {
            List<String> values = field.getValue();
            for (String value : values) {
                lines++;
                length += field.getKey().length() + value.length() + COLON_SPACE_AND_END;
            }
            fields.put(field.getKey(), values.size() == 1 ? values.getFirst() : String.join(", ", values));
        }
        this.lines = lines;
        this.length = length;
    }

    @Nullable
    String field(String name) {
        return fields.get(name);
    }

    /** All of them, in the order of their names. */
    Iterable<Map.Entry<String, String>> fields() {
        return fields.entrySet();
    }

    /** A body of chunks; the JDK's server has refused every other coding. */
    boolean isChunked() {
        return fields.containsKey("Transfer-Encoding");
    }

    /** How many lines it was sent in. */
    int lines() {
        return lines;
    }

    /** How many bytes those were. */
    int length() {
        return length;
    }
}
