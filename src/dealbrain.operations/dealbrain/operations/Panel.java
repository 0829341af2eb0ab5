package dealbrain.operations;

import java.util.List;

/**
 * A group of metrics on the dashboard, such as those of the connection pool.
 *
 * @param checks the checks of the component that the panel shows
 */
record Panel(String title, List<Metric> metrics, List<HealthCheck> checks) {
    /**
     * One metric.
     *
     * @param value formatted, with its unit
     * @param note  a few words shown below the value; may be empty
     */
    record Metric(String name, String value, String note) {}

    Panel {
        metrics = List.copyOf(metrics);
        checks = List.copyOf(checks);
    }
}
