package dealbrain.collections;

import dealbrain.json.Default;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The body that adds a listing to a collection; without a position, at the end. */
public record ItemInput(
        long listingId,
        @Default("\"undecided\"") ItemStatus status,
        @Nullable @Size(max = 500) String notes,
        @Nullable @Min(0) Integer position) {}
