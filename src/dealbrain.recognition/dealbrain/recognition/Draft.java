package dealbrain.recognition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.InvalidInputException;
import dealbrain.listings.ListingInput;

/** The draft of a listing as an input of the listings, valid by their schema. */
final class Draft {
    private static final InputSchemas SCHEMAS = new InputSchemas();

    private Draft() {}

    /** Returns the draft. Values that no listing may have are left out and reported. */
    static ListingInput of(Findings findings) {
        try {
            return bind(findings.draft());
        } catch (InvalidInputException e) {
            e.errors().forEach(error -> remove(error, findings));
            return bind(findings.draft());
        }
    }

    private static ListingInput bind(ObjectNode draft) {
        return SCHEMAS.bind(draft.deepCopy(), ListingInput.class);
    }

    private static void remove(InputError error, Findings findings) {
        String member = String.valueOf(error.pointer()).replaceFirst("^/", "").replaceFirst("/.*$", "");
        JsonNode removed = findings.draft().remove(member);
        if (removed != null) {
            findings.unrecognised(member, removed.asText(), error.detail());
        }
    }
}
