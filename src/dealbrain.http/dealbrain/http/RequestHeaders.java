package dealbrain.http;

import com.sun.net.httpserver.Headers;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The headers of a request by name, which is compared without regard to case. Repeated headers are joined to one list
 * (RFC 9110, section 5.3). Immutable.
 *
 * <p>A copy of the JDK's {@link Headers}, because each lookup there normalises the name to a new string.
 */
final class RequestHeaders {
    private static final int COLON_SPACE_AND_LINE_END = 4;

    private final Map<String, String> values = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final int lines;
    private final int length;

    RequestHeaders(Headers headers) {
        int lines = 0;
        int length = 0;
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            List<String> values = header.getValue();
            for (String value : values) {
                lines++;
                length += header.getKey().length() + value.length() + COLON_SPACE_AND_LINE_END;
            }
            this.values.put(header.getKey(), values.size() == 1 ? values.getFirst() : String.join(", ", values));
        }
        this.lines = lines;
        this.length = length;
    }

    private RequestHeaders(Map<String, String> values) {
        this.lines = 0;
        this.length = 0;
        this.values.putAll(values);
    }

    /** Returns these headers without those of {@code names}, and with others. */
    RequestHeaders with(List<String> names, Map<String, String> others) {
        RequestHeaders changed = new RequestHeaders(values);
        names.forEach(changed.values::remove);
        changed.values.putAll(others);
        return changed;
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    /** Returns all headers, ordered by name. */
    Iterable<Map.Entry<String, String>> all() {
        return values.entrySet();
    }

    /** Returns whether the body is sent in chunks. The server of the JDK rejects every other transfer encoding. */
    boolean isChunked() {
        return values.containsKey("Transfer-Encoding");
    }

    /** Returns the number of header lines that were sent. */
    int lines() {
        return lines;
    }

    /** Returns the length of these lines in bytes. */
    int length() {
        return length;
    }
}
