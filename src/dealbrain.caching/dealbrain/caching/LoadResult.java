package dealbrain.caching;

import java.time.Duration;
import java.util.Set;

/**
 * A value that a loader read from the database, with what is needed to detect that it is stale.
 *
 * @param snapshot   {@code pg_current_snapshot()::text}, selected by the statement that read the value
 * @param tags       the tags of everything that the value shows, as {@code change_log} has them
 * @param timeToLive shortened at random by up to 5 %, so that entries that were loaded together do not expire together
 */
public record LoadResult<T>(T value, String snapshot, Set<String> tags, Duration timeToLive) {
    public LoadResult {
        tags = Set.copyOf(tags);
    }
}
