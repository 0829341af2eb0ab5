package dealbrain.csv;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file (RFC 4180) with a header. The separator is the comma, the semicolon or the tab. Rows may be shorter than
 * the header.
 *
 * @param separator the separator of the cells
 * @param header    the cells of the header, without white space at their ends
 * @param rows      the rows below the header that are not blank
 */
public record CsvFile(char separator, List<String> header, List<CsvRow> rows) {
    private static final String SEPARATORS = ",;\t";

    public CsvFile {
        header = List.copyOf(header);
        rows = List.copyOf(rows);
    }

    /**
     * Reads a file in UTF-8, with or without a byte order mark. The separator is the one that the header has most
     * often.
     *
     * @param maxRows the file is read up to this number of rows, and one more, so that the caller notices a longer one
     * @throws MalformedCsvException it is not UTF-8, quotation marks are not closed, there is no header, two columns
     *                               have the same name, or a row has a value in a column without a name
     */
    public static CsvFile read(byte[] bytes, int maxRows) {
        String text = decoded(bytes);
        char separator = separator(text);
        try (CsvReader<CsvRecord> reader = CsvReader.builder()
                .fieldSeparator(separator)
                .skipEmptyLines(false) // they count for the numbers of rows
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .ofCsvRecord(text)) {
            return read(separator, new NumberedRows(reader.iterator()), maxRows);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory could not be read", e);
        }
    }

    private static CsvFile read(char separator, NumberedRows rows, int maxRows) {
        CsvRow header = rows.next();
        while (header != null && isBlank(header)) {
            header = rows.next();
        }
        if (header == null) {
            throw new MalformedCsvException("the file is empty: its first row must have the names of the columns");
        }
        List<String> names = header.cells().stream().map(CsvRow::stripped).toList();
        requireUnique(names);
        List<CsvRow> found = new ArrayList<>();
        for (CsvRow row = rows.next(); row != null && found.size() <= maxRows; row = rows.next()) {
            if (!isBlank(row)) {
                requireNamedColumns(row, names);
                found.add(row);
            }
        }
        return new CsvFile(separator, names, found);
    }

    private static String decoded(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder() // reports what is not UTF-8
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException _) {
            throw new MalformedCsvException("the file is not UTF-8; in Excel, save it as CSV UTF-8");
        }
    }

    /** Counts the separators in the first line that is not blank, outside of quotation marks. */
    private static char separator(String text) {
        int[] counts = new int[SEPARATORS.length()];
        boolean isQuoted = false;
        boolean isBlank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean isLineEnd = c == '\r' || c == '\n';
            if (isLineEnd && !isQuoted && !isBlank) {
                break;
            }
            isQuoted ^= c == '"';
            isBlank &= isLineEnd;
            int index = SEPARATORS.indexOf(c);
            if (index >= 0 && !isQuoted) {
                counts[index]++;
            }
        }
        int best = 0;
        for (int i = 1; i < counts.length; i++) {
            best = counts[i] > counts[best] ? i : best;
        }
        return SEPARATORS.charAt(best);
    }

    private static boolean isBlank(CsvRow row) {
        return row.cells().stream().allMatch(cell -> CsvRow.stripped(cell).isEmpty());
    }

    private static void requireUnique(List<String> header) {
        Set<String> keys = new HashSet<>();
        for (String name : header) {
            if (!name.isEmpty() && !keys.add(key(name))) {
                throw new MalformedCsvException("the header has the column " + name + " twice");
            }
        }
    }

    private static void requireNamedColumns(CsvRow row, List<String> header) {
        for (int i = 0; i < row.cells().size(); i++) {
            if ((i >= header.size() || header.get(i).isEmpty()) && row.text(i) != null) {
                throw new MalformedCsvException("row " + row.number() + " has a value in column " + (i + 1)
                        + ", which has no name in the header; values with a separator need quotation marks");
            }
        }
    }

    /** Returns the columns by {@link #key}, in their order; empty for those without a name. */
    public List<String> keys() {
        return header.stream().map(CsvFile::key).toList();
    }

    /**
     * Returns the name of a column in the form of JSON members, so that case and punctuation do not matter: {@code
     * TDP (W)} and {@code tdp-w} are {@code tdp_w}.
     */
    public static String key(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "_").replaceAll("^_|_$", "");
    }

    /** Numbers the rows as a spreadsheet does. */
    private static final class NumberedRows {
        private final Iterator<CsvRecord> records;
        private int number;

        NumberedRows(Iterator<CsvRecord> records) {
            this.records = records;
        }

        /** Returns null at the end. */
        @Nullable
        CsvRow next() {
            number++;
            try {
                return records.hasNext() ? new CsvRow(number, records.next().getFields()) : null;
            } catch (CsvParseException _) {
                throw new MalformedCsvException("row " + number
                        + " has a quotation mark that is not closed, or a text behind a closing quotation mark");
            }
        }
    }
}
