package dealbrain.listings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The unique key of a user's listing: a marketplace, and the number that it has there. */
record ListingSource(String marketplace, String vendorItemId) {
    /** @throws ProblemException invalid, if one of the parameters of a path is too long */
    static ListingSource of(String marketplace, String vendorItemId) {
        List<InputError> errors = new ArrayList<>();
        requireLength("marketplace", marketplace, ListingInput.MAX_MARKETPLACE, errors);
        requireLength("vendor_item_id", vendorItemId, ListingInput.MAX_VENDOR_ITEM_ID, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        return new ListingSource(marketplace, vendorItemId);
    }

    private static void requireLength(String name, String value, int max, List<InputError> errors) {
        int length = value.codePointCount(0, value.length());
        if (length > max) {
            errors.add(InputError.in(name, name + " must have 1 to " + max + " characters, was " + length));
        }
    }

    /**
     * Returns an input with this key.
     *
     * @throws ProblemException invalid, if the input has another one
     */
    ListingInput complete(ListingInput input) {
        List<InputError> errors = new ArrayList<>();
        requireEqual("marketplace", input.marketplace(), marketplace, errors);
        requireEqual("vendor_item_id", input.vendorItemId(), vendorItemId, errors);
        if (!errors.isEmpty()) {
            throw ProblemException.invalid(errors);
        }
        ObjectNode members = (ObjectNode) Json.tree(input);
        members.put("marketplace", marketplace).put("vendor_item_id", vendorItemId);
        return Json.read(Json.text(members), ListingInput.class);
    }

    private static void requireEqual(String name, @Nullable String found, String wanted, List<InputError> errors) {
        if (found != null && !found.equals(wanted)) {
            errors.add(InputError.at(
                    "/" + name,
                    name + " must be absent or as in the path, was '" + InputError.abbreviated(found) + "'"));
        }
    }

    @Override
    public String toString() {
        return vendorItemId + " of " + marketplace;
    }
}
