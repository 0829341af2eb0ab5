package dealbrain.shares;

import dealbrain.caching.LoadResult;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How long the target of a link may be cached after it was read.
 *
 * @param expiresAt when the link expires, by the clock of the primary; null if it does not
 * @param snapshot  {@link LoadResult#SNAPSHOT} of the statement that read it
 */
record ShareValidity(@Nullable Instant expiresAt, String snapshot) {
    private static final Duration MAX_TIME_TO_LIVE = Duration.ofHours(24);

    /** Returns a value for the cache. */
    <T> LoadResult<T> loaded(T value, Set<String> tags) {
        return new LoadResult<>(value, snapshot, tags, MAX_TIME_TO_LIVE, expiresAt);
    }
}
