package dealbrain.http;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list. It is sent as the bare array, with {@code X-Total-Count} and {@code Link}.
 *
 * @param total  how many elements the whole list has
 * @param page   which cut of it this is
 * @param cursor where the next page begins, for lists that can be read by cursor; else null. With a cursor {@code Link}
 *               has its {@code next} only
 */
public record PagedList<T>(
        List<T> items,
        long total,
        PageRequest page,
        @Nullable String cursor) {
    public PagedList {
        items = List.copyOf(items);
    }

    public PagedList(List<T> items, long total, PageRequest page) {
        this(items, total, page, null);
    }
}
