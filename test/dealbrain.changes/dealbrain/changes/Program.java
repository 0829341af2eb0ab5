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

/** One of several programs on a database, whose log hears only when it is told to, and whose clock and statements a test can disturb. */
final class Program implements AutoCloseable {
    /** Parts of the statements of the log. */
    static final String HEAR = "NOT pg_visible_in_snapshot(c.xid, :last::pg_snapshot)";

    static final String HEAR_ALL = "LEFT JOIN change_log c ON true";
    static final String CONFIRM = "UPDATE change_listener";
    static final String LOOK = "SELECT EXISTS";

    final ChangeLog log;
    private final Database database;
    private final UUID listener;
    private final AtomicLong skipped = new AtomicLong();
    private volatile Consumer<String> hook = _ -> {};

    Program(TestDatabase database, Duration lease) {
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

    /** What to do before each statement of this program with such a text in it. */
    void before(String text, Runnable work) {
        hook = sql -> {
            if (sql.contains(text)) {
                work.run();
            }
        };
    }

    /** As above, but only before the first. */
    void beforeNext(String text, Runnable work) {
        hook = sql -> {
            if (sql.contains(text)) {
                undisturbed();
                work.run();
            }
        };
    }

    void undisturbed() {
        hook = _ -> {};
    }

    /** Moves this program's clock on, and no other. */
    void skip(Duration time) {
        skipped.addAndGet(time.toNanos());
    }

    /** As if the database had not heard of this program for longer than it is waited for; its own clock moves on as far. */
    void lapse() {
        skip(Duration.ofMinutes(30));
        database.jdbi()
                .useHandle(handle -> handle.createUpdate(
                                "UPDATE change_listener SET seen_at = seen_at - interval '30 minutes' WHERE id = :id")
                        .bind("id", listener)
                        .execute());
    }

    /** When something would be read now. */
    Stamp stamp() {
        return database.jdbi()
                .withHandle(handle -> new Stamp(
                        log.generation(),
                        Snapshot.parse(handle.createQuery("SELECT pg_current_snapshot()::text")
                                .mapTo(String.class)
                                .one())));
    }

    boolean takesForCurrent(Stamp stamp, String... tags) {
        return log.isCurrent(stamp, Set.of(tags));
    }

    @Override
    public void close() {
        undisturbed();
        log.close();
        database.close();
    }
}
