package dealbrain.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.csv.CsvFile;
import dealbrain.csv.CsvRow;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import dealbrain.json.Json;
import dealbrain.listings.ListingInput;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A CSV file of listings: its columns, its formats, and its rows, which are checked except for their parts. */
record ListingSheet(CsvFile file, ListingHeader header, SheetFormat format, List<SheetRow> rows) {
    static final int MAX_ROWS = 1000;

    ListingSheet {
        rows = List.copyOf(rows);
    }

    /** @throws ProblemException invalid, if the header is */
    static ListingSheet read(CsvFile file, InputSchemas schemas) {
        ListingHeader header = ListingHeader.of(file);
        SheetFormat format = SheetFormat.of(file, header);
        CellReader cells = new CellReader(format);
        Map<String, String> names = new HashMap<>();
        header.columns()
                .forEach((index, column) ->
                        names.put(column.name(), file.header().get(index)));
        List<SheetRow> rows =
                file.rows().stream().map(row -> row(row, header, names, cells)).toList();
        rows.forEach(row -> validate(row, schemas));
        requireUniqueKeys(rows);
        return new ListingSheet(file, header, format, rows);
    }

    private static SheetRow row(CsvRow row, ListingHeader header, Map<String, String> names, CellReader cells) {
        SheetRow read = new SheetRow(row.number(), names, Json.object());
        header.columns().forEach((index, column) -> cells.read(column, row.cell(index), read));
        return read;
    }

    private static void validate(SheetRow row, InputSchemas schemas) {
        ObjectNode members = row.members().deepCopy();
        members.properties().removeIf(member -> member.getValue().isNull()); // an empty title is a missing one
        try {
            ListingInput input = schemas.bind(members, ListingInput.class);
            ListingInput.errors("", input.attributes(), input.priceDate()).forEach(error -> reject(row, error));
            row.validated((ObjectNode) Json.tree(input));
        } catch (InvalidInputException e) {
            e.errors().forEach(error -> reject(row, error));
        }
    }

    private static void reject(SheetRow row, InputError error) {
        String pointer = Objects.requireNonNullElse(error.pointer(), "");
        row.reject(pointer.isEmpty() ? "title" : pointer.substring(1).replaceFirst("/.*", ""), error.detail());
    }

    private static void requireUniqueKeys(List<SheetRow> rows) {
        Map<List<String>, Integer> numbers = new HashMap<>();
        for (SheetRow row : rows) {
            List<String> key = row.uniqueKey();
            Integer earlier = key == null ? null : numbers.putIfAbsent(key, row.number());
            if (earlier != null) {
                row.reject(
                        "vendor_item_id",
                        "vendor_item_id must be unique for each marketplace, is also in row " + earlier);
            }
        }
    }
}
