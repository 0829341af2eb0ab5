package dealbrain.shares;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How long what was read of a link holds.
 *
 * @param millisLeft until it expires, by the database's clock; null for ever
 * @param snapshot   in which it was read, as PostgreSQL writes it
 */
record ShareValidity(@Nullable Long millisLeft, String snapshot) {
    private static final Duration LONGEST = Duration.ofHours(24);

    Duration timeToLive() {
        return millisLeft == null || millisLeft > LONGEST.toMillis()
                ? LONGEST
                : Duration.ofMillis(Math.max(0, millisLeft));
    }
}
