package dealbrain.http;

import dealbrain.json.Default;
import dealbrain.json.ThingInput;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** The query of a list of the ids from 1 to {@code total}. */
record ThingListQuery(
        @Nullable @Size(max = 20) String q,
        @Nullable BigDecimal minPrice,
        @Nullable Boolean sold,
        ThingInput.@Nullable State state,
        @Nullable Long partId,
        @Default("0") @Min(0) @Max(1_000_000) int total,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) @Max(MAX_OFFSET) int offset,
        @Nullable @Size(max = MAX_CURSOR) String cursor,
        @Default("\"limited\"") CountMode count)
        implements PagedQuery {}
