package dealbrain.http;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The place of a request in a trace that began elsewhere (W3C Trace Context, section 3.2).
 *
 * @param traceId  32 lower-case hexadecimal digits, not all zero
 * @param parentId 16 lower-case hexadecimal digits, not all zero: the span of the caller
 * @param sampled  whether the caller records it
 */
public record TraceParent(String traceId, String parentId, boolean sampled) {
    private static final Pattern FORM = Pattern.compile(
            "(?!ff)([0-9a-f]{2})-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-([0-9a-f]{2})(-[\\x21-\\x7e]*)?");

    /** Reads the header; empty for one that is not valid, which is to be passed over. */
    static Optional<TraceParent> parse(String header) {
        Matcher parts = FORM.matcher(header.strip());
        if (!parts.matches()) {
            return Optional.empty();
        }
        boolean longerThanItsVersion = parts.group(1).equals("00") && parts.group(5) != null;
        if (longerThanItsVersion) {
            return Optional.empty();
        }
        boolean sampled = (Integer.parseInt(parts.group(4), 16) & 1) == 1;
        return Optional.of(new TraceParent(parts.group(2), parts.group(3), sampled));
    }
}
