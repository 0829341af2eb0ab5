package dealbrain.changes;

import java.util.concurrent.TimeUnit;

/** The durations that follow from a lease. */
final class Lease {
    private Lease() {}

    /**
     * Returns how long others wait until a lease has certainly ended: a quarter longer, as monotonic clocks may run at
     * different speeds.
     */
    static long waitNanos(long leaseMillis) {
        return TimeUnit.MILLISECONDS.toNanos(leaseMillis) * 5 / 4;
    }
}
