package dealbrain.profiling;

import java.time.Duration;
import java.util.Optional;

/**
 * The export of metrics and spans.
 *
 * @param endpoint       the base URL of an OpenTelemetry collector (OTLP over HTTP), without {@code /v1/traces}; empty
 *                       to export nothing and record no spans
 * @param exportInterval the time between two exports of the metrics
 * @param serviceName    the resource attribute {@code service.name}
 * @param environment    the resource attribute {@code deployment.environment.name}
 */
public record TelemetryOptions(
        Optional<String> endpoint, Duration exportInterval, String serviceName, String environment) {}
