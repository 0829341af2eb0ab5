package dealbrain.collections;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** Which items are shown with a collection of somebody else's; with a limit of 0 none. */
public record PublicCollectionQuery(
        @Default("200") @Min(0) @Max(1000) int limit,
        @Default("0") @Min(0) int offset) {}
