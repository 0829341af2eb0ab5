package dealbrain.collections;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dealbrain.accounts.User;
import dealbrain.database.Computed;
import dealbrain.http.VersionedResource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A collection with one page of its items, in their order.
 *
 * @param itemCount     the number of all items
 * @param items         null in responses that show the collection only
 * @param keyGeneration increases when the order keys of the items are replaced by shorter ones
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
        @Computed @Nullable List<CollectionItem> items,
        @JsonIgnore long rowVersion,
        @JsonIgnore int keyGeneration)
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

    /** Returns the collection as {@code viewer} may read it: status and notes of the items are for the owner only. */
    DealCollection forViewer(Optional<User> viewer) {
        return items == null || isOwnedBy(viewer)
                ? this
                : withItems(items.stream()
                        .map(CollectionItem::withoutStatusAndNotes)
                        .toList());
    }

    DealCollection withItems(List<CollectionItem> others) {
        return new DealCollection(
                id,
                userId,
                name,
                description,
                visibility,
                createdAt,
                updatedAt,
                itemCount,
                others,
                rowVersion,
                keyGeneration);
    }

    @Override
    public long version() {
        return rowVersion;
    }
}
