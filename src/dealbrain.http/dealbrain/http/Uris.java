package dealbrain.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Strict decoding of paths and queries (RFC 3986, section 2.1): what is not UTF-8 in valid percent-encoding is refused. */
final class Uris {
    private Uris() {
    }

    /** The segments of a raw path, each decoded by itself, so that an encoded slash stays within its segment. */
    static List<String> path(String rawPath) {
        return Router.segments(rawPath).stream().map(segment -> decode(segment, false)).toList();
    }

    /** The parameters of a raw query in the order of their first mention, each with all its values. */
    static Map<String, List<String>> query(@Nullable String rawQuery) {
        Map<String, List<String>> parameters = new LinkedHashMap<>();
        if (rawQuery == null || rawQuery.isEmpty()) {
            return parameters;
        }
        for (String pair : rawQuery.split("&")) {
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
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(hex(text, i + 1) << 4 | hex(text, i + 2));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.write(' ');
            } else {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        return utf8(bytes.toByteArray());
    }

    private static int hex(String text, int at) {
        int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
        if (digit < 0) {
            throw ProblemException.malformed("the address has a % that two hexadecimal digits do not follow");
        }
        return digit;
    }

    private static String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            if (text.indexOf('\0') >= 0) {
                throw ProblemException.malformed("the address has the character NUL in it");
            }
            return text;
        } catch (CharacterCodingException e) {
            throw ProblemException.malformed("the address is not valid UTF-8 after percent-decoding");
        }
    }
}
