package dealbrain.operations;

import dealbrain.database.Database;
import dealbrain.database.PoolState;
import dealbrain.operations.HealthCheck.Status;
import java.util.List;
import java.util.function.Supplier;

/** Makes the panel of the connection pool, with checks of the database and of the standby. One statement. */
final class DatabasePanel implements Supplier<Panel> {
    private final Database database;
    private final DegradationChecks checks;

    DatabasePanel(Database database, DegradationChecks checks) {
        this.database = database;
        this.checks = checks;
    }

    @Override
    public Panel get() {
        PoolState pool = database.pool();
        return new Panel(
                "Connection pool",
                List.of(
                        new Panel.Metric("In use", Integer.toString(pool.active()), "of " + pool.max()),
                        new Panel.Metric("Idle", Integer.toString(pool.idle()), ""),
                        new Panel.Metric(
                                "Waiting requests", Integer.toString(pool.waiting()), "short peaks are normal")),
                List.of(database(), pool(pool), checks.standby()));
    }

    private HealthCheck database() {
        return database.isReachable()
                ? new HealthCheck("Database", Status.OK, "available")
                : new HealthCheck("Database", Status.BAD, "unavailable");
    }

    private static HealthCheck pool(PoolState pool) {
        return new HealthCheck(
                "Connection pool",
                pool.waiting() > pool.max() ? Status.WARN : Status.OK,
                pool.active() + " of " + pool.max() + " connections in use"
                        + (pool.waiting() == 0 ? "" : ", " + pool.waiting() + " requests waiting"));
    }
}
