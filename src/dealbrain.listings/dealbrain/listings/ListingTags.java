package dealbrain.listings;

import dealbrain.catalog.Part;
import java.util.Set;

/** The tags of a listing and its parts in the change log. */
public final class ListingTags {
    private ListingTags() {}

    /** Adds the tags of a listing and its parts to {@code tags}. */
    public static void add(Listing listing, Set<String> tags) {
        tags.add("listing:" + listing.id());
        for (ListingRelation<?> relation : ListingRelation.ALL) {
            Part part = relation.part().apply(listing);
            if (part != null) {
                tags.add(relation.kind().table() + ':' + part.id());
            }
        }
    }
}
