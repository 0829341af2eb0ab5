package dealbrain.collections;

import dealbrain.json.Default;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** The body that changes an item. A new position moves it there and shifts the items in between. */
record ItemChange(
        @Default("\"undecided\"") ItemStatus status,
        @Nullable @Size(max = 500) String notes,
        @Min(0) int position) {}
