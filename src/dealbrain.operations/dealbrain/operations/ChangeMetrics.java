package dealbrain.operations;

import dealbrain.changes.ChangeStatus;
import dealbrain.profiling.Measurement;
import dealbrain.profiling.Telemetry;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/** The state of the change log as metrics ({@code dealbrain.changes.*}). */
final class ChangeMetrics {
    private static final String CHANGES = "dealbrain.changes.";

    private final Telemetry telemetry;
    private final Supplier<ChangeStatus> changes;

    private ChangeMetrics(Telemetry telemetry, Supplier<ChangeStatus> changes) {
        this.telemetry = telemetry;
        this.changes = changes;
    }

    /** Adds the metrics to the telemetry. */
    static void observe(Telemetry telemetry, Supplier<ChangeStatus> changes) {
        ChangeMetrics metrics = new ChangeMetrics(telemetry, changes);
        metrics.gauge("members", "Instances that use their caches, this one included.", ChangeStatus::members);
        metrics.gauge(
                "left",
                "1 while this instance does not use its cache because its polls are slow, otherwise 0.",
                status -> status.left() ? 1 : 0);
        metrics.gauge(
                "oldest_transaction_seconds",
                "How long the oldest transaction of the database cluster has been open; 0 if not long.",
                status -> status.oldestTransaction().map(Duration::toSeconds).orElse(0L));
    }

    private void gauge(String name, String description, ToLongFunction<ChangeStatus> value) {
        telemetry.gauge(CHANGES + name, description, () -> List.of(Measurement.of(value.applyAsLong(changes.get()))));
    }
}
