package dealbrain.shares;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** How long a link is good for, in days from now; 0 and null stand for ever. */
public record ShareInput(
        @Nullable @Default("180") @Min(0) @Max(3650) Integer expiresInDays) {
    /** The days for a statement, which takes null for ever. */
    @Nullable
    Integer days() {
        return expiresInDays == null || expiresInDays == 0 ? null : expiresInDays;
    }
}
