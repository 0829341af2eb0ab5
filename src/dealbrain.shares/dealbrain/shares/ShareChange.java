package dealbrain.shares;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** What can be changed of a link: its days from now; 0 and null stand for ever. */
public record ShareChange(@Nullable @Min(0) @Max(3650) Integer expiresInDays) {}
