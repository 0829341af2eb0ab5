package dealbrain.transfer;

import dealbrain.csv.CsvCell;
import dealbrain.csv.CsvFile;
import dealbrain.csv.CsvRow;
import dealbrain.csv.DateFormat;
import dealbrain.csv.NumberFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** How the numbers and dates of a file of listings are written. */
record SheetFormat(NumberFormat numbers, DateFormat dates) {
    private static final Pattern CAPACITY = Pattern.compile("(?i)(?<number>.*\\d.*?) ?(?<unit>[GT])(?:i?B)?");

    private static final int MAX_CAPACITY_LENGTH = 60;

    /** Decides the formats by all cells of the file. */
    static SheetFormat of(CsvFile file, ListingHeader header) {
        List<NumberFormat.Cell> numbers = new ArrayList<>();
        List<String> dates = new ArrayList<>();
        forEachCell(file, header, (column, text) -> {
            switch (column.type()) {
                case NUMBER -> numbers.add(new NumberFormat.Cell(text, column.decimals()));
                case CAPACITY -> numbers.add(new NumberFormat.Cell(withoutUnit(text), 0));
                case TIME -> dates.add(text);
                default -> {}
            }
        });
        NumberFormat decided = NumberFormat.of(numbers, hint(file, header));
        boolean isComma = decided.decimal() == ',';
        return new SheetFormat(
                decided, DateFormat.of(dates, isComma, "as in files with a decimal " + (isComma ? "comma" : "point")));
    }

    private static void forEachCell(CsvFile file, ListingHeader header, BiConsumer<ListingColumn, String> action) {
        for (CsvRow row : file.rows()) {
            for (Map.Entry<Integer, ListingColumn> column : header.columns().entrySet()) {
                String text = CsvCell.text(row.cell(column.getKey()));
                if (text != null) {
                    action.accept(column.getValue(), text);
                }
            }
        }
    }

    private static NumberFormat.Hint hint(CsvFile file, ListingHeader header) {
        if (file.separator() == ';') {
            return new NumberFormat.Hint(',', "because semicolons separate the cells");
        }
        return header.isGerman()
                ? new NumberFormat.Hint(',', "because the names of the columns are German")
                : new NumberFormat.Hint('.', "because nothing else in the file is against it");
    }

    /** Returns a capacity without its unit. */
    static String withoutUnit(String text) {
        Matcher capacity = CAPACITY.matcher(text);
        return text.length() <= MAX_CAPACITY_LENGTH && capacity.matches() ? capacity.group("number") : text;
    }

    /** Returns whether a capacity is in terabytes, which have a thousand gigabytes as on the label of a drive. */
    static boolean isInTerabytes(String text) {
        Matcher capacity = CAPACITY.matcher(text);
        return text.length() <= MAX_CAPACITY_LENGTH
                && capacity.matches()
                && capacity.group("unit").equalsIgnoreCase("T");
    }

    /** Returns what was assumed, and why, because the file does not decide it. */
    List<String> assumptions() {
        return Stream.of(numbers.assumption(), dates.assumption())
                .filter(Objects::nonNull)
                .toList();
    }
}
