package dealbrain.changes;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The polled changes by tag. Bounded: beyond the bound all changes are discarded, and everything read before then
 * counts as changed. One thread at a time may write while any number of threads read.
 */
final class ChangeIndex {
    /** How many transactions of a tag are stored individually; beyond that only the last one counts. */
    private static final int MAX_TRANSACTIONS = 8;

    /**
     * The changes of one tag.
     *
     * @param before       a snapshot that sees all transactions before this one sees all older changes
     * @param transactions the transactions of the newer changes
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record History(long before, long[] transactions) {
        static final History NONE = new History(0, new long[0]);

        History with(long transaction) {
            if (transaction < before || Arrays.stream(transactions).anyMatch(each -> each == transaction)) {
                return this;
            }
            long[] all = Arrays.copyOf(transactions, transactions.length + 1);
            all[transactions.length] = transaction;
            return all.length > MAX_TRANSACTIONS
                    ? new History(Arrays.stream(all).max().orElseThrow() + 1, NONE.transactions)
                    : new History(before, all);
        }

        boolean isVisibleIn(Snapshot snapshot) {
            return snapshot.seesAllBefore(before) && Arrays.stream(transactions).allMatch(snapshot::sees);
        }
    }

    private final ConcurrentMap<String, History> histories = new ConcurrentHashMap<>();
    private final int bound;
    private volatile long discardedBefore;

    /** @param bound the maximum number of tags */
    ChangeIndex(int bound) {
        this.bound = bound;
    }

    /** Adds the changes of a poll that read up to {@code position}. */
    void add(Collection<ChangeDao.Change> changes, Snapshot position) {
        for (ChangeDao.Change change : changes) {
            histories.merge(change.tag(), History.NONE.with(change.xid()), (history, _) -> history.with(change.xid()));
        }
        if (histories.size() > bound) {
            discardAllBefore(position.xmax());
        }
    }

    /**
     * Discards all changes. From now on only a snapshot that sees all transactions before {@code transaction} is
     * current.
     */
    void discardAllBefore(long transaction) {
        // Set before the map is cleared: a reader between the two would otherwise find no change and accept a stale
        // entry.
        discardedBefore = transaction;
        histories.clear();
    }

    /** Returns whether {@code snapshot} sees every change of {@code tags}. */
    boolean areVisibleIn(Snapshot snapshot, Set<String> tags) {
        for (String tag : tags) {
            History history = histories.get(tag);
            if (history != null && !history.isVisibleIn(snapshot)) {
                return false;
            }
        }
        return snapshot.seesAllBefore(discardedBefore); // read after the map, which is cleared after this is set
    }

    /** Returns the number of tags. */
    int size() {
        return histories.size();
    }
}
