package dealbrain.transfer;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows by RFC 4180: lines end in CRLF, cells are quoted where they must be. Texts that a spreadsheet would run as a formula
 * get an apostrophe in front, as OWASP has it ("CSV injection"); numbers stay numbers, negative ones too.
 */
final class CsvWriter {
    /** Also full-width signs, which some spreadsheets take for the plain ones, and blanks in front, which some pass over. */
    private static final Pattern FORMULA = Pattern.compile(
            "(?s)[\\s\\p{Z}\\p{Cc}\\p{Cf}]*[=+\\-@\\x{FF1D}\\x{FF0B}\\x{FF0D}\\x{FF20}\\x{2212}\\x{FE62}\\x{FE63}\\x{FE66}\\x{FE6B}].*|[\\t\\r\\n].*");

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    /** Semicolon and tab are separators to some spreadsheets; a cell with blanks around it would lose them. */
    private static final Pattern TO_QUOTE = Pattern.compile("(?s)\\s.*|.*\\s|.*[\",;\\t\\r\\n].*");

    private final Writer out;

    CsvWriter(Writer out) {
        this.out = out;
    }

    /** Writes a row of texts, numbers and times; null is an empty cell. */
    void row(List<? extends @Nullable Object> cells) throws IOException {
        String separator = "";
        for (Object cell : cells) {
            out.write(separator);
            out.write(cell == null ? "" : quoted(harmless(cell.toString())));
            separator = ",";
        }
        out.write("\r\n");
    }

    private static String harmless(String text) {
        return FORMULA.matcher(text).matches() && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    private static String quoted(String text) {
        return TO_QUOTE.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
