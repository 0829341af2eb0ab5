package dealbrain.database;

import java.time.Duration;

/**
 * The time that one piece of work, such as a request, may spend waiting for connections: three seconds in all. Without
 * it, a request that needs several connections, one after the other, would wait three seconds for each. Used by one
 * thread at a time.
 */
public final class ConnectionBudget {
    private static final Duration TOTAL = Duration.ofSeconds(3);
    private static final ScopedValue<ConnectionBudget> CURRENT = ScopedValue.newInstance();

    private long leftNanos;

    private ConnectionBudget(Duration total) {
        this.leftNanos = total.toNanos();
    }

    /** Runs {@code work} with a new budget. When the budget is spent, the work still gets connections that are free. */
    public static <T, X extends Throwable> T call(ScopedValue.CallableOp<T, X> work) throws X {
        return call(TOTAL, work);
    }

    /** Runs {@code work} with a budget of its own, instead of the one of the work that this thread runs. */
    public static <T, X extends Throwable> T call(Duration total, ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, new ConnectionBudget(total)).call(work);
    }

    /** Returns the budget of the work that this thread runs, or a new one outside of {@link #call}. */
    static ConnectionBudget current() {
        return CURRENT.isBound() ? CURRENT.get() : new ConnectionBudget(TOTAL);
    }

    /** Returns the nanoseconds that are left; zero or less when the budget is spent. */
    long leftNanos() {
        return leftNanos;
    }

    void spend(long nanos) {
        leftNanos -= nanos;
    }
}
