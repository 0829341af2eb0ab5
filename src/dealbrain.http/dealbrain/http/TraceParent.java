package dealbrain.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The header {@code traceparent}: the trace and the span of the caller (W3C Trace Context, section 3.2).
 *
 * @param traceId  32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 lower-case hexadecimal digits, not all zero: the span of the caller
 * @param sampled  whether the caller records the trace
 */
public record TraceParent(String traceId, String parentId, boolean sampled) {
    private static final Pattern FORMAT = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-[\\x21-\\x7e]*)?");

    /** Returns the parsed header; empty if it is invalid, which section 3.2 requires to be ignored. */
    static Optional<TraceParent> parse(String header) {
        Matcher matcher = FORMAT.matcher(header.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        boolean isVersion00 = matcher.group(1).equals("00");
        if (isVersion00 && matcher.group(5) != null) { // only later versions may have more parts
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(matcher.group(4), 16) & 1) == 1;
        return Optional.of(new TraceParent(matcher.group(2), matcher.group(3), sampled));
    }
}
