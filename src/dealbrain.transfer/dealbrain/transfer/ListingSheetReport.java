package dealbrain.transfer;

import com.fasterxml.jackson.annotation.JsonInclude;
import dealbrain.json.InputError;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The result of an import of listings from CSV, or of a dry run.
 *
 * @param separator      the separator of the cells
 * @param decimal        the sign before the decimals of the file's numbers
 * @param dateFormat     the notation of the file's dates
 * @param assumptions    what was assumed about numbers and dates, and why, if the file does not decide it
 * @param ignoredColumns the columns of the file that are no members of a listing
 */
record ListingSheetReport(
        boolean dryRun,
        String separator,
        String decimal,
        String dateFormat,
        List<String> assumptions,
        List<String> ignoredColumns,
        int created,
        int updated,
        int unchanged,
        int invalid,
        List<RowReport> rows) {
    /** What an import does with a row. */
    enum Outcome {
        CREATED,
        UPDATED,
        UNCHANGED,
        INVALID
    }

    /**
     * The result for one row.
     *
     * @param row the number of the row in a spreadsheet
     * @param id  the listing; null if the row is invalid, or in a dry run would create it
     */
    record RowReport(int row, Outcome outcome, @Nullable Long id, List<CellError> errors) {
        RowReport {
            errors = List.copyOf(errors);
        }
    }

    /**
     * An error of a cell.
     *
     * @param field      the member of the listing
     * @param column     the name of the column in the file
     * @param candidates the parts that the cell may mean; null if it is not the name of a part
     */
    record CellError(
            String field,
            String column,
            String detail,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            List<InputError.Candidate> candidates) {
        /** Returns the error for a problem document. */
        InputError input(int row) {
            String text = "row " + row + ", column " + column + ": " + detail;
            String pointer = "/" + row + "/" + field;
            return candidates == null ? InputError.at(pointer, text) : InputError.at(pointer, text, candidates);
        }
    }

    ListingSheetReport {
        assumptions = List.copyOf(assumptions);
        ignoredColumns = List.copyOf(ignoredColumns);
        rows = List.copyOf(rows);
    }

    static ListingSheetReport of(ListingSheet sheet, List<SheetRow> rows, boolean dryRun) {
        List<RowReport> reports = rows.stream().map(row -> row.report(dryRun)).toList();
        return new ListingSheetReport(
                dryRun,
                String.valueOf(sheet.file().separator()),
                String.valueOf(sheet.format().numbers().decimal()),
                sheet.format().dates().notation().toString(),
                sheet.format().assumptions(),
                sheet.header().ignored(),
                count(reports, Outcome.CREATED),
                count(reports, Outcome.UPDATED),
                count(reports, Outcome.UNCHANGED),
                count(reports, Outcome.INVALID),
                reports);
    }

    private static int count(List<RowReport> rows, Outcome outcome) {
        return (int) rows.stream().filter(row -> row.outcome() == outcome).count();
    }
}
