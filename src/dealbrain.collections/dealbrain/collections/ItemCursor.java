package dealbrain.collections;

import dealbrain.http.ListCursors;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The end of a page of items: the sort key of its last item, and its id.
 *
 * @param generation that of the order keys when the page was read
 * @param key        null if the last item has no sort key, such as a price
 */
record ItemCursor(long generation, long itemId, @Nullable String key) {
    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,400}(\\.\\d{1,400})?");

    /** Returns the cursors of the items of a collection. */
    static ListCursors of(long collectionId, ItemQuery query) {
        return new ListCursors(query, "items", collectionId);
    }

    static String after(CollectionItem last, DealCollection collection, ListCursors cursors, ItemOrder order) {
        return cursors.after(collection.keyGeneration(), last.id(), order.key(last));
    }

    /**
     * Returns the cursor of a request; empty without one.
     *
     * @throws ProblemException invalid, if it is not a cursor or a cursor of another list
     */
    static Optional<ItemCursor> of(ListCursors cursors, ItemOrder order) {
        return cursors.start().map(keys -> new ItemCursor(keys.int64(0), keys.int64(1), key(keys, order)));
    }

    private static @Nullable String key(ListCursors.Keys keys, ItemOrder order) {
        if (order == ItemOrder.NEWEST) {
            return keys.time(2);
        }
        if (order.allowsNullKey() && keys.textOrNull(2).isEmpty()) {
            return null;
        }
        return keys.text(2, NUMBER);
    }

    /** Returns the problem for a cursor whose place is not known any more. */
    static ProblemException expired() {
        return ProblemException.invalid(
                List.of(InputError.in("cursor", "cursor is too old: leave it out to start again")));
    }
}
