package dealbrain.changes;

import dealbrain.changes.ChangeDao.Poll;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Polls the log (step 3 of decision 0009). One thread calls {@link #turn}; any thread may call {@link #wake}. Each poll
 * is one statement, and a second one when the lease is renewed; joining, evicting and settling are rare.
 */
final class Poller {
    private static final Logger LOG = LoggerFactory.getLogger(Poller.class);
    /** The interval while a writer waits for the confirmation of another instance. */
    private static final long WAITING_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    /** The interval in a group whose members cannot notify each other, while there are changes. */
    private static final long ACTIVE_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    /** The interval in such a group when there were no changes for a while. */
    private static final long QUIET_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** How long after a change the shorter interval is used. */
    private static final long ACTIVITY_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final ChangeDao dao;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final CurrentView view;
    private final Group group;
    private final Acknowledgements acknowledgements;
    private final OldestTransaction oldest;
    private final Semaphore wakeups = new Semaphore(0);
    private volatile BooleanSupplier notified = () -> false;
    /** When a poll has last found changes. */
    private long changedAt;

    private boolean settling;
    private boolean available = true;

    Poller(
            ChangeDao dao,
            Duration lease,
            LongSupplier nanoTime,
            CurrentView view,
            Group group,
            Acknowledgements acknowledgements,
            OldestTransaction oldest) {
        this.dao = dao;
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.view = view;
        this.group = group;
        this.acknowledgements = acknowledgements;
        this.oldest = oldest;
        this.changedAt = nanoTime.getAsLong();
    }

    /** Sets the condition under which messages of other instances reach this one. */
    void setNotified(BooleanSupplier condition) {
        notified = condition;
    }

    /** Makes {@link #turn} poll now. Returns at once. */
    void wake() {
        wakeups.release();
    }

    /** Waits for the next interval or for a call of {@link #wake}, then polls. Does not throw if the database fails. */
    void turn() throws InterruptedException {
        boolean _ = wakeups.tryAcquire(pauseNanos(), TimeUnit.NANOSECONDS);
        wakeups.drainPermits();
        try {
            poll();
            logAvailability(true, null);
        } catch (RuntimeException e) {
            logAvailability(false, e);
        }
    }

    private long pauseNanos() {
        long regular = lease.toNanos() / 4;
        if (!available || (!view.get().isTrusted() && !group.own().hasLeft())) {
            return regular / 10;
        }
        if (acknowledgements.isAnyWaiting()) {
            return WAITING_NANOS;
        }
        if (group.isAlone() || notified.getAsBoolean()) {
            return regular;
        }
        boolean active = nanoTime.getAsLong() - changedAt < ACTIVITY_NANOS;
        return Math.min(regular, active ? ACTIVE_NANOS : QUIET_NANOS);
    }

    /**
     * Polls once. If it throws, the lease may not have been renewed. Writers wait for the confirmation of the published
     * changes nevertheless.
     */
    void poll() {
        long start = nanoTime.getAsLong();
        long number = acknowledgements.startPoll();
        group.own().join();
        Poll poll = dao.poll(view.position());
        if (renewsIncarnation(poll)) {
            poll = dao.poll(view.position());
        }
        long end = nanoTime.getAsLong();
        group.observe(poll, end);
        startGenerationIfNew(poll, end);
        if (!poll.changes().isEmpty()) {
            changedAt = end;
        }
        acknowledgements.addChanges(number, poll); // before statements that may fail: the next poll starts after them
        view.apply(poll, new DatabaseClock(poll.databaseMillis(), start, end));
        acknowledgements.completePoll(number, group.members());
        group.renewLease(poll, start);
        group.evictExpired();
        settle(poll);
        group.reportOverdue(acknowledgements);
        group.leaveIfSlow(end - start - TimeUnit.MICROSECONDS.toNanos(poll.databaseMicros()));
        oldest.observe(poll.position(), end);
    }

    /**
     * Starts a new incarnation of the database if it needs one (step 7): after a crash or a promotion it has none, and
     * if transaction ids have gone back, its files were restored. Returns whether it did: then it must be polled again.
     */
    private boolean renewsIncarnation(Poll poll) {
        if (poll.settled() == null) {
            dao.createIncarnation();
            return true;
        }
        if (view.isSameGeneration(poll)
                && poll.position().xmax() < view.position().xmax()) {
            dao.replaceIncarnation();
            return true;
        }
        return false;
    }

    /** Lets the writers of a new generation wait until all leases of earlier ones have ended (step 7). */
    private void startGenerationIfNew(Poll poll, long now) {
        boolean unsettled = !Boolean.TRUE.equals(poll.settled());
        if (!view.isSameGeneration(poll) || (unsettled && !settling)) {
            acknowledgements.startGeneration(now + Lease.waitNanos(group.longestLeaseMillis()));
            LOG.atInfo()
                    .addKeyValue("generation", poll.generation())
                    .log("new generation of the database, after a crash, a promotion, a restore or a replacement");
        }
        settling = unsettled;
    }

    /** Records that the wait is over, for instances that start later. */
    private void settle(Poll poll) {
        if (settling && acknowledgements.isReleased()) {
            dao.settle(poll.generation());
        }
    }

    /** Logs transitions only. */
    private void logAvailability(boolean isAvailable, @Nullable RuntimeException reason) {
        if (available != isAvailable) {
            available = isAvailable;
            if (isAvailable) {
                LOG.atInfo().log("change log available again");
            } else {
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(reason))
                        .log("change log unavailable: the cache is not used after the end of the lease");
            }
        }
    }
}
