package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ConnectionPoolTest {
    /** Far less than a budget. */
    private static final Duration AT_ONCE = Duration.ofSeconds(1);

    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private final Events events = new Events();
    private ConnectionPool pool;

    /** Counts the events of the pool. */
    private static final class Events implements PoolListener {
        private final AtomicInteger acquired = new AtomicInteger();
        private final AtomicInteger used = new AtomicInteger();
        private final AtomicInteger timedOut = new AtomicInteger();

        @Override
        public void acquired(long nanos) {
            acquired.incrementAndGet();
        }

        @Override
        public void used(long millis) {
            used.incrementAndGet();
        }

        @Override
        public void timedOut() {
            timedOut.incrementAndGet();
        }
    }

    @BeforeEach
    void open() {
        RetryingDataSource source =
                new RetryingDataSource(database.url(), ConnectionSettings.properties(database.url()));
        pool = new ConnectionPool("test", source, 2, events);
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private List<Connection> openAll() throws SQLException {
        return List.of(pool.openConnection(), pool.openConnection());
    }

    private void closeAll(List<Connection> connections) throws SQLException {
        for (Connection each : connections) {
            pool.closeConnection(each);
        }
    }

    /** Repeats an attempt until it fails at once, because a busy machine may delay one. */
    private static void failsAtOnce(Runnable attempt) {
        Await.until("it fails at once", () -> {
            long start = System.nanoTime();
            attempt.run();
            return System.nanoTime() - start < AT_ONCE.toNanos();
        });
    }

    private void timeOut() {
        assertThrows(SQLTransientConnectionException.class, pool::openConnection);
    }

    @Test
    void waitsForAllConnectionsOfTheWorkTogether() throws SQLException {
        List<Connection> all = openAll();
        ConnectionBudget.call(() -> {
            timeOut();
            assertTrue(ConnectionBudget.current().leftNanos() <= 0);
            failsAtOnce(this::timeOut);
            return null;
        });
        closeAll(all);
        assertTrue(events.timedOut.get() >= 2);
        assertEquals(2, events.acquired.get());
        assertEquals(2, events.used.get());
    }

    @Test
    void givesFreeConnectionsWhenTheBudgetIsSpent() throws SQLException {
        ConnectionBudget.call(() -> {
            ConnectionBudget.current().spend(Duration.ofSeconds(4).toNanos());
            pool.closeConnection(pool.openConnection());
            return null;
        });
    }

    @Test
    void servesRequestsInTheOrderOfTheirArrival() throws Exception {
        List<Connection> all = openAll();
        ConcurrentLinkedQueue<Integer> served = new ConcurrentLinkedQueue<>();
        List<Thread> waiting = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            int number = i;
            waiting.add(Thread.startVirtualThread(() -> {
                try {
                    Connection connection = pool.openConnection();
                    served.add(number);
                    pool.closeConnection(connection);
                } catch (SQLException e) {
                    throw new AssertionError(e);
                }
            }));
            Await.until("it waits", () -> pool.state().waiting() == number + 1);
        }
        pool.closeConnection(all.getFirst()); // the other one stays in use, so that one request is served at a time
        for (Thread each : waiting) {
            each.join();
        }
        assertEquals(List.of(0, 1, 2, 3, 4, 5, 6, 7), List.copyOf(served));
        pool.closeConnection(all.getLast());
    }

    @Test
    void replacesLostConnections() throws SQLException {
        for (int i = 0; i < 3; i++) {
            List<Connection> all = openAll();
            for (Connection each : all) {
                try (Statement statement = each.createStatement()) {
                    assertThrows(
                            SQLException.class,
                            () -> statement.execute("SELECT pg_terminate_backend(pg_backend_pid())"));
                }
            }
            closeAll(all);
        }
        closeAll(openAll());
        assertEquals(0, events.timedOut.get());
    }

    @Test
    void refusesAtOnceWhenClosed() throws SQLException {
        Connection open = pool.openConnection();
        pool.close();
        failsAtOnce(() -> assertEquals(
                "the pool is closed",
                assertThrows(SQLTransientConnectionException.class, pool::openConnection)
                        .getMessage()));
        pool.closeConnection(open);
        pool.close();
    }

    @Test
    void endsTheWaitWhenClosed() throws Exception {
        List<Connection> all = openAll();
        ConcurrentLinkedQueue<String> thrown = new ConcurrentLinkedQueue<>();
        Thread waiting = Thread.startVirtualThread(() -> {
            SQLException closed = assertThrows(SQLException.class, pool::openConnection);
            thrown.add(closed.getMessage());
        });
        Await.until("it waits", () -> pool.state().waiting() == 1);
        pool.close();
        closeAll(all);
        waiting.join();
        assertTrue(thrown.element().contains("closed"), thrown.toString());
    }
}
