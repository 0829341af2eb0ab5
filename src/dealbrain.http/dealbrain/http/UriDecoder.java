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

/** Strict decoding of paths and queries (RFC 3986, section 2.1): what is not UTF-8 in valid percent-encoding is refused. */
final class UriDecoder {
    private UriDecoder() {}

    /** The segments of a raw path, each decoded by itself, so that an encoded slash stays within its segment. */
    static List<String> path(String rawPath) {
        List<String> segments = Router.segments(rawPath);
        for (int i = 0; i < segments.size(); i++) {
            segments.set(i, decode(segments.get(i), false));
        }
        return segments;
    }

    /** The parameters of a raw query in the order of their first mention, each with all its values. */
    static Map<String, List<String>> query(@Nullable String rawQuery) {
        if (rawQuery == null || rawQuery.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
                String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
                parameters.computeIfAbsent(name, _ -> new ArrayList<>()).add(value);
            }
        }
        return parameters;
    }

    private static String decode(String text, boolean plusIsSpace) {
        return isPlain(text) ? text : decodeBytes(text, plusIsSpace);
    }

    /** Whether there is nothing in it to decode, as in nearly every address. */
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
            } else if (c > '~') { // the JDK's server reads each byte as a character of its own
                throw ProblemException.malformed("the address has a character that must be percent-encoded");
            } else {
                bytes.write(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int hex(String text, int at) {
        if (at >= text.length() || !HexFormat.isHexDigit(text.charAt(at))) {
            throw ProblemException.malformed("the address has a % that two hexadecimal digits do not follow");
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
                throw ProblemException.malformed("the address has the character NUL in it");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw ProblemException.malformed("the address is not valid UTF-8 after percent-decoding");
        }
    }
}
