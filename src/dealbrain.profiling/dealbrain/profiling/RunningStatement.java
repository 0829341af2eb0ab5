package dealbrain.profiling;

import java.sql.Connection;
import org.jspecify.annotations.Nullable;

/** An execution that has not ended, and how long it has waited for locks. Thread-safe. */
final class RunningStatement {
    private final StatementStatistics statement;
    private final @Nullable StatementScope scope;
    private final Connection connection;
    private final long start = System.nanoTime();
    private boolean reported; // used by the watcher only
    private long firstLock;
    private long currentWait;
    private long currentLockNanos;
    private long endedLocksNanos;

    RunningStatement(StatementStatistics statement, @Nullable StatementScope scope, Connection connection) {
        this.statement = statement;
        this.scope = scope;
        this.connection = connection;
    }

    StatementStatistics statement() {
        return statement;
    }

    @Nullable
    StatementScope scope() {
        return scope;
    }

    Connection connection() {
        return connection;
    }

    long start() {
        return start;
    }

    boolean isReported() {
        return reported;
    }

    void setReported() {
        reported = true;
    }

    /**
     * Records that it waits for a lock.
     *
     * @param wait  distinguishes this wait from others of the statement
     * @param nanos for how long it has waited now
     */
    synchronized void waitsForLock(long wait, long nanos) {
        if (firstLock == 0) {
            firstLock = System.nanoTime() - nanos;
        } else if (wait != currentWait) {
            endedLocksNanos += currentLockNanos;
        }
        currentWait = wait;
        currentLockNanos = nanos;
    }

    /** Returns the start of the first wait for a lock, by {@link System#nanoTime}. */
    synchronized long firstLock() {
        return firstLock;
    }

    /** Returns how long it was seen to wait for locks; 0 if it was not. */
    synchronized long lockNanos() {
        return endedLocksNanos + currentLockNanos;
    }
}
