package dealbrain.transfer;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as RFC 4180 defines them: lines end in CRLF, and cells are quoted only if necessary. A text that a
 * spreadsheet would run as a formula is prefixed with an apostrophe (OWASP, "CSV injection"). Numbers are not changed,
 * also if they are negative.
 */
final class CsvWriter {
    /**
     * The signs that start a formula, with their full-width forms, which some spreadsheets treat alike. White space
     * before the sign does not matter, because some spreadsheets ignore it.
     */
    private static final Pattern FORMULA = Pattern.compile("(?s)[\\s\\p{Z}\\p{Cc}\\p{Cf}]*"
            + "[=+\\-@\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}\\x{2212}\\x{FE62}\\x{FE63}\\x{FE66}\\x{FE6B}].*"
            + "|[\\t\\r\\n].*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    /** Some spreadsheets use semicolon or tab as separator, and some remove white space at the ends of a cell. */
    private static final Pattern TO_QUOTE = Pattern.compile("(?s)\\s.*|.*\\s|.*[\",;\\t\\r\\n].*");

    private final Writer out;

    CsvWriter(Writer out) {
        this.out = out;
    }

    /** Writes a row of texts, numbers and times. Writes null as an empty cell. */
    void row(List<? extends @Nullable Object> cells) throws IOException {
        String separator = "";
        for (Object cell : cells) {
            out.write(separator);
            out.write(cell == null ? "" : quoted(escaped(cell.toString())));
            separator = ",";
        }
        out.write("\r\n");
    }

    private static String escaped(String text) {
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    private static String quoted(String text) {
        return TO_QUOTE.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
