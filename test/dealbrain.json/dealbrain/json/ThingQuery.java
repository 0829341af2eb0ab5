package dealbrain.json;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A query with a parameter of every kind. */
public record ThingQuery(
        @Nullable @Size(max = 20) String q,
        @Nullable BigDecimal minPrice,
        @Nullable Boolean sold,
        ThingInput.@Nullable State state,
        @Nullable Long partId,
        @Nullable String cursor,
        @Default("0") @Min(0) @Max(1000) int total,
        @Default("20") @Min(1) @Max(100) int limit,
        @Default("0") @Min(0) int offset) {}
