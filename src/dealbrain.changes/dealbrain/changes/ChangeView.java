package dealbrain.changes;

import java.util.Set;
import java.util.function.LongSupplier;

/**
 * What this instance knows of the committed changes. A reader takes the view once and uses it for the whole read: the
 * poller replaces the view, and never changes what an earlier reader has taken, except that it adds changes (step 3 of
 * decision 0009). Thread-safe.
 */
public final class ChangeView {
    private final LongSupplier nanoTime;
    private final Stamp position;
    private final Snapshot base;
    private final ChangedTags changed;
    private final long version;
    private final DatabaseClock clock;
    private final long trustedUntil;

    /**
     * Creates a view.
     *
     * @param position     of the last poll
     * @param base         all changes since this snapshot are in {@code changed}
     * @param trustedUntil the end of the lease, by {@code nanoTime}
     */
    ChangeView(
            LongSupplier nanoTime,
            Stamp position,
            Snapshot base,
            ChangedTags changed,
            long version,
            DatabaseClock clock,
            long trustedUntil) {
        this.nanoTime = nanoTime;
        this.position = position;
        this.base = base;
        this.changed = changed;
        this.version = version;
        this.clock = clock;
        this.trustedUntil = trustedUntil;
    }

    /** Returns the same view with another end of the lease. */
    ChangeView withTrustUntil(long time) {
        return new ChangeView(nanoTime, position, base, changed, version, clock, time);
    }

    /**
     * Returns whether no acknowledged change since {@code stamp} concerns {@code tags}. Returns false as well while
     * this cannot be decided, for example because the database is unavailable. A result of true stays valid for the
     * same arguments in every view of the same {@link #version} that {@link #isTrusted}.
     */
    public boolean isCurrent(Stamp stamp, Set<String> tags) {
        return isTrusted() // step 6
                && stamp.generation().equals(position.generation()) // step 7
                && stamp.snapshot().contains(base) // step 3
                && changed.areVisibleIn(stamp.snapshot(), tags); // step 4
    }

    /** Returns whether this instance has every acknowledged change: its lease has not ended. */
    public boolean isTrusted() {
        return trustedUntil - nanoTime.getAsLong() > 0;
    }

    /** Returns a number that increases whenever changes are polled. */
    public long version() {
        return version;
    }

    /** Returns the generation of the database. A loader takes it before it reads, for the stamp of the value. */
    public String generation() {
        return position.generation();
    }

    /**
     * Returns the stamp of the last poll, which is also the stamp of a value that depends on nothing in the database.
     */
    public Stamp position() {
        return position;
    }

    /** Returns the time now by the clock of the database, in milliseconds since 1970, never earlier than it is. */
    public long databaseMillis() {
        return clock.atMost(nanoTime.getAsLong());
    }

    /** Returns the time now by the clock of the database, in milliseconds since 1970, never later than it is. */
    public long databaseMillisAtLeast() {
        return clock.atLeast(nanoTime.getAsLong());
    }

    Snapshot base() {
        return base;
    }

    ChangedTags changed() {
        return changed;
    }

    long trustedUntil() {
        return trustedUntil;
    }
}
