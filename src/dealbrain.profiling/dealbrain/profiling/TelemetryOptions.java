package dealbrain.profiling;

import java.time.Duration;
import java.util.Optional;

/**
 * Where spans and metrics go.
 *
 * @param endpoint    of an OpenTelemetry collector, for OTLP over HTTP, without {@code /v1/traces}; empty for none: then no span is made
 * @param every       how often metrics are sent
 * @param serviceName what this program is called there
 */
public record TelemetryOptions(Optional<String> endpoint, Duration every, String serviceName, String environment) {}
