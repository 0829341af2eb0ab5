package dealbrain.transfer;

import dealbrain.database.ConstraintViolation;
import dealbrain.database.Transactions;
import java.util.ConcurrentModificationException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;

/**
 * The transactions of imports. They run one after the other, and wait before they acquire a connection. A transaction
 * is retried after a conflict with a concurrent one. Thread-safe.
 */
final class ImportTransaction {
    private static final int MAX_ATTEMPTS = 10;

    private final Jdbi jdbi;
    private final ReentrantLock lock = new ReentrantLock(true);

    ImportTransaction(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Runs {@code work} in one transaction. Repeats it if a concurrent transaction has deleted a row that it refers to,
     * such as a listing of the new collection, or has created a row with the same key.
     */
    <T> T run(Supplier<T> work) {
        lock.lock();
        try {
            return attempts(work);
        } finally {
            lock.unlock();
        }
    }

    private <T> T attempts(Supplier<T> work) {
        for (int attempt = 1; ; attempt++) {
            try {
                return Transactions.inTransaction(jdbi, work);
            } catch (RuntimeException e) {
                if (attempt == MAX_ATTEMPTS || !isConflict(e)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isConflict(RuntimeException e) {
        return e instanceof ConcurrentModificationException
                || ConstraintViolation.of(e)
                        .filter(violation -> violation.isForeignKey() || violation.isDuplicate())
                        .isPresent();
    }
}
