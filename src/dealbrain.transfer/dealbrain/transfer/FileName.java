package dealbrain.transfer;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** The name of a file that is downloaded, as the header {@code Content-Disposition} says it (RFC 6266). */
final class FileName {
    private static final int MAX_LENGTH = 80;

    private FileName() {}

    /** Of a collection's name what may stand in a file name: no separators of folders, nothing that cannot be seen. */
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

    /** The header: a name of plain letters for old clients, and the true one by RFC 8187. */
    static String attachment(String fileName) {
        String plain = fileName.replaceAll("[^ -~]", "_").replaceAll("[\"\\\\%]", "_");
        return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded(fileName);
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
                encoded.append(String.format("%%%02X", (int) c));
            }
        }
        return encoded.toString();
    }
}
