package dealbrain.collections;

import dealbrain.accounts.User;
import java.util.Optional;

/**
 * A collection with one page of its items.
 *
 * @param total    the number of items that match the filter, on all pages
 * @param snapshot {@link dealbrain.caching.LoadResult#SNAPSHOT} of the statement that read it
 */
record CollectionSlice(DealCollection collection, long total, String snapshot) {
    CollectionSlice forViewer(Optional<User> viewer) {
        return new CollectionSlice(collection.forViewer(viewer), total, snapshot);
    }
}
