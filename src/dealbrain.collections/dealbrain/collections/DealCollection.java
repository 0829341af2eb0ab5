package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.accounts.User;
import dealbrain.http.VersionedResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A collection with a page of its items, in their order.
 *
 * @param itemCount how many items it has in all
 * @param items     null where only the collection itself was asked for
 */
public record DealCollection(
        long id,
        long userId,
        String name,
        @Nullable String description,
        Visibility visibility,
        Instant createdAt,
        Instant updatedAt,
        int itemCount,
        @Nullable List<CollectionItem> items,
        @JsonIgnore long rowVersion)
        implements VersionedResource {
    public DealCollection {
        items = items == null ? null : List.copyOf(items);
    }

    public boolean isOwnedBy(Optional<User> viewer) {
        return viewer.filter(user -> user.id() == userId).isPresent();
    }

    boolean isVisibleTo(Optional<User> viewer) {
        return visibility == Visibility.PUBLIC || isOwnedBy(viewer);
    }

    /** What others may see: neither notes nor status leave the owner's hands. */
    DealCollection seenBy(Optional<User> viewer) {
        return items == null || isOwnedBy(viewer)
                ? this
                : withItems(items.stream().map(CollectionItem::withoutOpinion).toList());
    }

    DealCollection withItems(List<CollectionItem> others) {
        return new DealCollection(
                id, userId, name, description, visibility, createdAt, updatedAt, itemCount, others, rowVersion);
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
