package dealbrain.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. It is sent as the bare array, with {@code X-Total-Count}, its relation, and {@code Link}.
 *
 * @param total      null if the list was not counted
 * @param page       the request for this page
 * @param nextCursor the place after which the next page starts; null on the last page
 */
public record PagedList<T>(
        List<T> items,
        @Nullable Total total,
        PageRequest page,
        @Nullable String nextCursor) {
    public PagedList {
        items = List.copyOf(items);
    }

    /**
     * Returns the page that a query requested.
     *
     * @param counted the number of elements of the list, at most {@link CountMode#maxRows}
     */
    public static <T> PagedList<T> of(PagedQuery query, List<T> items, long counted, @Nullable String nextCursor) {
        return new PagedList<>(items, Total.of(query.count(), counted), query.page(), nextCursor);
    }
}
