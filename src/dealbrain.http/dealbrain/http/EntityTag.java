package dealbrain.http;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.CRC32C;
import java.util.zip.Checksum;

/**
 * Strong entity tags: {@code version-hash}, where the hash is of the bytes that are sent, so that equal tags mean equal
 * bodies, and the version is that of the thing, where it has one. Those of compressed bodies end in {@code -gz}.
 */
final class EntityTag {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final String GZIP = "-gz";

    private EntityTag() {}

    static String of(Object body, byte[] bytes) {
        String text = HexFormat.of().toHexDigits(hash(bytes));
        return body instanceof VersionedResource versioned ? versioned.version() + "-" + text : text;
    }

    static String gzip(String tag) {
        return tag + GZIP;
    }

    static boolean isOfVersion(String tag, long version) {
        return tag.startsWith(version + "-");
    }

    /** Whether {@code If-None-Match} names the tag, by weak comparison (RFC 9110, section 13.1.2), in either encoding. */
    static boolean matches(String header, String tag) {
        return header.strip().equals("*")
                || list(header, true).stream()
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

    /**
     * Two checksums of 32 bits by polynomials that have nothing in common, which together are one of 64: other bytes pass for these
     * once in 2^64, and never when they differ in no more than 64 bits in a row. The processor knows how to make them: a hash that is
     * safe from forgers takes longer than the JSON. A forger has nothing to gain: a tag tells whoever holds a body that it is still the one.
     */
    private static long hash(byte[] bytes) {
        return checksum(new CRC32(), bytes) << 32 | checksum(new CRC32C(), bytes);
    }

    private static long checksum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return checksum.getValue();
    }
}
