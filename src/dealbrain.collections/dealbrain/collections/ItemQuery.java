package dealbrain.collections;

import dealbrain.http.CountMode;
import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The query of the items of a collection; {@code cursor} is from the header {@code Link} of the previous page. */
public record ItemQuery(
        @Default("100") @Min(1) @Max(1000) int limit,
        @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
        @Nullable @Size(max = MAX_CURSOR) String cursor,
        @Nullable ItemStatus status,
        @Default("\"position\"") ItemOrder sort,
        @Default("\"limited\"") CountMode count)
        implements PagedQuery {
    /** The items in the order of their positions. */
    static final ItemQuery ALL = new ItemQuery(1000, 0, null, null, ItemOrder.POSITION, CountMode.NONE);
}
