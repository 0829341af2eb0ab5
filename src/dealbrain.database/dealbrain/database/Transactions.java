package dealbrain.database;

import java.sql.SQLException;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Transactions that are retried after a deadlock or a serialization failure. */
public final class Transactions {
    private static final int MAX_ATTEMPTS = 4;
    /** Deadlock and serialization failure (PostgreSQL manual, appendix A). */
    private static final Set<String> RETRIED_STATES = Set.of("40P01", "40001");

    private static final ScopedValue<Jdbi> OPEN = ScopedValue.newInstance();

    private Transactions() {}

    /**
     * Runs {@code work} in a transaction of this thread, which its DAOs join, and returns its result. After a deadlock
     * or a serialization failure the work is run again from its beginning, up to four times in all. Nested calls join
     * the outer transaction and are retried with it.
     *
     * @throws RuntimeException from the work, or the fourth deadlock or serialization failure in a row
     */
    public static <T> T inTransaction(Jdbi jdbi, Supplier<T> work) {
        if (OPEN.isBound() && OPEN.get().equals(jdbi)) {
            return work.get();
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return jdbi.inTransaction(_ -> ScopedValue.where(OPEN, jdbi).call(work::get));
            } catch (RuntimeException e) {
                if (attempt == MAX_ATTEMPTS || !isRetried(e)) {
                    throw e;
                }
            }
        }
    }

    /** Runs {@code work} as {@link #inTransaction} does, without a result. */
    public static void useTransaction(Jdbi jdbi, Runnable work) {
        inTransaction(jdbi, () -> {
            work.run();
            return true;
        });
    }

    private static boolean isRetried(Throwable thrown) {
        return CauseChain.of(thrown)
                .anyMatch(cause -> cause instanceof SQLException failed
                        && failed.getSQLState() != null
                        && RETRIED_STATES.contains(failed.getSQLState()));
    }
}
