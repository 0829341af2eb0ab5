package dealbrain.operations;

import dealbrain.http.PageRequest;
import dealbrain.http.PagedList;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;

/** Which part of a list of figures; by default, and in practice, all of it. */
public record OperationsQuery(
        @Default("1000") @Min(1) @Max(1000) int limit,
        @Default("0") @Min(0) int offset) {
    <T> PagedList<T> cut(List<T> all) {
        int from = Math.min(offset, all.size());
        return new PagedList<>(
                all.subList(from, Math.min(from + limit, all.size())), all.size(), new PageRequest(limit, offset));
    }
}
