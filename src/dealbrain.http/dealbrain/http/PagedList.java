package dealbrain.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, with the total of the list. It is sent as the bare array, with {@code X-Total-Count} and
 * {@code Link}.
 *
 * @param total      the number of elements of the whole list
 * @param page       the request for this page
 * @param nextCursor the start of the next page, for lists that can be read by cursor; else null. With a cursor,
 *                   {@code Link} has the relation {@code next} only
 */
public record PagedList<T>(
        List<T> items,
        long total,
        PageRequest page,
        @Nullable String nextCursor) {
    public PagedList {
        items = List.copyOf(items);
    }

    public PagedList(List<T> items, long total, PageRequest page) {
        this(items, total, page, null);
    }
}
