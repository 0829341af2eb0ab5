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
 * Strong entity tags: {@code version-hash}. The hash is computed from the bytes that are sent, so that equal tags mean
 * equal bodies. The version is that of the resource, if it has one. Tags of compressed bodies end with {@code -gz}.
 */
final class EntityTag {
    private static final Pattern TAG = Pattern.compile("(W/)?\"([^\"]*)\"");
    private static final String GZIP = "-gz";

    private EntityTag() {}

    /** Returns the tag of a body without quotes. {@code bytes} is {@code body} as it is sent. */
    static String of(Object body, byte[] bytes) {
        String hash = HexFormat.of().toHexDigits(hash(bytes));
        return body instanceof VersionedResource resource ? resource.version() + "-" + hash : hash;
    }

    static String gzip(String tag) {
        return tag + GZIP;
    }

    static boolean isOfVersion(String tag, long version) {
        return tag.startsWith(version + "-");
    }

    /**
     * Returns whether the header {@code If-None-Match} contains the tag, in either encoding, by weak comparison
     * (RFC 9110, section 13.1.2).
     */
    static boolean matches(String header, String tag) {
        return header.strip().equals("*")
                || parse(header, true).stream()
                        .anyMatch(each -> withoutEncoding(each).equals(tag));
    }

    private static String withoutEncoding(String tag) {
        return tag.endsWith(GZIP) ? tag.substring(0, tag.length() - GZIP.length()) : tag;
    }

    /** Returns the strong tags of a list without quotes, for the strong comparison (RFC 9110, section 8.8.3.2). */
    static List<String> parseStrong(String header) {
        return parse(header, false);
    }

    /** Returns the opaque tags of a list, without {@code W/} and quotes. Invalid tags are ignored. */
    private static List<String> parse(String header, boolean includeWeak) {
        List<String> tags = new ArrayList<>();
        Matcher matcher = TAG.matcher(header);
        while (matcher.find()) {
            if (includeWeak || matcher.group(1) == null) {
                tags.add(matcher.group(2));
            }
        }
        return tags;
    }

    /**
     * Returns a hash of 64 bits, made of two checksums of 32 bits whose polynomials have no common factor. Different
     * bytes have the same hash with a probability of 2^-64, and never if they differ within 64 consecutive bits.
     *
     * <p>The processor has instructions for both checksums. A cryptographic hash would take longer than writing the
     * JSON, and is not needed: a client that forges a tag only deceives itself.
     */
    private static long hash(byte[] bytes) {
        return checksum(new CRC32(), bytes) << 32 | checksum(new CRC32C(), bytes);
    }

    private static long checksum(Checksum checksum, byte[] bytes) {
        checksum.update(bytes, 0, bytes.length);
        return checksum.getValue();
    }
}
