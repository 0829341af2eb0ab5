package dealbrain.operations;

import dealbrain.http.CountMode;
import dealbrain.http.ListCursors;
import dealbrain.http.PagedList;
import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** The query parameters of a list of statistics. The default limit is enough for all routes and statements. */
record ReportQuery(
        @Default("1000") @Min(1) @Max(1000) int limit,
        @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
        @Nullable @Size(max = MAX_CURSOR) String cursor,
        @Default("\"limited\"") CountMode count)
        implements PagedQuery {
    /**
     * Returns the requested part of a list that is sorted by descending numbers, then by names. A report whose number
     * grows between two pages moves towards the start, perhaps before the cursor; no report is returned twice.
     *
     * @param name what distinguishes the list from other ones
     */
    <T> PagedList<T> page(String name, List<T> all, ToLongFunction<T> number, Function<T, String> id) {
        ListCursors cursors = new ListCursors(this, name);
        Optional<ListCursors.Keys> start = cursors.start();
        Comparator<T> order = Comparator.comparingLong(number).reversed().thenComparing(id);
        List<T> rest = all.stream()
                .sorted(order)
                .filter(start.map(keys -> after(keys, number, id)).orElse(_ -> true))
                .skip(offset)
                .toList();
        List<T> page = rest.subList(0, Math.min(limit, rest.size()));
        String next = rest.size() > limit
                ? cursors.after(number.applyAsLong(page.getLast()), id.apply(page.getLast()))
                : null;
        return PagedList.of(this, page, all.size(), next);
    }

    private static <T> Predicate<T> after(ListCursors.Keys keys, ToLongFunction<T> number, Function<T, String> id) {
        long last = keys.int64(0);
        String lastId = keys.text(1);
        return each -> number.applyAsLong(each) < last
                || (number.applyAsLong(each) == last && id.apply(each).compareTo(lastId) > 0);
    }
}
