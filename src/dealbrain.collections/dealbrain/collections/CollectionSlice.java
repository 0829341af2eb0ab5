package dealbrain.collections;

import dealbrain.accounts.User;
import java.util.Optional;

/**
 * A collection with one page of its items.
 *
 * @param total    the number of items that match the filter, on all pages
 * @param snapshot the snapshot of the statement that read it, in the text format of PostgreSQL's {@code pg_snapshot}
 */
record CollectionSlice(DealCollection collection, long total, String snapshot) {
    CollectionSlice forViewer(Optional<User> viewer) {
        return new CollectionSlice(collection.forViewer(viewer), total, snapshot);
    }
}
