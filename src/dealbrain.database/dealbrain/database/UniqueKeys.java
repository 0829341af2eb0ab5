package dealbrain.database;

import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The lock of the transactions that change unique keys. A row with a key that a concurrent transaction has written has
 * to wait for that transaction. Transactions that hold a row, or a key, while they wait for a key could deadlock, and
 * there is no order of keys to follow: two users may exchange their addresses. So such transactions run one after the
 * other (docs/decisions/0021-lock-order.md). An insertion of one row needs no lock, because it holds nothing.
 */
public interface UniqueKeys {
    /** Waits until no other transaction changes unique keys, then blocks the others until the end of this one. */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtext('dealbrain import'))") // the name of version 0.1
    boolean lock();
}
