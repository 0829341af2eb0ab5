package dealbrain.catalog;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.csv.CsvFile;
import dealbrain.csv.CsvRow;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import dealbrain.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The rows of a CSV file as inputs of one kind of part. Each column is a member of the input, in any order; the name is
 * required.
 *
 * @param <I> the input
 */
final class PartRows<I extends Record & PartInput> {
    static final int MAX_ERRORS = 100;

    /** Digits, also in groups of three. No column has a fraction, so that a point is a separator of groups. */
    private static final Pattern INTEGER =
            Pattern.compile("-?(\\d{1,30}|\\d{1,3}([.,'\\x{2019}\\s\\p{Z}]\\d{3}){1,9})");

    /**
     * A valid row.
     *
     * @param members the members of the cells that are not blank
     */
    record PartRow<I>(CsvRow row, ObjectNode members, I input) {
        String name() {
            return members.path("name").asText();
        }
    }

    private final PartKind<?, I> kind;
    private final InputSchemas schemas;
    private final JsonNode properties;
    private final List<InputError> errors = new ArrayList<>();

    private PartRows(PartKind<?, I> kind, InputSchemas schemas) {
        this.kind = kind;
        this.schemas = schemas;
        this.properties = schemas.input(kind.input()).properties();
    }

    /**
     * Returns the rows of a file.
     *
     * @throws ProblemException invalid, with up to 100 errors: columns that are unknown or missing, and values that are
     *                          invalid, with their rows
     */
    static <I extends Record & PartInput> List<PartRow<I>> read(
            PartKind<?, I> kind, InputSchemas schemas, CsvFile file) {
        return new PartRows<>(kind, schemas).read(file);
    }

    private List<PartRow<I>> read(CsvFile file) {
        List<String> columns = file.keys();
        checkColumns(file.header(), columns);
        throwErrors(errors);
        List<PartRow<I>> rows = new ArrayList<>();
        for (CsvRow row : file.rows()) {
            read(row, columns, rows);
            if (errors.size() >= MAX_ERRORS) {
                break;
            }
        }
        throwErrors(errors);
        return rows;
    }

    static void throwErrors(List<InputError> errors) {
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors.subList(0, Math.min(errors.size(), MAX_ERRORS)));
        }
    }

    private void checkColumns(List<String> header, List<String> columns) {
        Set<String> known = new LinkedHashSet<>();
        properties.properties().stream()
                .filter(member -> !types(member.getKey()).contains("object"))
                .forEach(member -> known.add(member.getKey()));
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).isEmpty() && !known.contains(columns.get(i))) {
                errors.add(InputError.at(
                        "",
                        "the column " + InputError.abbreviated(header.get(i)) + " is unknown; the columns are "
                                + String.join(", ", known)));
            }
        }
        if (!columns.contains("name")) {
            errors.add(InputError.at("", "the column name is missing"));
        }
    }

    private void read(CsvRow row, List<String> columns, List<PartRow<I>> rows) {
        ObjectNode cells = Json.object();
        for (int i = 0; i < columns.size(); i++) {
            String text = row.text(i);
            if (text != null) {
                cells.set(columns.get(i), value(columns.get(i), text));
            }
        }
        try {
            I input = schemas.bind(cells.deepCopy(), kind.input());
            input.errors().forEach(error -> errors.add(inRow(row, error)));
            ObjectNode members = (ObjectNode) Json.tree(input); // with the numbers that a stored part has, to compare
            rows.add(new PartRow<>(row, members.retain(names(cells)), input));
        } catch (InvalidInputException e) {
            e.errors().forEach(error -> errors.add(inRow(row, error)));
        }
    }

    private static List<String> names(ObjectNode cells) {
        return cells.properties().stream().map(Map.Entry::getKey).toList();
    }

    private String types(String member) {
        return properties.path(member).path("type").toString();
    }

    /** Returns the value of a cell; a text if it is not the number that it should be, so that the schema reports it. */
    private JsonNode value(String member, String text) {
        JsonNodeFactory json = JsonNodeFactory.instance;
        return types(member).contains("integer") && INTEGER.matcher(text).matches()
                ? json.numberNode(new BigDecimal(text.replaceAll("[^\\d-]", "")))
                : json.textNode(text);
    }

    private static InputError inRow(CsvRow row, InputError error) {
        String member = String.valueOf(error.pointer()).replaceFirst("^/", "");
        return row.error(member, error.detail().replace(" or null", "")); // a cell cannot be null
    }
}
