package dealbrain.changes;

import java.util.List;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other members of the group, as the last poll found them (step 6 of decision 0009). By the clock of this instance
 * it is known how long each has not confirmed; the clocks of other machines take no part. Used by the poller only,
 * except {@link #others}.
 */
final class Members {
    /**
     * A member whose confirmations are watched.
     *
     * @param confirmedAt the latest time at which it can have made the last one
     */
    private record Watched(Member member, long confirmedAt) {
        boolean has(Member other) {
            return member.id().equals(other.id()) && member.beat() == other.beat();
        }

        boolean isExpired(long now) {
            return now - confirmedAt > Lease.waitNanos(member.leaseMillis());
        }
    }

    private volatile List<Watched> watched = List.of();

    /**
     * Records the result of a poll.
     *
     * @param own the id of this instance, which is left out; null if it is no member
     * @param now in nanoseconds, after the poll
     */
    void observe(List<Member> all, @Nullable UUID own, long now) {
        List<Watched> previous = watched;
        watched = all.stream()
                .filter(member -> !member.id().equals(own))
                .map(member -> previous.stream()
                        .filter(earlier -> earlier.has(member))
                        .findFirst()
                        .orElse(new Watched(member, now)))
                .toList();
    }

    /** Returns the other members. May be called by any thread. */
    List<Member> others() {
        return watched.stream().map(Watched::member).toList();
    }

    /** Returns the members whose leases have ended: a lease counts from before the last confirmation. */
    List<Member> expired(long now) {
        return watched.stream()
                .filter(each -> each.isExpired(now))
                .map(Watched::member)
                .toList();
    }

    /** Returns whether {@code condition} holds for the position of every other member. */
    boolean allHaveSeen(Predicate<Snapshot> condition) {
        return watched.stream().map(each -> each.member().seen()).allMatch(condition);
    }
}
