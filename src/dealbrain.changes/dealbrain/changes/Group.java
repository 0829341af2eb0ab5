package dealbrain.changes;

import dealbrain.changes.ChangeDao.Poll;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The instances that use their caches, and the leases that they hold (step 6 of decision 0009): this one renews its
 * lease, and evicts others whose leases have ended. Used by the poller only, except where noted.
 */
final class Group {
    private static final Logger LOG = LoggerFactory.getLogger(Group.class);
    /** A confirmation is due after a fifth of the lease. The interval is a quarter, so each regular poll confirms. */
    private static final int CONFIRM_DIVISOR = 5;

    private static final long REPORTED_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long REPORT_INTERVAL_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final ChangeDao dao;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final CurrentView view;
    private final Membership own;
    private final Members members = new Members();
    private final Map<UUID, Long> reportedAt = new HashMap<>();
    private volatile long longestLeaseMillis;
    private long confirmedAt;

    /** @param name of this instance, for the logs of the others */
    Group(ChangeDao dao, Duration lease, LongSupplier nanoTime, CurrentView view, String name) {
        this.dao = dao;
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.view = view;
        this.own = new Membership(dao, lease, name);
        this.longestLeaseMillis = lease.toMillis();
        this.confirmedAt = nanoTime.getAsLong() - lease.toNanos();
    }

    Membership own() {
        return own;
    }

    Members members() {
        return members;
    }

    /** Returns whether no other instance uses its cache. May be called by any thread. */
    boolean isAlone() {
        return members.others().isEmpty();
    }

    /** Records the members that a poll has found at {@code now}, in nanoseconds. */
    void observe(Poll poll, long now) {
        members.observe(poll.members(), own.id(), now);
        longestLeaseMillis = Math.max(longestLeaseMillis, poll.longestLeaseMillis());
    }

    /** Returns the longest lease that an instance of this database has ever had. May be called by any thread. */
    long longestLeaseMillis() {
        return longestLeaseMillis;
    }

    /**
     * Renews the lease, which counts from {@code start}. Only a confirmation renews it, also while this instance is
     * alone: an observer of this member sees each one. Confirms several times per lease, and at once if others may wait
     * for the changes of the poll.
     */
    void renewLease(Poll poll, long start) {
        boolean waitedFor = !poll.changes().isEmpty() && !isAlone();
        boolean due = start - confirmedAt > lease.toNanos() / CONFIRM_DIVISOR;
        if (!own.isStillIn(poll.members())) {
            view.endLease();
        } else if (waitedFor || due || !view.get().isTrusted()) {
            confirm(poll, start);
        }
    }

    private void confirm(Poll poll, long start) {
        if (own.confirm(poll.position())) {
            view.trustUntil(start + lease.toNanos());
            confirmedAt = start;
        } else {
            view.endLease();
        }
    }

    /** Removes the members whose leases have ended. Writers no longer wait for them. */
    void evictExpired() {
        for (Member member : members.expired(nanoTime.getAsLong())) {
            if (dao.evict(member.id(), member.beat()) > 0) {
                LOG.atWarn()
                        .addKeyValue("member", member.name())
                        .log("member evicted: it has not confirmed within its lease");
            }
        }
    }

    /**
     * Leaves if the last polls were slow, as every writer waits for each member.
     *
     * @param nanos the duration of the poll, without the time that it took in the database: if the database is slow, it
     *              is so for all members, and must not lose their caches as well
     */
    void leaveIfSlow(long nanos) {
        if (own.recordPoll(nanos, isAlone())) {
            view.endLease(); // before the others stop waiting
            own.leaveAsSlow();
        }
    }

    /** Logs the members that keep a writer waiting, each at most once a minute. */
    void reportOverdue(Acknowledgements acknowledgements) {
        long now = nanoTime.getAsLong();
        for (Member member : acknowledgements.overdue(members, REPORTED_NANOS)) {
            Long last = reportedAt.get(member.id());
            if (last == null || now - last > REPORT_INTERVAL_NANOS) {
                reportedAt.put(member.id(), now);
                LOG.atWarn()
                        .addKeyValue("member", member.name())
                        .log("changes wait for a member that has not confirmed them");
            }
        }
        reportedAt.values().removeIf(time -> now - time > REPORT_INTERVAL_NANOS);
    }
}
