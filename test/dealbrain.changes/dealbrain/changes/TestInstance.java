package dealbrain.changes;

import dealbrain.database.Database;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * One of several instances on a database. Its log polls only when {@link ChangeLog#heartbeat} is called, and a test
 * can move its clock and intercept its statements.
 */
final class TestInstance implements AutoCloseable {
    /** Parts of the statements of the log, for {@link #before}. */
    static final String POLL = "NOT pg_visible_in_snapshot(c.xid, :last::pg_snapshot)";

    static final String POLL_ALL = "LEFT JOIN change_log c ON true";
    static final String CONFIRM = "UPDATE change_listener";
    static final String CHECK_OTHERS = "SELECT EXISTS";
    static final String ANY = "";

    final ChangeLog log;
    private final Database database;
    private final UUID listener;
    private final AtomicLong skipped = new AtomicLong();
    private volatile Consumer<String> hook = _ -> {};

    TestInstance(TestDatabase database, Duration lease) {
        this.database = Database.open(database.url(), 3);
        this.database.jdbi().setSqlLogger(new SqlLogger() {
            @Override
            public void logBeforeExecution(StatementContext context) {
                hook.accept(context.getRenderedSql());
            }
        });
        log = ChangeLog.withoutThread(this.database.jdbi(), lease, () -> System.nanoTime() + skipped.get());
        listener = this.database
                .jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM change_listener ORDER BY seen_at DESC LIMIT 1")
                        .mapTo(UUID.class)
                        .one()); // the one that confirmed last
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

    /** Makes the last confirmation half an hour old, by the clock of the database and by that of this instance. */
    void lapse() {
        skip(Duration.ofMinutes(30));
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "UPDATE change_listener SET seen_at = seen_at - interval '30 minutes' WHERE id = :id")
                        .bind("id", listener)
                        .execute());
    }

    /** Returns the stamp of a value that is read now. */
    Stamp stamp() {
        return database.jdbi()
                .withHandle(handle -> new Stamp(
                        log.generation(),
                        Snapshot.parse(handle.createQuery("SELECT pg_current_snapshot()::text")
                                .mapTo(String.class)
                                .one())));
    }

    boolean isCurrent(Stamp stamp, String... tags) {
        return log.isCurrent(stamp, Set.of(tags));
    }

    @Override
    public void close() {
        removeHook();
        log.close();
        database.close();
    }
}
