package dealbrain.transfer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputError;
import dealbrain.transfer.ListingSheetReport.CellError;
import dealbrain.transfer.ListingSheetReport.Outcome;
import dealbrain.transfer.ListingSheetReport.RowReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of a file while it is imported: the members of a listing that the file states, the texts of its parts, and its
 * errors. A member that is null clears that of a stored listing.
 */
final class SheetRow {
    private final int number;
    private final Map<String, String> headers;
    private final ObjectNode members;
    private final Map<ListingColumn, String> parts;
    /** The errors, each with the name of its member in place of a pointer. */
    private final List<InputError> errors;

    /** All members of a new listing, but its parts. */
    private @Nullable ObjectNode complete;

    private @Nullable Outcome outcome;
    private @Nullable Long id;

    /** @param headers the names of the columns in the file, by their members */
    SheetRow(int number, Map<String, String> headers, ObjectNode members) {
        this(number, headers, members, new LinkedHashMap<>(), new ArrayList<>(), null);
    }

    private SheetRow(
            int number,
            Map<String, String> headers,
            ObjectNode members,
            Map<ListingColumn, String> parts,
            List<InputError> errors,
            @Nullable ObjectNode complete) {
        this.number = number;
        this.headers = headers;
        this.members = members;
        this.parts = parts;
        this.errors = errors;
        this.complete = complete;
    }

    /** Returns a copy for one attempt of a transaction. */
    SheetRow copy() {
        return new SheetRow(
                number,
                headers,
                members.deepCopy(),
                parts,
                new ArrayList<>(errors),
                complete == null ? null : complete.deepCopy());
    }

    int number() {
        return number;
    }

    ObjectNode members() {
        return members;
    }

    Map<ListingColumn, String> parts() {
        return parts;
    }

    boolean isValid() {
        return errors.isEmpty();
    }

    void reject(String member, String detail) {
        errors.add(InputError.at(member, detail));
    }

    void reject(String member, String detail, List<InputError.Candidate> candidates) {
        errors.add(InputError.at(member, detail, candidates));
    }

    /** Takes the members over from a valid input, which has defaults and normalised values. */
    void validated(ObjectNode input) {
        members.fieldNames().forEachRemaining(name -> members.set(name, input.path(name)));
        complete = input;
    }

    /** Sets a part; null for none. */
    void setPart(ListingColumn column, @Nullable Long partId) {
        members.put(column.relation().foreignKey(), partId);
        if (complete != null) {
            complete.put(column.relation().foreignKey(), partId);
        }
    }

    /** Sets a capacity for which the file has no column. */
    void setIfAbsent(String member, int capacityGb) {
        if (!members.has(member)) {
            members.put(member, capacityGb);
            if (complete != null) {
                complete.put(member, capacityGb);
            }
        }
    }

    /** Returns all members of a new listing. */
    ObjectNode complete() {
        if (complete == null) {
            throw new IllegalStateException("row " + number + " was not validated");
        }
        return complete;
    }

    /** Returns marketplace and vendor item id; null if one of them is missing. */
    @Nullable
    List<String> uniqueKey() {
        JsonNode marketplace = members.path("marketplace");
        JsonNode vendorItemId = members.path("vendor_item_id");
        return marketplace.isTextual() && vendorItemId.isTextual()
                ? List.of(marketplace.textValue(), vendorItemId.textValue())
                : null;
    }

    void found(Outcome what, @Nullable Long listingId) {
        outcome = what;
        id = listingId;
    }

    @Nullable
    Outcome outcome() {
        return outcome;
    }

    RowReport report(boolean dryRun) {
        if (!isValid() || outcome == null) {
            return new RowReport(number, Outcome.INVALID, null, cellErrors());
        }
        return new RowReport(number, outcome, dryRun && outcome == Outcome.CREATED ? null : id, List.of());
    }

    /** Names the columns as the file does, and a member without a column by its own name. */
    private List<CellError> cellErrors() {
        return errors.stream()
                .map(error -> {
                    String member = String.valueOf(error.pointer());
                    return new CellError(
                            member, headers.getOrDefault(member, member), error.detail(), error.candidates());
                })
                .toList();
    }
}
