package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dealbrain.listings.Listing;
import java.time.Instant;

/** A listing at its place in a collection, as everybody may see it: without what the owner thinks of it, and without whose it is. */
public record PublicItem(
        long id,
        long collectionId,
        long listingId,
        int position,
        Instant addedAt,
        Instant updatedAt,
        @JsonIgnoreProperties("owner_id") Listing listing) {}
