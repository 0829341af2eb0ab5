package dealbrain.csv;

import dealbrain.json.InputError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row below the header.
 *
 * @param number its number in a spreadsheet, where the first row of the file has number 1, and blank rows count
 * @param cells  the texts as they are in the file, with white space at their ends; those beyond the header are blank
 */
public record CsvRow(int number, List<String> cells) {
    public CsvRow {
        cells = List.copyOf(cells);
    }

    /** Returns the text of a cell without white space at its ends; null if the cell is blank or missing. */
    public @Nullable String text(int column) {
        String text = column < cells.size() ? stripped(cells.get(column)) : "";
        return text.isEmpty() ? null : text;
    }

    /** Returns a cell as it is in the file; empty if the row has none there. */
    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    /** Returns an error of this row, such as {@code row 7: tdp_w must be between 1 and 2000, was 0}. */
    public InputError error(String column, String detail) {
        return InputError.at("/" + number + "/" + column, "row " + number + ": " + detail);
    }

    /** Removes white space at the ends, with the spaces that web pages use, such as U+00A0. */
    static String stripped(String text) {
        int start = 0;
        int end = text.length();
        while (start < end && isSpace(text.charAt(start))) {
            start++;
        }
        while (start < end && isSpace(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(start, end);
    }

    private static boolean isSpace(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\uFEFF';
    }
}
