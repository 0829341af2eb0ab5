package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Await;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** An instance with its own connection pools. A test can suspend its poller, and end it as {@code kill -9} does. */
final class CacheInstance implements AutoCloseable {
    private static final int POOL_SIZE = 8;
    private static final long MEMORY_BYTES = 10_000_000;
    private static final int AUDIT_INTERVAL = 1000;

    private final String name;
    private final Duration lease;
    private final Database database;
    private final Database pollerDatabase;
    private final PollerGate gate = new PollerGate();
    private final ChangeLog changes;
    private final Cache cache;
    private volatile boolean ended;

    private CacheInstance(String name, DatabaseUrl url, @Nullable RedisUrl redis, String namespace, Duration lease) {
        this.name = name;
        this.lease = lease;
        this.database = Database.open(url, POOL_SIZE);
        this.pollerDatabase = Database.open(url, 1);
        pollerDatabase.jdbi().setSqlLogger(gate);
        this.changes = ChangeLog.open(pollerDatabase.jdbi(), database.jdbi(), lease);
        this.cache = new Cache(changes, redis, namespace, MEMORY_BYTES, AUDIT_INTERVAL);
    }

    /** Opens an instance with a cache in memory only. */
    static CacheInstance open(String name, DatabaseUrl url, Duration lease) {
        return new CacheInstance(name, url, null, "", lease);
    }

    /** Opens an instance with a cache in memory and in the Redis at {@code redis}. */
    static CacheInstance open(String name, DatabaseUrl url, String redis, String namespace, Duration lease) {
        return new CacheInstance(name, url, RedisUrl.parse(redis), namespace, lease);
    }

    /** The place in a statement of the poller where it is suspended. */
    enum Place {
        /** Before the statement is sent. */
        BEFORE,
        /** After the response has arrived, and before it is processed. */
        AFTER
    }

    /** Suspends and delays the statements of the poller. */
    private static final class PollerGate implements SqlLogger {
        private static final CountDownLatch OPEN = new CountDownLatch(0);

        private volatile CountDownLatch before = OPEN;
        private volatile CountDownLatch after = OPEN;
        private volatile Duration delay = Duration.ZERO;

        void close(Place place) {
            if (place == Place.BEFORE) {
                before = new CountDownLatch(1);
            } else {
                after = new CountDownLatch(1);
            }
        }

        void open() {
            before.countDown();
            after.countDown();
        }

        @Override
        public void logBeforeExecution(StatementContext context) {
            LockSupport.parkNanos(delay.toNanos());
            pass(before);
        }

        @Override
        public void logAfterExecution(StatementContext context) {
            pass(after);
        }

        private static void pass(CountDownLatch latch) {
            try {
                latch.await();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
    }

    String name() {
        return name;
    }

    Duration lease() {
        return lease;
    }

    Jdbi jdbi() {
        return database.jdbi();
    }

    ChangeLog changes() {
        return changes;
    }

    Cache cache() {
        return cache;
    }

    boolean isTrusted() {
        return changes.view().isTrusted();
    }

    void awaitTrust() {
        Await.until(name + " uses its cache", () -> {
            changes.pollNow();
            return isTrusted();
        });
    }

    /** Suspends the poller at its next statement, until {@link #resume}. Reads and writes continue. */
    void suspendPoller(Place place) {
        gate.close(place);
    }

    void resume() {
        gate.open();
    }

    /** Delays each statement of the poller. */
    void delayPoller(Duration delay) {
        gate.delay = delay;
    }

    /** Returns whether {@link #kill} or {@link #close} was called: what is written from then on is not acknowledged. */
    boolean hasEnded() {
        return ended;
    }

    /** Ends the instance without a message to the others: its row stays in the database. */
    void kill() {
        ended = true;
        pollerDatabase.close();
        database.close();
        endThreads();
    }

    @Override
    public void close() {
        ended = true;
        endThreads();
        pollerDatabase.close();
        database.close();
    }

    private void endThreads() {
        resume();
        cache.close();
        changes.close();
    }
}
