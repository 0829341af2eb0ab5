package dealbrain.changes;

import java.util.Arrays;
import java.util.Collection;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The changes that this program has heard of, by tag. Bounded: past the bound all are forgotten, and what was read before
 * counts as changed. Written by one thread at a time, read by many.
 */
final class KnownChanges {
    /** So many transactions of one tag are kept apart; of more, only the last counts. */
    private static final int MOST_APART = 8;

    /**
     * The changes of one tag.
     *
     * @param before       whoever saw all transactions before this one saw the older changes
     * @param transactions those that made the newer ones
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
            return all.length > MOST_APART
                    ? new History(Arrays.stream(all).max().orElseThrow() + 1, NONE.transactions)
                    : new History(before, all);
        }

        boolean isSeenIn(Snapshot snapshot) {
            return snapshot.seesAllBefore(before) && Arrays.stream(transactions).allMatch(snapshot::sees);
        }
    }

    private final ConcurrentMap<String, History> histories = new ConcurrentHashMap<>();
    private final int bound;
    private volatile long forgottenBefore;

    /** @param bound of how many tags the changes are kept */
    KnownChanges(int bound) {
        this.bound = bound;
    }

    /** Adds what was heard up to this position. */
    void add(Collection<ChangeDao.Change> changes, Snapshot position) {
        for (ChangeDao.Change change : changes) {
            histories.merge(change.tag(), History.NONE.with(change.xid()), (known, _) -> known.with(change.xid()));
        }
        if (histories.size() > bound) {
            forgetAllBefore(position.xmax());
        }
    }

    /** From now on only what saw every transaction before this one can be current. */
    void forgetAllBefore(long transaction) {
        forgottenBefore =
                transaction; // first, or a reader between the two would take a changed thing for a current one
        histories.clear();
    }

    /** Whether a reader with this snapshot saw every known change of the tags. */
    boolean areSeenIn(Snapshot snapshot, Set<String> tags) {
        for (String tag : tags) {
            History history = histories.get(tag);
            if (history != null && !history.isSeenIn(snapshot)) {
                return false;
            }
        }
        return snapshot.seesAllBefore(forgottenBefore); // after the tags, as the map is cleared after this is set
    }

    /** Of how many tags changes are known. */
    int size() {
        return histories.size();
    }
}
