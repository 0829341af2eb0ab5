package dealbrain.listings;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.json.InputError;
import java.util.List;

/**
 * The input of a listing with the ids of its parts.
 *
 * @param members those of {@link ListingInput}, without names of parts
 * @param errors  the names that mean no part, at pointers such as {@code /cpu}
 */
public record ResolvedListing(ObjectNode members, List<InputError> errors) {}
