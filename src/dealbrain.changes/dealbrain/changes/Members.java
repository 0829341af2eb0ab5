package dealbrain.changes;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The other members of the group, as the last poll found them (step 6 of decision 0009). By the clock of this instance
 * it is known how long each has not confirmed; the clocks of other machines take no part. Used by the
 * poller only, except {@link #others}.
 */
final class Members {
    /** A confirmation, and the latest time at which it was made. */
    private record Beat(long number, long observedAt) {}

    private volatile List<Member> others = List.of();
    private Map<UUID, Beat> beats = Map.of();

    /**
     * Records the result of a poll.
     *
     * @param own the id of this instance, which is left out; null if it is no member
     * @param now in nanoseconds, after the poll
     */
    void observe(List<Member> all, @Nullable UUID own, long now) {
        Map<UUID, Beat> previous = beats;
        others = all.stream().filter(member -> !member.id().equals(own)).toList();
        beats = new HashMap<>();
        for (Member member : others) {
            Beat last = previous.get(member.id());
            boolean moved = last == null || last.number() != member.beat();
            beats.put(member.id(), moved ? new Beat(member.beat(), now) : last);
        }
    }

    List<Member> others() {
        return others;
    }

    /** Returns the members whose leases have ended: a lease counts from before the last confirmation. */
    List<Member> expired(long now) {
        return others.stream()
                .filter(member -> now - beats.get(member.id()).observedAt() > Lease.waitNanos(member.leaseMillis()))
                .toList();
    }

    /** Returns whether {@code condition} holds for the position of every other member. */
    boolean allHaveSeen(Predicate<Snapshot> condition) {
        return others.stream().map(Member::seen).allMatch(condition);
    }
}
