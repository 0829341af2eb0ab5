package dealbrain.database;

import java.sql.SQLException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.config.JdbiConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats work after a deadlock or a serialization failure, which PostgreSQL has rolled back completely, and counts
 * how often. Work must have no effect outside of its transaction. Thread-safe; all copies count together.
 */
public final class Retries implements JdbiConfig<Retries> {
    private static final Logger LOG = LoggerFactory.getLogger(Retries.class);
    private static final int MAX_ATTEMPTS = 4;
    /** The longest pause before the second attempt; it doubles with each further one. */
    private static final int PAUSE_MILLIS = 20;
    /** Deadlock and serialization failure (PostgreSQL manual, appendix A). */
    private static final Set<String> STATES = Set.of("40P01", "40001");

    private final LongAdder total;
    private volatile int maxAttempts;

    public Retries() {
        this(new LongAdder(), MAX_ATTEMPTS);
    }

    private Retries(LongAdder total, int maxAttempts) {
        this.total = total;
        this.maxAttempts = maxAttempts;
    }

    @Override
    public Retries createCopy() {
        return new Retries(total, maxAttempts);
    }

    /** Lets each failure reach the caller. */
    void disable() {
        maxAttempts = 1;
    }

    long total() {
        return total.sum();
    }

    /**
     * Runs {@code work} up to four times while it fails by a deadlock or a serialization failure, with random pauses
     * that grow, so that two transactions do not meet again.
     *
     * @param isAllowed called after such a failure; returns whether the work was a whole transaction
     */
    <T> T run(BooleanSupplier isAllowed, Callable<T> work) throws Exception {
        for (int attempt = 1; ; attempt++) {
            try {
                return work.call();
            } catch (Exception e) {
                String state = state(e);
                if (state == null || attempt >= maxAttempts || !isAllowed.getAsBoolean()) {
                    throw e;
                }
                total.increment();
                LOG.atWarn()
                        .addKeyValue("sql_state", state)
                        .addKeyValue("attempt", attempt)
                        .log("transaction retried after a conflict with another one");
                pause(attempt, e);
            }
        }
    }

    /** Returns the SQL state of a failure after which work is repeated; null for any other one. */
    private static @Nullable String state(Throwable thrown) {
        return CauseChain.of(thrown)
                .filter(SQLException.class::isInstance)
                .map(cause -> ((SQLException) cause).getSQLState())
                .filter(state -> state != null && STATES.contains(state))
                .findFirst()
                .orElse(null);
    }

    private static void pause(int attempt, Exception failure) throws Exception {
        try {
            Thread.sleep(ThreadLocalRandom.current().nextInt(PAUSE_MILLIS << (attempt - 1)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw failure;
        }
    }
}
