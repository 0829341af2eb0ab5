package dealbrain.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.csv.CsvCell;
import dealbrain.csv.NumberFormat;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import dealbrain.json.MalformedJsonException;
import dealbrain.listings.Condition;
import dealbrain.listings.ListingStatus;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the cells of a file as members of a listing. */
final class CellReader {
    private static final Map<String, Condition> CONDITIONS = Map.ofEntries(
            Map.entry("new", Condition.NEW),
            Map.entry("brand new", Condition.NEW),
            Map.entry("neu", Condition.NEW),
            Map.entry("refurb", Condition.REFURB),
            Map.entry("refurbished", Condition.REFURB),
            Map.entry("renewed", Condition.REFURB),
            Map.entry("generalüberholt", Condition.REFURB),
            Map.entry("generalueberholt", Condition.REFURB),
            Map.entry("aufbereitet", Condition.REFURB),
            Map.entry("used", Condition.USED),
            Map.entry("pre-owned", Condition.USED),
            Map.entry("gebraucht", Condition.USED));

    private static final Map<String, ListingStatus> STATUSES = Map.of(
            "active", ListingStatus.ACTIVE,
            "aktiv", ListingStatus.ACTIVE,
            "archived", ListingStatus.ARCHIVED,
            "archiviert", ListingStatus.ARCHIVED,
            "pending", ListingStatus.PENDING,
            "reserviert", ListingStatus.PENDING);

    private static final Pattern CAPACITY_ONLY = Pattern.compile("(?i)\\d[\\d.,]* ?(?:[GT](?:i?B)?)?");

    private static final int MAX_PART_NAME = 255;
    private static final int MAX_PART_JSON = 4000;

    private final SheetFormat format;

    CellReader(SheetFormat format) {
        this.format = format;
    }

    /** Adds the member of a cell to a row, or its part, or its error. */
    void read(ListingColumn column, String cell, SheetRow row) {
        String text = CsvCell.text(cell);
        if (text == null) {
            clear(column, row);
            return;
        }
        switch (column.type()) {
            case TEXT -> row.members().put(column.name(), text);
            case NUMBER -> number(column, text, row);
            case CAPACITY -> capacity(column, column.name(), text, row);
            case TIME -> time(column, text, row);
            case CONDITION -> choice(column, text, CONDITIONS, "new, refurb or used", row);
            case STATUS -> choice(column, text, STATUSES, "active, archived or pending", row);
            case JSON -> json(column, text, row);
            case PART -> part(column, text, row);
        }
    }

    private static void clear(ListingColumn column, SheetRow row) {
        if (column.isComputable()) {
            return;
        }
        if (column.type() == ListingColumn.Type.PART) {
            row.setPart(column, null);
        } else if (!row.members().has(column.name())) { // the column of memory may have stated the capacity
            row.members().putNull(column.name());
        }
    }

    private void number(ListingColumn column, String text, SheetRow row) {
        format.numbers()
                .parse(new NumberFormat.Cell(text, column.decimals()))
                .ifPresentOrElse(
                        number -> row.members().put(column.name(), number),
                        () -> row.reject(
                                column.name(), mustBe(column.name(), number(column) + " such as " + example(), text)));
    }

    private static String number(ListingColumn column) {
        return column.name().endsWith("_usd") ? "a number of US dollars" : "a number";
    }

    private String example() {
        return format.numbers().decimal() == '.' ? "1234.56" : "1234,56";
    }

    private void capacity(ListingColumn column, String member, String text, SheetRow row) {
        Optional<BigDecimal> number = format.numbers()
                .parse(new NumberFormat.Cell(SheetFormat.withoutUnit(text), 0))
                .map(value -> SheetFormat.isInTerabytes(text) ? value.multiply(BigDecimal.valueOf(1000)) : value)
                .filter(value -> value.stripTrailingZeros().scale() <= 0);
        if (number.isEmpty()) {
            row.reject(column.name(), mustBe(member, "a whole number of gigabytes", text));
            return;
        }
        JsonNode given = row.members().numberNode(number.get().toBigIntegerExact());
        JsonNode other = row.members().path(member);
        if (other.isNumber() && !other.equals(given)) {
            row.reject(column.name(), mustBe(member, "the same in both columns, " + other + " in the other", text));
        }
        row.members().set(member, given);
    }

    private void time(ListingColumn column, String text, SheetRow row) {
        format.dates()
                .parse(text)
                .ifPresentOrElse(
                        time -> row.members().put(column.name(), time),
                        () -> row.reject(
                                column.name(),
                                mustBe(
                                        column.name(),
                                        "a date as " + format.dates().notation(),
                                        text)));
    }

    private static void choice(
            ListingColumn column, String text, Map<String, ? extends Enum<?>> choices, String allowed, SheetRow row) {
        Enum<?> choice = choices.get(text.toLowerCase(Locale.ROOT));
        if (choice == null) {
            row.reject(column.name(), mustBe(column.name(), allowed, text));
        } else {
            row.members().put(column.name(), choice.name().toLowerCase(Locale.ROOT));
        }
    }

    private static void json(ListingColumn column, String text, SheetRow row) {
        try {
            if (Json.parse(text.getBytes(StandardCharsets.UTF_8)) instanceof ObjectNode object) {
                row.members().set(column.name(), object);
            } else {
                row.reject(column.name(), mustBe(column.name(), "a JSON object", text));
            }
        } catch (MalformedJsonException e) {
            row.reject(column.name(), mustBe(column.name(), "a JSON object", text) + ": " + e.getMessage());
        }
    }

    /** A cell that has a capacity only, such as 16 GB, describes no memory or drive. */
    private void part(ListingColumn column, String text, SheetRow row) {
        String capacityMember = column.relation().capacityMember();
        int maxLength = text.startsWith("{") ? MAX_PART_JSON : MAX_PART_NAME;
        if (capacityMember != null && CAPACITY_ONLY.matcher(text).matches()) {
            capacity(column, capacityMember, text, row);
        } else if (text.codePointCount(0, text.length()) > maxLength) {
            row.reject(column.name(), mustBe(column.name(), "at most " + maxLength + " characters long", text));
        } else {
            row.parts().put(column, text);
        }
    }

    private static String mustBe(String member, String rule, String found) {
        return member + " must be " + rule + ", was '" + InputError.abbreviated(found) + "'";
    }
}
