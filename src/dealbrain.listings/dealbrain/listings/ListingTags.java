package dealbrain.listings;

import dealbrain.catalog.Part;
import java.util.Set;

/** The tags by which the change log names a listing and its parts. */
public final class ListingTags {
    private ListingTags() {}

    /** Adds the tags of everything that a listing shows. */
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
