package dealbrain.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.catalog.Catalog;
import dealbrain.catalog.PartInput;
import dealbrain.json.Json;
import dealbrain.listings.ListingRelation;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The ids of the stored parts that the listings of a file are built of. */
final class PartIds {
    private final Map<PartInput, Long> ids = new HashMap<>();

    private PartIds() {}

    /**
     * Finds the parts of the listings by their natural keys, and creates those that do not exist. Of parts with the
     * same key the first is used. Two statements for each relation, in the caller's transaction.
     */
    static PartIds findOrCreate(Catalog catalog, List<PortableListing> listings) {
        PartIds ids = new PartIds();
        for (ListingRelation<?> relation : ListingRelation.ALL) {
            List<PartInput> parts = listings.stream()
                    .map(listing -> listing.part(relation))
                    .filter(Objects::nonNull)
                    .distinct()
                    .toList();
            if (!parts.isEmpty()) {
                List<Long> stored = catalog.findOrCreate(relation.kind(), parts);
                for (int i = 0; i < parts.size(); i++) {
                    ids.ids.put(parts.get(i), stored.get(i));
                }
            }
        }
        return ids;
    }

    /** Returns the members of a listing's input: those of the file, with the ids of the parts in place of the parts. */
    ObjectNode input(PortableListing listing) {
        ObjectNode input = (ObjectNode) Json.tree(listing);
        for (ListingRelation<?> relation : ListingRelation.ALL) {
            PartInput part = listing.part(relation);
            input.remove(relation.member());
            input.put(relation.foreignKey(), part == null ? null : ids.get(part));
        }
        return input;
    }
}
