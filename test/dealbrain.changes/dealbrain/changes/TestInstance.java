package dealbrain.changes;

import dealbrain.database.Database;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * One of several instances on a database. Its log polls only when {@link #poll} is called, and a test can move its
 * clock and intercept its statements.
 */
final class TestInstance implements AutoCloseable {
    /** Parts of the statements of the log, for {@link #before}. */
    static final String POLL = "AS changes";

    static final String CONFIRM = "UPDATE change_member";
    static final String ANY = "";

    final ChangeLog log;
    private final Database database;
    private final AtomicLong skipped = new AtomicLong();
    private volatile Consumer<String> hook = _ -> {};

    TestInstance(TestDatabase database, Duration lease) {
        this.database = Database.open(database.url(), 2);
        this.database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                hook.accept(context.getRenderedSql());
            }
        });
        log = ChangeLog.withoutThread(
                this.database.jdbi(), this.database.jdbi(), lease, () -> System.nanoTime() + skipped.get());
    }

    void poll() {
        log.poll();
    }

    boolean isTrusted() {
        return log.view().isTrusted();
    }

    /** Runs {@code action} before each statement of this instance that contains {@code sql}. */
    void before(String sql, Runnable action) {
        hook = statement -> {
            if (statement.contains(sql)) {
                action.run();
            }
        };
    }

    /** Runs {@code action} before the next statement of this instance that contains {@code sql}. */
    void beforeNext(String sql, Runnable action) {
        hook = statement -> {
            if (statement.contains(sql)) {
                removeHook();
                action.run();
            }
        };
    }

    private void removeHook() {
        hook = _ -> {};
    }

    /** Moves the clock of this instance forward. */
    void skip(Duration time) {
        skipped.addAndGet(time.toNanos());
    }

    /** Returns the stamp of a value that is read now. */
    Stamp stamp() {
        String generation = log.view().generation();
        return database.jdbi()
                .withHandle(handle -> new Stamp(
                        generation,
                        Snapshot.parse(handle.createQuery("SELECT pg_current_snapshot()::text")
                                .mapTo(String.class)
                                .one())));
    }

    boolean isCurrent(Stamp stamp, String... tags) {
        return log.view().isCurrent(stamp, Set.of(tags));
    }

    /** Acknowledges in a thread of its own, and returns when it waits for a poll. */
    Thread acknowledge() {
        Thread writer = Thread.ofPlatform().start(log::acknowledge);
        while (writer.getState() != Thread.State.TIMED_WAITING && writer.isAlive()) {
            Thread.onSpinWait();
        }
        return writer;
    }

    @Override
    public void close() {
        removeHook();
        log.close();
        database.close();
    }
}
