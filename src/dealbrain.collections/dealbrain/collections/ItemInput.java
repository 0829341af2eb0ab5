package dealbrain.collections;

import dealbrain.json.Default;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** A listing that goes into a collection; without a position it goes last. */
public record ItemInput(
        long listingId,
        @Default("\"undecided\"") ItemStatus status,
        @Nullable @Size(max = 500) String notes,
        @Nullable @Min(0) Integer position) {}
