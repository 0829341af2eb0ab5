package dealbrain.operations;

import dealbrain.background.WorkerState;
import dealbrain.profiling.Measurement;
import dealbrain.profiling.Telemetry;
import java.util.List;
import java.util.function.Supplier;

/** The state of the background threads as a metric ({@code dealbrain.background.healthy}). */
final class WorkerMetrics {
    private WorkerMetrics() {}

    /** Adds the metric to the telemetry. */
    static void observe(Telemetry telemetry, Supplier<List<WorkerState>> workers) {
        telemetry.gauge(
                "dealbrain.background.healthy",
                "1 while a background thread works, 0 while it fails or after it has ended.",
                () -> workers.get().stream()
                        .map(worker -> Measurement.of(worker.isHealthy() ? 1 : 0, "worker", worker.name()))
                        .toList());
    }
}
