package dealbrain.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Decodes paths and queries strictly (RFC 3986, section 2.1). Texts that are not valid percent-encoding of UTF-8 are
 * rejected as malformed.
 */
final class UriDecoder {
    private UriDecoder() {}

    /**
     * Returns the decoded segments of a path. They are split first, so that an encoded slash stays within its segment.
     */
    static List<String> path(String rawPath) {
        List<String> segments = Router.segments(rawPath);
        for (int i = 0; i < segments.size(); i++) {
            segments.set(i, decode(segments.get(i), false));
        }
        return segments;
    }

    /** Returns the decoded segments of a path that may be malformed. What is not valid UTF-8 becomes U+FFFD. */
    static List<String> lenientPath(String rawPath) {
        return Router.segments(rawPath).stream()
                .map(segment -> new String(lenientBytes(segment), StandardCharsets.UTF_8))
                .toList();
    }

    /** Returns the bytes of a text, in which a percent sign without two hexadecimal digits stays as it is. */
    private static byte[] lenientBytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            if (isEncoded(text, i)) {
                bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                i += 2;
            } else {
                bytes.write(text.charAt(i));
            }
        }
        return bytes.toByteArray();
    }

    private static boolean isEncoded(String text, int at) {
        return text.charAt(at) == '%'
                && at + 2 < text.length()
                && HexFormat.isHexDigit(text.charAt(at + 1))
                && HexFormat.isHexDigit(text.charAt(at + 2));
    }

    /** Returns the decoded parameters of a query in the order of their first occurrence, each with all its values. */
    static Map<String, List<String>> query(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            addPair(pair, parameters);
        }
        return parameters;
    }

    /**
     * Returns the decoded fields of a form (application/x-www-form-urlencoded), which has the syntax of a query.
     *
     * @throws ProblemException malformed
     */
    static Map<String, List<String>> form(byte[] body) {
        try {
            return query(new String(body, StandardCharsets.ISO_8859_1));
        } catch (ProblemException e) {
            throw ProblemException.malformed(String.valueOf(e.getMessage()).replaceFirst("^the URI", "the form"));
        }
    }

    /** Returns the parameters of a query that can be decoded, as {@link #query}. */
    static Map<String, List<String>> lenientQuery(String rawQuery) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            try {
                addPair(pair, parameters);
            } catch (ProblemException _) { // a parameter that cannot be read is one that the route does not know
            }
        }
        return parameters;
    }

    private static void addPair(String pair, Map<String, List<String>> parameters) {
        if (!pair.isEmpty()) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
            parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
        }
    }

    private static String decode(String text, boolean plusIsSpace) {
        return isPlain(text) ? text : decodeBytes(text, plusIsSpace);
    }

    /** Returns whether the text contains nothing to decode, as nearly every URI. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' || c > '~' || c == '\0') {
                return false;
            }
        }
        return true;
    }

    private static String decodeBytes(String text, boolean plusIsSpace) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                i += 2;
            } else if (c > '~') { // the server of the JDK reads each byte as one character
                throw ProblemException.malformed("the URI has a character that must be percent-encoded");
            } else {
                bytes.write(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int hex(String text, int at) {
        if (at >= text.length() || !HexFormat.isHexDigit(text.charAt(at))) {
            throw ProblemException.malformed("the URI has a % without two hexadecimal digits after it");
        }
        return HexFormat.fromHexDigit(text.charAt(at));
    }

    private static String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            if (text.indexOf('\0') >= 0) {
                throw ProblemException.malformed("the URI must not contain the character NUL");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw ProblemException.malformed("the URI is not valid UTF-8 after percent-decoding");
        }
    }
}
