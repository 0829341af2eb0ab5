package dealbrain.operations;

import dealbrain.profiling.Reading;
import dealbrain.profiling.Telemetry;
import dealbrain.views.Views;
import java.util.List;

/** The view counters as metrics ({@code dealbrain.views.*}). */
final class ViewMetrics {
    private ViewMetrics() {}

    /** Adds the metrics to the telemetry. */
    static void observe(Telemetry telemetry, Views views) {
        telemetry.counter(
                "dealbrain.views.flushes", "Statements that wrote views.", () -> List.of(Reading.of(views.flushes())));
        telemetry.counter(
                "dealbrain.views.written",
                "Views written, by people and crawlers.",
                () -> List.of(Reading.of(views.written())));
        telemetry.gauge(
                "dealbrain.views.pending",
                "Rows with views that are counted but not written.",
                () -> List.of(Reading.of(views.pending())));
    }
}
