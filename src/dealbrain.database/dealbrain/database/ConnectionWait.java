package dealbrain.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * How long one piece of work, such as a request, has yet to wait for connections. A request that needs several, one after the
 * other, would else wait for each as long as for one. Belongs to one thread.
 */
public final class ConnectionWait {
    private static final long MOST_NANOS = TimeUnit.SECONDS.toNanos(3);
    private static final ScopedValue<ConnectionWait> CURRENT = ScopedValue.newInstance();

    private long left = MOST_NANOS;

    private ConnectionWait() {}

    /** Where connections come from. */
    @FunctionalInterface
    interface Source {
        /** Waits as long as it is told, and longer than nothing. */
        Connection connection(long millis) throws SQLException;
    }

    /** Does the work, which waits for its connections for three seconds in all, and after that takes only what is free. */
    public static <T, X extends Throwable> T limited(ScopedValue.CallableOp<T, X> work) throws X {
        return ScopedValue.where(CURRENT, new ConnectionWait()).call(work);
    }

    /** Waits for what is left to the work that runs; outside of any for three seconds. */
    static Connection connection(Source source) throws SQLException {
        ConnectionWait wait = CURRENT.isBound() ? CURRENT.get() : new ConnectionWait();
        long start = System.nanoTime();
        try {
            return source.connection(Math.max(1, TimeUnit.NANOSECONDS.toMillis(wait.left)));
        } finally {
            wait.left -= System.nanoTime() - start;
        }
    }
}
