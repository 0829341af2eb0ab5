package dealbrain.changes;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This instance as a member of the group (step 6 of decision 0009). A member whose polls are slow leaves, because every
 * writer waits for it. Used by the poller, except {@link #hasLeft}.
 */
final class Membership {
    private static final Logger LOG = LoggerFactory.getLogger(Membership.class);
    /** The limit of the median poll is this part of the lease, and at least the minimum. */
    private static final int LIMIT_DIVISOR = 25;

    private static final Duration MIN_LIMIT = Duration.ofMillis(50);

    private final ChangeDao dao;
    private final Duration lease;
    private final String name;
    private final long limitNanos;
    private final RecentTimes times = new RecentTimes();
    /** A new one for each registration: a command of an earlier registration that arrives late has no effect. */
    private @Nullable UUID id;

    private volatile boolean left;

    /** @param name of this instance, for the log of the others */
    Membership(ChangeDao dao, Duration lease, String name) {
        this.dao = dao;
        this.lease = lease;
        this.name = name;
        this.limitNanos = Math.max(lease.toNanos() / LIMIT_DIVISOR, MIN_LIMIT.toNanos());
    }

    @Nullable
    UUID id() {
        return id;
    }

    /** Returns whether this instance has left the group because its polls are slow. */
    boolean hasLeft() {
        return left;
    }

    /** Registers this instance, unless it is registered or has left. The next poll is the first of the member. */
    void join() {
        if (id == null && !left) {
            UUID next = UUID.randomUUID();
            dao.join(next, name, lease.toMillis());
            id = next;
        }
    }

    /** Returns whether a poll has found this member. If not, it was evicted and is no longer a member. */
    boolean isStillIn(List<Member> members) {
        if (id != null && members.stream().noneMatch(member -> member.id().equals(id))) {
            evicted();
        }
        return id != null;
    }

    /** Confirms a position to the others. Returns false if this member was evicted. */
    boolean confirm(Snapshot position) {
        if (id != null && dao.confirm(id, position.toString()) == 0) {
            evicted();
        }
        return id != null;
    }

    private void evicted() {
        id = null;
        LOG.atInfo().log("no longer in the group: evicted, or the database has crashed");
    }

    /** Removes this instance from the group. It must not use its cache any more. */
    void leave() {
        UUID previous = id;
        id = null;
        if (previous != null) {
            dao.leave(previous);
        }
    }

    /** Records how long a poll took. Joins again if polls are fast, and returns whether this member must leave. */
    boolean recordPoll(long nanos, boolean alone) {
        times.add(nanos);
        if (left && (alone || times.median() < limitNanos / 2)) {
            left = false;
            LOG.atInfo().addKeyValue("poll_ms", times.median() / 1_000_000).log("joining the group again");
        }
        return id != null && !alone && times.median() > limitNanos;
    }

    /** Leaves because of slow polls. */
    void leaveAsSlow() {
        left = true;
        LOG.atWarn()
                .addKeyValue("poll_ms", times.median() / 1_000_000)
                .addKeyValue("limit_ms", limitNanos / 1_000_000)
                .log("left the group because polls of the database are slow: the cache is not used until they are"
                        + " fast");
        leave();
    }
}
