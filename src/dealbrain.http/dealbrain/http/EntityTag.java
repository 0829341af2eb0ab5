package dealbrain.http;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strong entity tags: {@code version-hash}, where the hash is of the bytes that are sent, so that equal tags mean equal
 * bodies, and the version is that of the thing, where it has one. Those of compressed bodies end in {@code -gz}.
 */
final class EntityTag {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final String GZIP = "-gz";

    private EntityTag() {
    }

    static String of(Object body, byte[] bytes) {
        byte[] hash = Arrays.copyOf(sha256(bytes), 16);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        return body instanceof Versioned versioned ? versioned.version() + "-" + text : text;
    }

    static String gzip(String tag) {
        return tag + GZIP;
    }

    static boolean isOfVersion(String tag, long version) {
        return tag.startsWith(version + "-");
    }

    /** Whether {@code If-None-Match} names the tag, by weak comparison (RFC 9110, section 13.1.2), in either encoding. */
    static boolean matches(String header, String tag) {
        return header.strip().equals("*") || list(header, true).stream()
                .map(each -> each.endsWith(GZIP) ? each.substring(0, each.length() - GZIP.length()) : each)
                .anyMatch(tag::equals);
    }

    /** The strong tags of a list without their quotes, for the strong comparison (RFC 9110, section 8.8.3.2). */
    static List<String> strong(String header) {
        return list(header, false);
    }

    /** The opaque tags of a list, without {@code W/} and quotes; what is not a tag is passed over. */
    private static List<String> list(String header, boolean weakToo) {
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        while (matcher.find()) {
            if (weakToo || matcher.group(1) == null) {
                tags.add(matcher.group(2));
            }
        }
        return tags;
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
