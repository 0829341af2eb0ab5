package dealbrain.changes;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The writers that wait until all members have confirmed their changes (step 5 of decision 0009). All share the polls
 * of one thread. Polls are numbered in their order: a writer waits for one that starts after its call, and then until
 * the changes that were found up to it are confirmed. Thread-safe.
 */
final class Acknowledgements {
    /**
     * The changes that a poll found.
     *
     * @param transactions those of the changes; empty if the poll did not read all of them
     */
    private record Batch(long poll, Snapshot position, List<Long> transactions, long foundAt) {
        boolean isVisibleIn(Snapshot seen) {
            return transactions.isEmpty()
                    ? seen.contains(position)
                    : transactions.stream().allMatch(seen::sees);
        }
    }

    private final LongSupplier nanoTime;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition progress = lock.newCondition();
    /** The changes that a member has not confirmed, in the order of the polls. */
    private final Deque<Batch> unconfirmed = new ArrayDeque<>();

    private long started;
    private long completed;
    private long heldUntil;
    private int waiting;

    Acknowledgements(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.heldUntil = nanoTime.getAsLong();
    }

    /** Returns the number of the poll that starts now. */
    long startPoll() {
        lock.lock();
        try {
            return ++started;
        } finally {
            lock.unlock();
        }
    }

    /** Adds the changes that a poll has found, which the members have to confirm. */
    void addChanges(long number, ChangeDao.Poll poll) {
        lock.lock();
        try {
            if (!poll.changes().isEmpty()) {
                unconfirmed.add(new Batch(number, poll.position(), transactions(poll), nanoTime.getAsLong()));
            }
        } finally {
            lock.unlock();
        }
    }

    /** Records that the changes of a poll are published, and removes those that all {@code members} have confirmed. */
    void completePoll(long number, Members members) {
        lock.lock();
        try {
            while (!unconfirmed.isEmpty() && members.allHaveSeen(unconfirmed.element()::isVisibleIn)) {
                unconfirmed.remove();
            }
            completed = number;
            progress.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static List<Long> transactions(ChangeDao.Poll poll) {
        return poll.isTruncated()
                ? List.of()
                : poll.changes().stream().map(ChangeDao.Change::xid).distinct().toList();
    }

    /**
     * Starts a new generation (step 7). No writer continues before {@code time}: until then, instances
     * that this one has not seen may still use their caches.
     */
    void startGeneration(long time) {
        lock.lock();
        try {
            unconfirmed.clear();
            heldUntil = time;
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether the time of {@link #startGeneration} has passed. */
    boolean isReleased() {
        lock.lock();
        try {
            return isPast(heldUntil);
        } finally {
            lock.unlock();
        }
    }

    /** Returns whether a writer waits for other instances. */
    boolean isAnyWaiting() {
        lock.lock();
        try {
            return waiting > 0 && !unconfirmed.isEmpty();
        } finally {
            lock.unlock();
        }
    }

    /** Returns the members for which the oldest change has waited longer than {@code nanos}. */
    List<Member> overdue(Members members, long nanos) {
        lock.lock();
        try {
            Batch oldest = unconfirmed.peek();
            return oldest == null || nanoTime.getAsLong() - oldest.foundAt() < nanos
                    ? List.of()
                    : members.others().stream()
                            .filter(member -> !oldest.isVisibleIn(member.seen()))
                            .toList();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a poll that starts after the call. Ignores interrupts until it returns.
     *
     * @param wake     makes the poller poll now
     * @param deadline by the clock of this instance
     * @return false if none has succeeded by the deadline
     */
    boolean awaitPoll(Runnable wake, long deadline) {
        return await(wake, deadline, false);
    }

    /**
     * Waits as {@link #awaitPoll}, and then until all members have confirmed the changes that were found. An interrupt
     * must not end it, as the change of the caller is already committed.
     *
     * @return false if the deadline has passed before
     */
    boolean awaitConfirmation(Runnable wake, long deadline) {
        return await(wake, deadline, true);
    }

    private boolean await(Runnable wake, long deadline, boolean confirmed) {
        boolean interrupted = false;
        lock.lock();
        waiting++;
        try {
            long needed = started + 1;
            wake.run();
            long target = 0;
            while (!isPast(deadline)) {
                if (target == 0 && completed >= needed) {
                    target = completed; // the changes of the caller were found by this poll or an earlier one
                }
                if (target != 0 && (!confirmed || isConfirmed(target))) {
                    return true;
                }
                try {
                    var _ = progress.awaitNanos(nextCheck(deadline) - nanoTime.getAsLong());
                } catch (InterruptedException _) {
                    interrupted = true;
                }
            }
            return false;
        } finally {
            waiting--;
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private boolean isConfirmed(long poll) {
        return isPast(heldUntil)
                && (unconfirmed.isEmpty() || unconfirmed.element().poll() > poll);
    }

    private long nextCheck(long deadline) {
        return isPast(heldUntil) || heldUntil - deadline > 0 ? deadline : heldUntil;
    }

    private boolean isPast(long time) {
        return nanoTime.getAsLong() - time >= 0;
    }
}
