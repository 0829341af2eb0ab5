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
 * How the program is watched.
 *
 * @param accessLog   whether each request has a line in the log
 * @param metricsFrom from where {@code /metrics} can be read without a token
 */
record Observability(
        ProfilerOptions profiler, TelemetryOptions telemetry, boolean accessLog, List<AddressRange> metricsFrom) {
    private static final int LONGEST_THRESHOLD = 60_000;

    Observability {
        metricsFrom = List.copyOf(metricsFrom);
    }

    private enum Switch {
        ON,
        OFF
    }

    private enum Action {
        WARN,
        RAISE
    }

    static Observability from(Settings settings, Environment environment) {
        boolean production = environment == Environment.PRODUCTION;
        ProfilerOptions options = ProfilerOptions.of(settings.choice(
                        "DEALBRAIN_PROFILER", production ? ProfilerMode.COUNT : ProfilerMode.FULL, ProfilerMode.class))
                .withSlowThreshold(
                        Duration.ofMillis(settings.number("SLOW_QUERY_THRESHOLD_MS", 500, 1, LONGEST_THRESHOLD)))
                .withRepeatedThreshold(settings.number("N_PLUS_ONE_THRESHOLD", 10, 2, 100_000));
        if (!production) {
            options = options.withPlans();
        }
        if (settings.choice("N_PLUS_ONE_ACTION", Action.WARN, Action.class) == Action.RAISE) {
            settings.require(
                    environment == Environment.TEST, "N_PLUS_ONE_ACTION", "may be raise with DEALBRAIN_ENV=test only");
            options = options.withFailureOnRepeated();
        }
        return new Observability(
                options,
                new TelemetryOptions(
                        settings.text("OTEL_EXPORTER_OTLP_ENDPOINT")
                                .flatMap(text -> settings.parse("OTEL_EXPORTER_OTLP_ENDPOINT", text, Config::webUrl)),
                        Duration.ofMillis(settings.number("OTEL_METRIC_EXPORT_INTERVAL", 15_000, 100, 3_600_000)),
                        settings.text("OTEL_SERVICE_NAME").orElse("dealbrain"),
                        environment.name().toLowerCase(Locale.ROOT)),
                settings.choice(
                                "DEALBRAIN_ACCESS_LOG",
                                environment == Environment.TEST ? Switch.OFF : Switch.ON,
                                Switch.class)
                        == Switch.ON,
                settings.text("DEALBRAIN_METRICS_FROM")
                        .flatMap(text -> settings.parse("DEALBRAIN_METRICS_FROM", text, Observability::ranges))
                        .orElse(AddressRange.LOOPBACK));
    }

    private static List<AddressRange> ranges(String text) {
        return text.equalsIgnoreCase("none")
                ? List.of()
                : Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .map(AddressRange::parse)
                        .toList();
    }
}
