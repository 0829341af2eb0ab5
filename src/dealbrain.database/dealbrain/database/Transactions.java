package dealbrain.database;

import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Transactions that are retried after a deadlock or a serialization failure. */
public final class Transactions {
    private static final ScopedValue<Jdbi> OPEN = ScopedValue.newInstance();

    private Transactions() {}

    /**
     * Runs {@code work} in a transaction of this thread, which its DAOs join, and returns its result. After a deadlock
     * or a serialization failure the work is run again from its beginning, up to four times in all. Nested calls join
     * the outer transaction and are retried with it. A DAO method that is called outside of a transaction is one
     * statement, and is retried in the same way.
     *
     * @param work has no effect outside of the database
     * @throws RuntimeException from the work, or the fourth deadlock or serialization failure in a row
     */
    public static <T> T inTransaction(Jdbi jdbi, Supplier<T> work) {
        if (OPEN.isBound() && OPEN.get().equals(jdbi)) {
            return work.get();
        }
        try {
            return jdbi.getConfig(Retries.class)
                    .run(
                            () -> true,
                            () -> jdbi.inTransaction(
                                    _ -> ScopedValue.where(OPEN, jdbi).call(work::get)));
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("a supplier throws no checked exception", e);
        }
    }

    /** Runs {@code work} as {@link #inTransaction} does, without a result. */
    public static void useTransaction(Jdbi jdbi, Runnable work) {
        inTransaction(jdbi, () -> {
            work.run();
            return true;
        });
    }
}
