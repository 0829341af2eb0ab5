package dealbrain.operations;

import dealbrain.database.Database;
import dealbrain.database.PoolState;
import java.util.List;
import java.util.function.Supplier;

/** What the operator sees of the database: whether it answers, and its pool. */
public final class DatabaseSection implements Supplier<Section> {
    private final Database database;

    public DatabaseSection(Database database) {
        this.database = database;
    }

    @Override
    public Section get() {
        PoolState pool = database.pool();
        boolean reachable = database.isReachable();
        return new Section(
                "Pool of connections",
                List.of(
                        new Section.Figure("In use", Integer.toString(pool.active()), "of " + pool.max() + " at most"),
                        new Section.Figure("Idle", Integer.toString(pool.idle()), ""),
                        new Section.Figure(
                                "Requests that wait",
                                Integer.toString(pool.waiting()),
                                "a few for a moment are well; for long, the pool is too small")),
                List.of(
                        new Check(
                                "Database",
                                reachable ? Check.State.OK : Check.State.BAD,
                                reachable ? "answers" : "does not answer"),
                        new Check(
                                "Pool",
                                pool.waiting() > pool.max() ? Check.State.WARN : Check.State.OK,
                                pool.active() + " of " + pool.max() + " connections in use"
                                        + (pool.waiting() == 0 ? "" : ", " + pool.waiting() + " requests wait"))));
    }
}
