package dealbrain.shares;

import dealbrain.caching.LoadResult;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the target of a link may be cached after it was read.
 *
 * @param millisLeft the time until the link expires, by the clock of the database; null if it does not expire
 * @param snapshot   the snapshot of the statement that read it, in the text format of PostgreSQL's {@code pg_snapshot}
 */
record ShareValidity(@Nullable Long millisLeft, String snapshot) {
    private static final Duration MAX_TIME_TO_LIVE = Duration.ofHours(24);

    /** Returns a value for the cache. */
    <T> LoadResult<T> loaded(T value, Set<String> tags) {
        return new LoadResult<>(value, snapshot, tags, timeToLive());
    }

    private Duration timeToLive() {
        if (millisLeft == null || millisLeft > MAX_TIME_TO_LIVE.toMillis()) {
            return MAX_TIME_TO_LIVE;
        }
        return Duration.ofMillis(Math.max(0, millisLeft));
    }
}
