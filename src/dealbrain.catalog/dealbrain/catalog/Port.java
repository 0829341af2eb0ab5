package dealbrain.catalog;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** Sockets of one kind on a case, such as three of {@code usb_a}. */
public record Port(
        @Size(min = 1, max = 100) String type,
        @Default("1") @Min(1) @Max(100) int count,
        @Nullable @Size(max = 500) String specNotes) {}
