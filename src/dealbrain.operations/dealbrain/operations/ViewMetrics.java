package dealbrain.operations;

import dealbrain.profiling.Measurement;
import dealbrain.profiling.Telemetry;
import dealbrain.views.Views;
import java.util.List;

/** The view counters as metrics ({@code dealbrain.views.*}). */
final class ViewMetrics {
    private ViewMetrics() {}

    /** Adds the metrics to the telemetry. */
    static void observe(Telemetry telemetry, Views views) {
        telemetry.counter(
                "dealbrain.views.flushes",
                "Statements that wrote views.",
                () -> List.of(Measurement.of(views.flushes())));
        telemetry.counter(
                "dealbrain.views.written",
                "Views written, by people and crawlers.",
                () -> List.of(Measurement.of(views.written())));
        telemetry.gauge(
                "dealbrain.views.pending",
                "Rows with views that are counted but not written.",
                () -> List.of(Measurement.of(views.pending())));
    }
}
