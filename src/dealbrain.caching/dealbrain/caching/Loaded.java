package dealbrain.caching;

import java.time.Duration;
import java.util.Set;

/**
 * What a loader read, and how long it may be kept.
 *
 * @param snapshot   {@code pg_current_snapshot()::text} of the very statement that read it
 * @param tags       of everything that it shows, as {@code change_log} has them
 * @param timeToLive at most; it is shortened by up to a twentieth, so that not everything that was made at once ends at once
 */
public record Loaded<T>(T value, String snapshot, Set<String> tags, Duration timeToLive) {
    public Loaded {
        tags = Set.copyOf(tags);
    }
}
