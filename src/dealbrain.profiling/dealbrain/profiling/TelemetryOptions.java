package dealbrain.profiling;

import java.util.Map;
import java.util.Set;

/**
 * The export of metrics and spans.
 *
 * @param properties  of the SDK's auto-configuration, such as {@code otel.traces.exporter}
 * @param ignored     the environment variables of OpenTelemetry that have no effect
 * @param version     the resource attribute {@code service.version}
 * @param environment the resource attribute {@code deployment.environment.name}
 */
public record TelemetryOptions(
        Map<String, String> properties, Set<String> ignored, String version, String environment) {
    public TelemetryOptions {
        properties = Map.copyOf(properties);
        ignored = Set.copyOf(ignored);
    }

    /** Returns options with which nothing is exported and no spans are recorded. */
    public static TelemetryOptions withoutExport(String environment) {
        return new TelemetryOptions(
                Map.of("otel.traces.exporter", "none", "otel.metrics.exporter", "none", "otel.logs.exporter", "none"),
                Set.of(),
                "unknown",
                environment);
    }

    /** Contains no values, since headers may be secrets. */
    @Override
    public String toString() {
        return "TelemetryOptions" + properties.keySet();
    }
}
