package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.database.Computed;
import dealbrain.http.VersionedResource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A public or shared collection as clients other than its owner see it.
 *
 * @param itemCount the number of all items
 * @param viewCount the number of views by people; views are written with a delay of a second or two
 * @param ownerName the display name of the owner, or the username if there is none
 * @param items     one page of the items, in their order; null in lists of collections
 */
public record PublicCollection(
        long id,
        String name,
        @Nullable String description,
        Visibility visibility,
        Instant createdAt,
        Instant updatedAt,
        int itemCount,
        long viewCount,
        @Computed String ownerUsername,
        @Computed String ownerName,
        @Computed @Nullable List<PublicItem> items,
        @JsonIgnore long rowVersion)
        implements VersionedResource {
    public PublicCollection {
        items = items == null ? null : List.copyOf(items);
    }

    PublicCollection withItems(List<PublicItem> others) {
        return new PublicCollection(
                id,
                name,
                description,
                visibility,
                createdAt,
                updatedAt,
                itemCount,
                viewCount,
                ownerUsername,
                ownerName,
                others,
                rowVersion);
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
