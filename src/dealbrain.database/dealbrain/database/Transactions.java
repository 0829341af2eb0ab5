package dealbrain.database;

import java.sql.SQLException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Transactions that survive each other. */
public final class Transactions {
    private static final int TRIES = 4;
    private static final ScopedValue<Jdbi> OPEN = ScopedValue.newInstance();

    private Transactions() {}

    /**
     * Does the work in one transaction, in which the DAOs of this Jdbi take part, and again from its beginning when
     * PostgreSQL chose it to end a deadlock (SQLSTATE 40P01) or a serialization failure (40001). Within such work it is part of
     * that transaction, and of its repetition.
     *
     * @throws RuntimeException what the work threw, or the fourth deadlock in a row
     */
    public static <T> T retried(Jdbi jdbi, Supplier<T> work) {
        if (OPEN.isBound() && OPEN.get().equals(jdbi)) {
            return work.get();
        }
        for (int i = 1; ; i++) {
            try {
                return jdbi.inTransaction(_ -> ScopedValue.where(OPEN, jdbi).call(work::get));
            } catch (RuntimeException e) {
                if (i == TRIES || !lostToAnother(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean lostToAnother(Throwable thrown) {
        return Causes.of(thrown)
                .anyMatch(cause -> cause instanceof SQLException failed
                        && ("40P01".equals(failed.getSQLState()) || "40001".equals(failed.getSQLState())));
    }
}
