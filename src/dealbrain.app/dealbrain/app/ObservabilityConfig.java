package dealbrain.app;

import dealbrain.http.AddressRange;
import dealbrain.http.TrustedProxies;
import dealbrain.operations.MetricsAccess;
import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.TelemetryOptions;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Logs, profiler, metrics and traces.
 *
 * @param accessLog whether each request is logged
 */
record ObservabilityConfig(
        LogLevel logLevel,
        boolean accessLog,
        ProfilerOptions profiler,
        TelemetryOptions telemetry,
        MetricsAccess metricsAccess) {
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

    static ObservabilityConfig from(Settings settings, Environment environment, HttpConfig http) {
        return new ObservabilityConfig(
                settings.choice("DEALBRAIN_LOG", LogLevel.INFO, LogLevel.class),
                settings.isOn("DEALBRAIN_ACCESS_LOG", environment != Environment.TEST),
                profiler(settings, environment),
                TelemetryConfig.from(settings, environment),
                new MetricsAccess(
                        settings.value("DEALBRAIN_METRICS_FROM", ObservabilityConfig::parseRanges)
                                .orElse(isOnlyLocal(environment, http) ? AddressRange.LOOPBACK : List.of()),
                        settings.value("DEALBRAIN_METRICS_TOKEN", ObservabilityConfig::parseToken)));
    }

    /** Returns false if clients may come through a proxy, which usually runs on this machine. */
    private static boolean isOnlyLocal(Environment environment, HttpConfig http) {
        boolean deployed = environment == Environment.PRODUCTION || environment == Environment.STAGING;
        return !deployed && http.publicUrl().isEmpty() && http.trustedProxies() == TrustedProxies.NONE;
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

    private static String parseToken(String text) {
        if (!text.matches("[A-Za-z0-9._~+/=-]{20,200}")) { // RFC 6750, section 2.1
            throw new IllegalArgumentException("must have 20 to 200 of the characters A-Z a-z 0-9 . _ ~ + / = -;"
                    + " openssl rand -hex 32 makes one");
        }
        return text;
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
