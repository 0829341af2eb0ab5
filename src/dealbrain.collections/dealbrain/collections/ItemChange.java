package dealbrain.collections;

import dealbrain.json.Default;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What can be changed of an item; a position moves it there, and the others make room. */
public record ItemChange(
        @Default("\"undecided\"") ItemStatus status,
        @Nullable @Size(max = 500) String notes,
        @Min(0) int position) {}
