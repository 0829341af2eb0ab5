package dealbrain.operations;

import dealbrain.database.Database;
import dealbrain.database.PoolListener;
import dealbrain.profiling.Measurement;
import dealbrain.profiling.Telemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.DoubleHistogram;
import io.opentelemetry.api.metrics.LongCounter;
import io.opentelemetry.api.metrics.Meter;
import java.util.List;

/**
 * The connection pool as metrics. Names and descriptions follow OpenTelemetry's semantic conventions for database
 * clients ({@code db.client.connection.*}).
 */
final class PoolMetrics implements PoolListener {
    private static final String NAME = "db.client.connection.";
    private static final AttributeKey<String> STATE = AttributeKey.stringKey(NAME + "state");
    private static final Attributes POOL = Attributes.of(AttributeKey.stringKey(NAME + "pool.name"), "dealbrain");
    private static final List<Double> SECONDS = List.of(0.0001, 0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1.0, 3.0, 10.0);

    private final DoubleHistogram createTime;
    private final DoubleHistogram waitTime;
    private final DoubleHistogram useTime;
    private final LongCounter timeouts;

    PoolMetrics(Telemetry telemetry) {
        Meter meter = telemetry.api().getMeter(RequestTelemetry.SCOPE);
        this.createTime = histogram(meter, "create_time", "The time it took to create a new connection.");
        this.waitTime = histogram(meter, "wait_time", "The time it took to obtain an open connection from the pool.");
        this.useTime =
                histogram(meter, "use_time", "The time between borrowing a connection and returning it to the pool.");
        this.timeouts = meter.counterBuilder(NAME + "timeouts")
                .setDescription("The number of connection timeouts that have occurred trying to obtain a connection.")
                .build();
        timeouts.add(0, POOL);
    }

    private static DoubleHistogram histogram(Meter meter, String name, String description) {
        return meter.histogramBuilder(NAME + name)
                .setUnit("s")
                .setDescription(description)
                .setExplicitBucketBoundariesAdvice(SECONDS)
                .build();
    }

    /** Adds the state of the pool to the telemetry. */
    static void observe(Telemetry telemetry, Database database) {
        telemetry.gauge(
                NAME + "count",
                "The number of connections in the state described.",
                () -> List.of(
                        new Measurement(database.pool().active(), inState("used")),
                        new Measurement(database.pool().idle(), inState("idle"))));
        telemetry.gauge(
                NAME + "max",
                "The maximum number of open connections allowed.",
                () -> List.of(new Measurement(database.pool().max(), POOL)));
        telemetry.gauge(
                NAME + "pending_requests",
                "The number of current pending requests for an open connection.",
                () -> List.of(new Measurement(database.pool().waiting(), POOL)));
        telemetry.counter(
                "db.client.transaction.retries",
                "The number of transactions that were run again after a deadlock or a serialization failure.",
                () -> List.of(new Measurement(database.retries(), POOL)));
    }

    private static Attributes inState(String state) {
        return POOL.toBuilder().put(STATE, state).build();
    }

    @Override
    public void created(long millis) {
        createTime.record(millis / 1e3, POOL);
    }

    @Override
    public void acquired(long nanos) {
        waitTime.record(nanos / 1e9, POOL);
    }

    @Override
    public void used(long millis) {
        useTime.record(millis / 1e3, POOL);
    }

    @Override
    public void timedOut() {
        timeouts.add(1, POOL);
    }
}
