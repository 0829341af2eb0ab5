package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.http.VersionedResource;
import dealbrain.listings.Listing;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A listing at its place in a collection.
 *
 * @param status     null for everybody but the owner
 * @param notes      null for everybody but the owner
 * @param position   where it stands: distinct within the collection, ascending from 0, with gaps where items were removed
 * @param orderKey   sorts like the position, but stays what it is until the item itself is moved
 * @param rowVersion moves with each change of the item itself, not when it makes room for another
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
        Listing listing,
        @JsonIgnore BigDecimal orderKey,
        @JsonIgnore long rowVersion)
        implements VersionedResource {

    CollectionItem withoutOpinion() {
        return new CollectionItem(
                id, collectionId, listingId, null, null, position, addedAt, updatedAt, listing, orderKey, rowVersion);
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
