package dealbrain.caching;

import dealbrain.standby.Standby;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A value that a loader read from the database, with what is needed to detect that it is stale.
 *
 * @param snapshot   {@link #SNAPSHOT}, selected by the statement that read the value; empty if the statement found no
 *                   row: such a result of a standby is not used, and that of the primary must not be cached
 * @param tags       the tags of everything that the value shows, as {@code change_log} has them; {@code collection:*}
 *                   for a value that depends on all collections
 * @param timeToLive shortened at random by up to 5 %, so that entries that were loaded together do not expire together
 * @param expiresAt  when the value expires by the clock of the primary; null if it does not
 */
public record LoadResult<T>(
        T value,
        String snapshot,
        Set<String> tags,
        Duration timeToLive,
        @Nullable Instant expiresAt) {
    /**
     * The SQL expression for the snapshot of a statement. On a standby it also proves which history the server
     * follows.
     */
    public static final String SNAPSHOT = Standby.SNAPSHOT;

    public LoadResult {
        tags = Set.copyOf(tags);
    }

    /** Creates a result that does not expire before its time to live. */
    public LoadResult(T value, String snapshot, Set<String> tags, Duration timeToLive) {
        this(value, snapshot, tags, timeToLive, null);
    }

    /** @param millis since 1970, by the clock of the primary */
    boolean isExpiredAt(long millis) {
        return expiresAt != null && expiresAt.toEpochMilli() <= millis;
    }
}
