package dealbrain.shares;

import dealbrain.json.Default;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/** The body that creates a link, with its days until expiry; 0 or null for a link that does not expire. */
record ShareInput(
        @Nullable @Default("180") @Min(0) @Max(3650) Integer expiresInDays) {
    /** Returns the days until expiry; null if the link does not expire. */
    @Nullable
    Integer days() {
        return expiresInDays == null || expiresInDays == 0 ? null : expiresInDays;
    }
}
