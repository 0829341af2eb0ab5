package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.http.VersionedResource;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A collection as others than its owner see it, because it is public or because they have a link to it.
 *
 * @param itemCount how many items it has in all
 * @param viewCount may trail the true count by a second or two
 * @param items     one page of them, in their order; null where only the collection itself was asked for
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
        String ownerUsername,
        @Nullable List<PublicItem> items,
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
                others,
                rowVersion);
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
