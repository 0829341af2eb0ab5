package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.database.Computed;
import dealbrain.http.VersionedResource;
import dealbrain.listings.Listing;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A listing in a collection.
 *
 * @param status     null for viewers other than the owner
 * @param notes      null for viewers other than the owner
 * @param position   0, 1, 2 and so on within the collection, without gaps
 * @param orderKey   sorts like the position, but changes only when the item itself is moved
 * @param rowVersion increases with each change of the item itself, not when its position shifts because of another item
 */
public record CollectionItem(
        long id,
        long collectionId,
        long listingId,
        @Nullable ItemStatus status,
        @Nullable String notes,
        int position,
        Instant addedAt,
        Instant updatedAt,
        @Computed Listing listing,
        @JsonIgnore BigDecimal orderKey,
        @JsonIgnore long rowVersion)
        implements VersionedResource {

    CollectionItem withoutStatusAndNotes() {
        return new CollectionItem(
                id, collectionId, listingId, null, null, position, addedAt, updatedAt, listing, orderKey, rowVersion);
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
