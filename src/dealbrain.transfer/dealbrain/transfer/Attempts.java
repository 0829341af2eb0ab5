package dealbrain.transfer;

import dealbrain.database.ConstraintViolation;
import dealbrain.database.Transactions;
import java.util.ConcurrentModificationException;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/** Transactions that refer to what others may delete, or make, at the same moment. */
final class Attempts {
    private static final int TRIES = 10;

    private Attempts() {}

    /**
     * Does the work in one transaction, and again from its beginning when somebody deleted what it had read, such as a listing
     * that it puts into a collection, or made the very thing that it was making.
     */
    static <T> T inTransaction(Jdbi jdbi, Supplier<T> work) {
        for (int i = 1; ; i++) {
            try {
                return Transactions.inTransaction(jdbi, work);
            } catch (RuntimeException e) {
                if (i == TRIES || !overtaken(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean overtaken(RuntimeException e) {
        return e instanceof ConcurrentModificationException
                || ConstraintViolation.of(e)
                        .filter(broken -> broken.isForeignKey() || broken.isDuplicate())
                        .isPresent();
    }
}
