package dealbrain.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.ConnectionFactory;

/**
 * HikariCP behind a queue, in which a request waits no longer than its {@link ConnectionBudget}. HikariCP itself has
 * one timeout for all requests (docs/decisions/0014-connection-pool.md). Thread-safe.
 *
 * <p>There are as many permits as connections. A request first waits for a permit, in the order of arrival. Then
 * HikariCP has a connection for it at once, unless a lost connection was not replaced yet: the request then waits for
 * HikariCP, one timeout of HikariCP after another, until the budget is spent.
 */
final class ConnectionPool implements ConnectionFactory, AutoCloseable {
    /** The timeout of HikariCP. It must be longer than that of a validation. */
    private static final Duration TURN = Duration.ofMillis(500);

    private static final Duration VALIDATION = Duration.ofMillis(400);

    private final RetryingDataSource source;
    private final PoolListener listener;
    private final HikariDataSource hikari;
    private final Semaphore permits;

    /**
     * Opens {@code size} connections in the background.
     *
     * @param name part of the names of the pool's threads
     */
    ConnectionPool(String name, RetryingDataSource source, int size, PoolListener listener) {
        this.source = source;
        this.listener = listener;
        this.permits = new Semaphore(size, true);
        HikariConfig configuration = new HikariConfig();
        configuration.setPoolName(name);
        configuration.setDataSource(source);
        configuration.setMaximumPoolSize(size);
        configuration.setConnectionTimeout(TURN.toMillis());
        configuration.setValidationTimeout(VALIDATION.toMillis());
        configuration.setInitializationFailTimeout(-1); // Database.open has tested the connection
        configuration.setConnectionInitSql(SessionSettings.INITIAL_STATEMENTS);
        configuration.setMetricsTrackerFactory((_, _) -> new Tracker(listener));
        this.hikari = new HikariDataSource(configuration);
    }

    /**
     * Acquires a connection, which {@link #closeConnection} returns.
     *
     * @throws SQLTransientConnectionException the budget is spent, the database is away, or the pool is closed
     */
    @Override
    public Connection openConnection() throws SQLException {
        if (hikari.isClosed()) {
            throw new SQLTransientConnectionException("the pool is closed");
        }
        // A server without free slots rejects new connections, but the pool may have others.
        if (source.isAway() && hikari.getHikariPoolMXBean().getTotalConnections() == 0) {
            throw new SQLTransientConnectionException("the database is away");
        }
        ConnectionBudget budget = ConnectionBudget.current();
        long start = System.nanoTime();
        try {
            Connection connection = acquire(start + budget.leftNanos());
            listener.acquired(System.nanoTime() - start);
            return connection;
        } finally {
            budget.spend(System.nanoTime() - start);
            Waterfall.record(StepKind.CONNECTION, start);
        }
    }

    /** @param deadline the end of the budget, by {@link System#nanoTime} */
    private Connection acquire(long deadline) throws SQLException {
        boolean acquired = false;
        acquirePermit(deadline);
        try {
            Connection connection = borrow(deadline);
            acquired = true;
            return connection;
        } finally {
            if (!acquired) {
                permits.release();
            }
        }
    }

    private void acquirePermit(long deadline) throws SQLException {
        try {
            if (!permits.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                listener.timedOut();
                throw new SQLTransientConnectionException("no connection was free in time: " + state());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SQLException("interrupted while waiting for a connection", e);
        }
    }

    private Connection borrow(long deadline) throws SQLException {
        while (true) {
            try {
                return hikari.getConnection();
            } catch (SQLTransientConnectionException e) {
                // At least half of a turn must be left for another one, so that the wait ends near the deadline.
                if (deadline - System.nanoTime() < TURN.toNanos() / 2) {
                    listener.timedOut();
                    throw e;
                }
            }
        }
    }

    /** Returns a connection to the pool. */
    @Override
    public void closeConnection(Connection connection) throws SQLException {
        try {
            connection.close();
        } finally {
            permits.release();
        }
    }

    /** Returns the current state of the pool. */
    PoolState state() {
        var pool = hikari.getHikariPoolMXBean();
        return new PoolState(
                pool.getActiveConnections(),
                pool.getIdleConnections(),
                permits.getQueueLength() + pool.getThreadsAwaitingConnection(),
                hikari.getMaximumPoolSize());
    }

    /** Closes the connections; running statements are cancelled. May be called again. */
    @Override
    public void close() {
        hikari.close();
    }

    /** Passes on the events that only HikariCP sees. */
    private record Tracker(PoolListener listener) implements IMetricsTracker {
        @Override
        public void recordConnectionCreatedMillis(long connectionCreatedMillis) {
            listener.created(connectionCreatedMillis);
        }

        @Override
        public void recordConnectionUsageMillis(long elapsedBorrowedMillis) {
            listener.used(elapsedBorrowedMillis);
        }
    }
}
