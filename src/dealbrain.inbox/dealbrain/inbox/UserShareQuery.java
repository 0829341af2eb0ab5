package dealbrain.inbox;

import dealbrain.http.CountMode;
import dealbrain.http.PagedQuery;
import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The query of the list of received shares. */
record UserShareQuery(
        @Default("\"all\"") UserShareFilter filter,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
        @Nullable @Size(max = MAX_CURSOR) String cursor,
        @Default("\"limited\"") CountMode count)
        implements PagedQuery {}
