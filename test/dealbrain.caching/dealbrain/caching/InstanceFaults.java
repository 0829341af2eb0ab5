package dealbrain.caching;

import dealbrain.caching.CacheInstance.Place;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Suspends, freezes, slows down, replaces, kills and removes the instances of one slot, until the run is over. */
final class InstanceFaults {
    static final String LEASES_ENDED = "leases ended";
    static final String SUSPENDED_POLLS = "leases ended during a poll";
    static final String FREEZES = "instances frozen for some seconds";
    static final String SLOW = "instances that left because of slow polls";
    static final String REPLACED = "instances closed and replaced";
    static final String KILLED = "instances killed and replaced";
    static final String REMOVED = "instances removed";

    private final StalenessRun run;
    private final InstanceGroup group;
    private final FaultCounts faults;
    private final int slot;

    InstanceFaults(StalenessRun run, InstanceGroup group, FaultCounts faults, int slot) {
        this.run = run;
        this.group = group;
        this.faults = faults;
        this.slot = slot;
    }

    void run(Random random) {
        FaultDeck deck = new FaultDeck(List.of(
                each -> suspend(Place.BEFORE, LEASES_ENDED, each),
                each -> suspend(Place.AFTER, SUSPENDED_POLLS, each),
                each -> suspend(Place.AFTER, SUSPENDED_POLLS, each),
                this::freeze,
                this::slowDown,
                this::replace,
                this::kill,
                this::remove));
        while (!run.isOver()) {
            run.pause(random, 500, 4000);
            deck.inject(random);
        }
    }

    /** Suspends the poller, in most cases for longer than its lease. Counts only if the lease has ended. */
    private void suspend(Place place, String fault, Random random) {
        CacheInstance instance = group.get(slot);
        if (instance == null) {
            return;
        }
        instance.suspendPoller(place);
        int lease = (int) instance.lease().toMillis();
        run.pause(random, lease / 2, lease * 2);
        boolean hasEnded = !instance.isTrusted();
        instance.resume();
        if (hasEnded) {
            faults.record(fault, instance.name());
        }
    }

    /** Freezes the whole instance, so long that changes are deleted from the log which it has not polled. */
    private void freeze(Random random) {
        CacheInstance instance = group.get(slot);
        if (instance == null) {
            return;
        }
        group.withoutReads(slot, () -> {
            instance.suspendPoller(random.nextBoolean() ? Place.BEFORE : Place.AFTER);
            run.pause(random, 3000, 10_000);
            instance.resume();
        });
        faults.record(FREEZES, instance.name());
    }

    /** Delays the polls until the instance leaves the group; it joins again later. */
    private void slowDown(Random random) {
        CacheInstance instance = group.get(slot);
        if (instance == null) {
            return;
        }
        instance.delayPoller(instance.lease().dividedBy(random.nextInt(4, 16)));
        run.pause(random, 1000, 4000);
        boolean hasLeft = instance.changes().status().left();
        instance.delayPoller(Duration.ZERO);
        if (hasLeft) {
            faults.record(SLOW, instance.name());
        }
    }

    private void replace(Random random) {
        CacheInstance closed = group.replace(slot, open(random));
        if (closed != null) {
            closed.close();
            faults.record(REPLACED, closed.name());
        }
    }

    private void kill(Random random) {
        CacheInstance killed = group.replace(slot, null);
        if (killed != null) {
            killed.kill();
            faults.record(KILLED, killed.name());
        }
        group.replace(slot, open(random));
    }

    private void remove(Random random) {
        CacheInstance removed = group.replace(slot, null);
        if (removed != null) {
            removed.close();
            faults.record(REMOVED, removed.name());
        }
        run.pause(random, 100, 2000);
        group.replace(slot, open(random));
    }

    /** Returns null if the run is over before the database is available. */
    private @Nullable CacheInstance open(Random random) {
        while (!run.isOver()) {
            try {
                CacheInstance opened = group.open();
                faults.note("opened " + opened.name());
                return opened;
            } catch (RuntimeException _) { // the database is away
                faults.count("failed starts");
                run.pause(random, 50, 150);
            }
        }
        return null;
    }
}
