package dealbrain.changes;

import java.time.Duration;
import java.util.Optional;

/**
 * The state of the change log on this instance, for operators.
 *
 * @param trusted whether the cache is used now: the lease of this instance has not ended
 * @param members how many instances use their caches, this one included unless it has left
 * @param left whether this instance does not use its cache because its polls are slow, so that it delays no writer
 * @param oldestTransaction how long the oldest transaction of the database cluster has been open; empty if less than
 *     a minute
 */
public record ChangeStatus(boolean trusted, int members, boolean left, Optional<Duration> oldestTransaction) {}
