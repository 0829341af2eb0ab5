package dealbrain.app;

import dealbrain.http.AddressRange;
import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.TelemetryOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Logs, profiler, metrics and traces.
 *
 * @param accessLog   whether each request is logged
 * @param metricsFrom the addresses that may read {@code /metrics} without a token
 */
record ObservabilityConfig(
        LogLevel logLevel,
        boolean accessLog,
        ProfilerOptions profiler,
        TelemetryOptions telemetry,
        List<AddressRange> metricsFrom) {
    /** The level of dealbrain's own loggers. */
    enum LogLevel {
        INFO,
        DEBUG
    }

    private enum RepeatedStatementAction {
        WARN,
        RAISE
    }

    private static final int MAX_THRESHOLD_MS = 60_000;

    ObservabilityConfig {
        metricsFrom = List.copyOf(metricsFrom);
    }

    static ObservabilityConfig from(Settings settings, Environment environment) {
        return new ObservabilityConfig(
                settings.choice("DEALBRAIN_LOG", LogLevel.INFO, LogLevel.class),
                settings.isOn("DEALBRAIN_ACCESS_LOG", environment != Environment.TEST),
                profiler(settings, environment),
                telemetry(settings, environment),
                settings.value("DEALBRAIN_METRICS_FROM", ObservabilityConfig::parseRanges)
                        .orElse(AddressRange.LOOPBACK));
    }

    private static ProfilerOptions profiler(Settings settings, Environment environment) {
        boolean production = environment.isProduction();
        ProfilerOptions options = ProfilerOptions.of(settings.choice(
                        "DEALBRAIN_PROFILER", production ? ProfilerMode.COUNT : ProfilerMode.FULL, ProfilerMode.class))
                .withSlowThreshold(
                        Duration.ofMillis(settings.number("SLOW_QUERY_THRESHOLD_MS", 500, 1, MAX_THRESHOLD_MS)))
                .withRepeatedThreshold(settings.number("N_PLUS_ONE_THRESHOLD", 10, 2, 100_000));
        if (!production) {
            options = options.withPlans();
        }
        RepeatedStatementAction action =
                settings.choice("N_PLUS_ONE_ACTION", RepeatedStatementAction.WARN, RepeatedStatementAction.class);
        if (action == RepeatedStatementAction.RAISE) {
            settings.require(
                    environment == Environment.TEST, "N_PLUS_ONE_ACTION", "can be raise only with DEALBRAIN_ENV=test");
            options = options.withFailureOnRepeated();
        }
        return options;
    }

    private static TelemetryOptions telemetry(Settings settings, Environment environment) {
        return new TelemetryOptions(
                settings.value("OTEL_EXPORTER_OTLP_ENDPOINT", HttpConfig::parseUrl),
                Duration.ofMillis(settings.number("OTEL_METRIC_EXPORT_INTERVAL", 15_000, 100, 3_600_000)),
                settings.text("OTEL_SERVICE_NAME").orElse("dealbrain"),
                environment.name().toLowerCase(Locale.ROOT));
    }

    private static List<AddressRange> parseRanges(String text) {
        if (text.equalsIgnoreCase("none")) {
            return List.of();
        }
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .map(AddressRange::parse)
                .toList();
    }
}
