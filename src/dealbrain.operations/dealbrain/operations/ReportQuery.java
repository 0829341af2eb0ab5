package dealbrain.operations;

import dealbrain.http.PagedList;
import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;

/** The query parameters of a list of statistics. The default limit is enough for all routes and statements. */
record ReportQuery(
        @Default("1000") @Min(1) @Max(1000) int limit,
        @Default("0") @Min(0) int offset) implements PagedQuery {
    /** Returns the requested part of the list. */
    <T> PagedList<T> page(List<T> all) {
        int from = Math.min(offset, all.size());
        int to = Math.min(from + limit, all.size());
        return new PagedList<>(all.subList(from, to), all.size(), page());
    }
}
