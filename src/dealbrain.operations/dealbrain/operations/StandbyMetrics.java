package dealbrain.operations;

import dealbrain.profiling.Measurement;
import dealbrain.profiling.Telemetry;
import dealbrain.standby.StandbyStatus;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The state of the standby as metrics ({@code dealbrain.standby.*}); none without a standby. */
final class StandbyMetrics {
    private static final String STANDBY = "dealbrain.standby.";

    private StandbyMetrics() {}

    /** Adds the metrics to the telemetry. */
    static void observe(Telemetry telemetry, Supplier<Optional<StandbyStatus>> standby) {
        telemetry.gauge(
                STANDBY + "used",
                "1 while anonymous pages are loaded from the standby, 0 while the primary loads them.",
                () -> list(standby.get().map(status -> Measurement.of(status.isUsed() ? 1 : 0))));
        telemetry.gauge(
                STANDBY + "lag_milliseconds",
                "How far the standby was behind at the last check, in steps of a second.",
                () -> list(standby.get()
                        .flatMap(StandbyStatus::lag)
                        .map(Duration::toMillis)
                        .map(Measurement::of)));
        telemetry.counter(
                STANDBY + "loads",
                "Pages loaded from the standby (used), loaded again from the primary because the standby did not have"
                        + " them (reloaded), and loaded from the primary because the standby failed (failed).",
                () -> standby.get()
                        .map(status -> List.of(
                                loads(status.loads(), "used"),
                                loads(status.reloads(), "reloaded"),
                                loads(status.failures(), "failed")))
                        .orElse(List.of()));
    }

    private static Measurement loads(long value, String result) {
        return Measurement.of(value, "result", result);
    }

    private static List<Measurement> list(Optional<Measurement> measurement) {
        return measurement.map(List::of).orElse(List.of());
    }
}
