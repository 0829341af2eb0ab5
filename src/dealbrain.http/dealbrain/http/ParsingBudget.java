package dealbrain.http;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The memory of bodies that are being parsed and processed, in bytes of their text. A user has at most a share of it,
 * so that others always find some. Requests wait in the order of their arrival, except that one whose user has no share
 * left does not delay those behind it. Thread-safe.
 */
final class ParsingBudget {
    private final int capacity;
    private final int share;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Integer> heldByUser = new HashMap<>();
    private final Set<Claim> waiting = new LinkedHashSet<>();
    private int held;

    /** Bytes of a user, until they are closed. Compared by identity. */
    final class Claim implements AutoCloseable {
        private final String user;
        private final int bytes;

        private Claim(String user, int bytes) {
            this.user = user;
            this.bytes = bytes;
        }

        private boolean isWithinShare() {
            return heldByUser.getOrDefault(user, 0) + bytes <= share;
        }

        @Override
        public void close() {
            release(this);
        }
    }

    ParsingBudget(int capacity, int share) {
        this.capacity = capacity;
        this.share = share;
    }

    /**
     * Waits until the bytes are free; a number above the share counts as a whole share.
     *
     * @param user identifies who uses the bytes
     * @throws ProblemException unavailable: they were not free in time
     */
    Claim acquire(String user, int bytes) {
        Claim claim = new Claim(user, Math.min(bytes, share));
        lock.lock();
        try {
            waiting.add(claim);
            awaitTurn(claim);
            held += claim.bytes;
            heldByUser.merge(user, claim.bytes, Integer::sum);
        } finally {
            waiting.remove(claim);
            changed.signalAll();
            lock.unlock();
        }
        return claim;
    }

    private void awaitTurn(Claim claim) {
        long nanos = BodyMemoryBudget.MAX_WAIT.toNanos();
        try {
            while (!isNext(claim)) {
                if (nanos <= 0) {
                    throw BodyMemoryBudget.exhausted();
                }
                nanos = changed.awaitNanos(nanos);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw BodyMemoryBudget.exhausted();
        }
    }

    private boolean isNext(Claim claim) {
        Claim next = waiting.stream().filter(Claim::isWithinShare).findFirst().orElse(null);
        return next == claim && held + claim.bytes <= capacity;
    }

    private void release(Claim claim) {
        lock.lock();
        try {
            held -= claim.bytes;
            heldByUser.computeIfPresent(claim.user, (_, sum) -> sum == claim.bytes ? null : sum - claim.bytes);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
