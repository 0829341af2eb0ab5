package dealbrain.csv;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Writes rows as RFC 4180 defines them: lines end in CRLF, and cells are quoted only if necessary. The file starts with
 * a byte order mark, without which Excel would not read it as UTF-8.
 */
public final class CsvWriter {
    /** Some spreadsheets use semicolon or tab as separator, and some remove white space at the ends of a cell. */
    private static final Pattern TO_QUOTE = Pattern.compile("(?s)\\s.*|.*\\s|.*[\",;\\t\\r\\n].*");

    private final Writer out;

    public CsvWriter(Writer out) {
        this.out = out;
    }

    /** Writes the byte order mark, before the first row. */
    public void begin() throws IOException {
        out.write('\uFEFF');
    }

    /** Writes a row of texts, numbers and times. Writes null as an empty cell. */
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        String separator = "";
        for (Object cell : cells) {
            out.write(separator);
            out.write(cell == null ? "" : quoted(cell instanceof String text ? CsvCell.of(text) : cell.toString()));
            separator = ",";
        }
        out.write("\r\n");
    }

    private static String quoted(String text) {
        return TO_QUOTE.matcher(text).matches() ? '"' + text.replace("\"", "\"\"") + '"' : text;
    }
}
