package dealbrain.changes;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A transaction that stays open anywhere in the cluster, in another database too. It keeps PostgreSQL from removing old
 * row versions, so that every statement becomes slower. It is recognized by the snapshots of the polls. Only the
 * poller calls {@link #observe}.
 */
final class OldestTransaction {
    private static final Logger LOG = LoggerFactory.getLogger(OldestTransaction.class);
    private static final Duration REPORTED = Duration.ofMinutes(1);

    private final Supplier<String> description;
    private long transaction;
    private long since;
    private boolean reported;
    private volatile Duration age = Duration.ZERO;

    /** @param description queries the database for what is known of the transaction; one statement */
    OldestTransaction(Supplier<String> description) {
        this.description = description;
    }

    /** Records the position of a poll at {@code now}, in nanoseconds. */
    void observe(Snapshot position, long now) {
        boolean open = position.xmin() < position.xmax();
        if (!open || position.xmin() != transaction) {
            transaction = position.xmin();
            since = now;
        }
        age = Duration.ofNanos(now - since);
        boolean old = open && age.compareTo(REPORTED) > 0;
        boolean first = old && !reported;
        boolean ended = !old && reported;
        reported = old; // before the query, which may fail
        if (first) {
            LOG.atWarn()
                    .addKeyValue("transaction", description.get())
                    .log("a transaction has been open for more than a minute");
        } else if (ended) {
            LOG.atInfo().log("the old transaction has ended");
        }
    }

    /** Returns how long the oldest transaction has been open; empty if it is less than a minute. */
    Optional<Duration> age() {
        return age.compareTo(REPORTED) > 0 ? Optional.of(age) : Optional.empty();
    }
}
