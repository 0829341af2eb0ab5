package dealbrain.transfer;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;

/** The names of downloaded files, and the header {@code Content-Disposition} (RFC 6266) with such a name. */
final class FileName {
    private static final int MAX_LENGTH = 80;

    private FileName() {}

    /**
     * Returns a file name for a collection with this name. Removes control characters and leading dots, and replaces
     * characters that a file name cannot contain, such as folder separators.
     */
    static String of(String name, ExportFormat format) {
        String safe = name.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}]", "")
                .replaceAll("[/\\\\:*?\"<>|]", "_")
                .strip()
                .replaceFirst("^\\.+", "");
        String cut = safe.codePointCount(0, safe.length()) <= MAX_LENGTH
                ? safe
                : safe.substring(0, safe.offsetByCodePoints(0, MAX_LENGTH));
        return (cut.isBlank() ? "collection" : cut) + "." + format.name().toLowerCase(Locale.ROOT);
    }

    /** Returns the value of the header: an ASCII name for old clients, and the complete name (RFC 8187). */
    static String attachment(String fileName) {
        String ascii = fileName.replaceAll("[^ -~]", "_").replaceAll("[\"\\\\%]", "_");
        return "attachment; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded(fileName);
    }

    private static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xff);
            if (c < 128
                    && (Character.isLetterOrDigit(c)
                            || "!#$&+-.^_`|~".indexOf(c) >= 0)) { // attr-char of RFC 8187, section 3.2.1
                encoded.append(c);
            } else {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
            }
        }
        return encoded.toString();
    }
}
