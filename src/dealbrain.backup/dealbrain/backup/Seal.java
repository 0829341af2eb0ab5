package dealbrain.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The end of a backup, which is the comment of a ZIP file: the version of the format, and the SHA-256 of all bytes
 * before the checksum itself. Any change of any byte, and any missing one, is detected by it.
 */
record Seal(int format, String checksum) {
    /** The format that is written, and the newest that can be read. */
    static final int FORMAT = 1;

    static final int CHECKSUM_LENGTH = 64;

    /** Longer than the seal of any format. */
    static final int MAX_LENGTH = 128;

    private static final Pattern TEXT =
            Pattern.compile("(?s).*dealbrain backup, format (\\d{1,9}), sha256 ([0-9a-f]{64})");

    /** Returns the comment with zeros in the place of the checksum. */
    static String open() {
        return "dealbrain backup, format " + FORMAT + ", sha256 " + "0".repeat(CHECKSUM_LENGTH);
    }

    /** Finds the seal at the end of a file whose last bytes are {@code end}. */
    static Optional<Seal> find(String end) {
        Matcher matcher = TEXT.matcher(end);
        return matcher.matches()
                ? Optional.of(new Seal(Integer.parseInt(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java platform has SHA-256
        }
    }

    static String checksum(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
