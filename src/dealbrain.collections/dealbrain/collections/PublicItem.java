package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dealbrain.database.Computed;
import dealbrain.listings.Listing;
import java.time.Instant;

/** An item of a public or shared collection: without status and notes, and without the owner of the listing. */
public record PublicItem(
        long id,
        long collectionId,
        long listingId,
        int position,
        Instant addedAt,
        Instant updatedAt,
        @Computed @JsonIgnoreProperties("owner_id") Listing listing) {}
