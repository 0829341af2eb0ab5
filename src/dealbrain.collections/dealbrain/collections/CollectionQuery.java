package dealbrain.collections;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** The query of a collection: which page of its items is shown. A limit of 0 shows none. */
public record CollectionQuery(
        @Default("200") @Min(0) @Max(1000) int limit,
        @Default("0") @Min(0) int offset,
        @Nullable ItemStatus status) {}
