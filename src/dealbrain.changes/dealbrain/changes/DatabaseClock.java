package dealbrain.changes;

/**
 * A reading of the clock of the database, from which its time is estimated by the monotonic clock of this instance. The
 * reading was taken between two times of the monotonic clock.
 *
 * @param millis in milliseconds since 1970
 * @param before in nanoseconds, before the statement was sent
 * @param after  in nanoseconds, when its result had arrived
 */
record DatabaseClock(long millis, long before, long after) {
    private static final long NANOS_PER_MILLI = 1_000_000;

    /** Returns the time at {@code nanos}, never earlier than it is. */
    long atMost(long nanos) {
        return millis + 1 + Math.ceilDiv(nanos - before, NANOS_PER_MILLI);
    }

    /** Returns the time at {@code nanos}, never later than it is. */
    long atLeast(long nanos) {
        return millis + Math.floorDiv(nanos - after, NANOS_PER_MILLI);
    }
}
