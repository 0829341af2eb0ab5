package dealbrain.app;

import dealbrain.operations.Version;
import dealbrain.profiling.TelemetryOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The variables of OpenTelemetry, as properties of its SDK. All that are valid are passed on. Those that ask for
 * something that dealbrain cannot do are reported, instead of being ignored.
 */
final class TelemetryConfig {
    private static final String ENDPOINT = "OTEL_EXPORTER_OTLP_ENDPOINT";
    private static final String PROTOCOL = "http/protobuf";
    private static final String OTLP = "otlp";
    private static final String NONE = "none";
    private static final String QUEUE_SIZE = "OTEL_BSP_MAX_QUEUE_SIZE";
    private static final String BATCH_SIZE = "OTEL_BSP_MAX_EXPORT_BATCH_SIZE";
    private static final int HOUR_MS = 3_600_000;

    /** The variables that each signal has too, such as {@code OTEL_EXPORTER_OTLP_TRACES_HEADERS}. */
    private static final List<String> EXPORTER = List.of(
            "ENDPOINT",
            "PROTOCOL",
            "HEADERS",
            "COMPRESSION",
            "TIMEOUT",
            "CERTIFICATE",
            "CLIENT_KEY",
            "CLIENT_CERTIFICATE");

    private static final List<String> LIMITS = List.of(
            "OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT",
            "OTEL_ATTRIBUTE_COUNT_LIMIT",
            "OTEL_SPAN_ATTRIBUTE_VALUE_LENGTH_LIMIT",
            "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT",
            "OTEL_SPAN_EVENT_COUNT_LIMIT",
            "OTEL_SPAN_LINK_COUNT_LIMIT");

    private static final List<String> OTHERS = List.of(
            "OTEL_CONFIG_FILE",
            "OTEL_SDK_DISABLED",
            "OTEL_SERVICE_NAME",
            "OTEL_RESOURCE_ATTRIBUTES",
            "OTEL_RESOURCE_DISABLED_KEYS",
            "OTEL_PROPAGATORS",
            "OTEL_TRACES_EXPORTER",
            "OTEL_METRICS_EXPORTER",
            "OTEL_LOGS_EXPORTER",
            "OTEL_TRACES_SAMPLER",
            "OTEL_TRACES_SAMPLER_ARG",
            "OTEL_BSP_SCHEDULE_DELAY",
            "OTEL_BSP_EXPORT_TIMEOUT",
            QUEUE_SIZE,
            BATCH_SIZE,
            "OTEL_METRIC_EXPORT_INTERVAL",
            "OTEL_METRIC_EXPORT_TIMEOUT",
            "OTEL_METRICS_EXEMPLAR_FILTER",
            "OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE",
            "OTEL_EXPORTER_OTLP_METRICS_DEFAULT_HISTOGRAM_AGGREGATION");

    private static final List<String> SAMPLERS = List.of(
            "always_on",
            "always_off",
            "traceidratio",
            "parentbased_always_on",
            "parentbased_always_off",
            "parentbased_traceidratio");

    private final Settings settings;

    private TelemetryConfig(Settings settings) {
        this.settings = settings;
    }

    static TelemetryOptions from(Settings settings, Environment environment) {
        TelemetryConfig config = new TelemetryConfig(settings);
        settings.value("OTEL_CONFIG_FILE", TelemetryConfig::refuseFile);
        config.checkExporters();
        config.checkTraces();
        config.checkNumbers();
        config.checkPairs("OTEL_RESOURCE_ATTRIBUTES");
        return new TelemetryOptions(
                config.properties(),
                config.unknown(),
                Version.CURRENT.version(),
                environment.name().toLowerCase(Locale.ROOT));
    }

    /** Returns the names of a variable of the exporters, for both signals and each of them. */
    private static List<String> exporter(String suffix) {
        return List.of(
                "OTEL_EXPORTER_OTLP_" + suffix,
                "OTEL_EXPORTER_OTLP_TRACES_" + suffix,
                "OTEL_EXPORTER_OTLP_METRICS_" + suffix);
    }

    private void checkExporters() {
        exporter("ENDPOINT").forEach(name -> settings.value(name, TelemetryConfig::parseEndpoint));
        exporter("PROTOCOL")
                .forEach(name -> oneOf(
                        name,
                        List.of(PROTOCOL),
                        ": dealbrain sends OTLP over HTTP only, usually to port 4318 of a collector"));
        exporter("COMPRESSION").forEach(name -> oneOf(name, List.of("gzip", NONE), ""));
        exporter("HEADERS").forEach(this::checkPairs);
        exporter("TIMEOUT").forEach(name -> settings.number(name, 10_000, 1, HOUR_MS));
        List.of("CERTIFICATE", "CLIENT_KEY", "CLIENT_CERTIFICATE")
                .forEach(suffix -> exporter(suffix).forEach(this::checkFile));
        oneOf("OTEL_TRACES_EXPORTER", List.of(OTLP, NONE), "");
        oneOf("OTEL_METRICS_EXPORTER", List.of(OTLP, NONE), ": Prometheus reads /metrics");
        oneOf("OTEL_LOGS_EXPORTER", List.of(NONE), ": dealbrain writes its log to the standard output");
    }

    private void checkTraces() {
        oneOf("OTEL_SDK_DISABLED", List.of("true", "false"), "");
        oneOf("OTEL_TRACES_SAMPLER", SAMPLERS, "");
        settings.value("OTEL_TRACES_SAMPLER_ARG", TelemetryConfig::parseRatio);
        settings.value("OTEL_PROPAGATORS", TelemetryConfig::parsePropagators);
        oneOf("OTEL_METRICS_EXEMPLAR_FILTER", List.of("always_on", "always_off", "trace_based"), "");
        oneOf("OTEL_EXPORTER_OTLP_METRICS_TEMPORALITY_PREFERENCE", List.of("cumulative", "delta", "lowmemory"), "");
    }

    private void checkNumbers() {
        settings.number("OTEL_METRIC_EXPORT_INTERVAL", 15_000, 100, HOUR_MS);
        settings.number("OTEL_METRIC_EXPORT_TIMEOUT", 30_000, 1, HOUR_MS);
        settings.number("OTEL_BSP_SCHEDULE_DELAY", 1000, 1, HOUR_MS);
        settings.number("OTEL_BSP_EXPORT_TIMEOUT", 30_000, 1, HOUR_MS);
        int queue = settings.number(QUEUE_SIZE, 2048, 1, 1_000_000);
        int batch = settings.number(BATCH_SIZE, Math.min(512, queue), 1, 1_000_000);
        settings.require(batch <= queue, BATCH_SIZE, "must not be greater than " + QUEUE_SIZE + ", " + queue);
        LIMITS.forEach(name -> settings.number(name, 128, 1, Integer.MAX_VALUE));
    }

    private static String refuseFile(String file) {
        throw new IllegalArgumentException("is not supported, was " + file + ": set the other variables instead");
    }

    private void oneOf(String name, List<String> allowed, String advice) {
        settings.value(name, text -> {
            if (!allowed.contains(text.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException(
                        "must be " + String.join(" or ", allowed) + ", was " + text + advice);
            }
            return text;
        });
    }

    /** Headers may contain secrets, which the message must not show. */
    private void checkPairs(String name) {
        settings.value(name, text -> {
            if (!Arrays.stream(text.split(",", -1)).allMatch(pair -> pair.matches("\\s*[^=\\s]+\\s*=.*"))) {
                throw new IllegalArgumentException(
                        "must be pairs such as name=value, separated by commas; a comma in a value is percent-encoded");
            }
            return text;
        });
    }

    private void checkFile(String name) {
        settings.value(name, text -> {
            if (!Files.isReadable(Path.of(text))) {
                throw new IllegalArgumentException("must be a readable file, was " + text);
            }
            return text;
        });
    }

    private static String parseEndpoint(String text) {
        if (!text.matches("(?i:https?)://[^\\s/?#@]+(/[^\\s?#]*)?")) {
            throw new IllegalArgumentException("must be an http or https URL, such as http://collector:4318");
        }
        return text;
    }

    private static double parseRatio(String text) {
        if (!text.matches("0(\\.\\d+)?|1(\\.0+)?")) {
            throw new IllegalArgumentException("must be a number between 0 and 1, such as 0.1, was " + text);
        }
        return Double.parseDouble(text);
    }

    private static List<String> parsePropagators(String text) {
        List<String> names =
                Arrays.stream(text.split(",", -1)).map(String::strip).toList();
        if (!Set.of("tracecontext", "baggage", NONE).containsAll(names)) {
            throw new IllegalArgumentException("must be tracecontext, baggage or none, was " + text);
        }
        return names;
    }

    private Map<String, String> properties() {
        Map<String, String> properties = new HashMap<>();
        properties.put("otel.exporter.otlp.protocol", PROTOCOL);
        properties.put("otel.bsp.schedule.delay", "1000"); // the longest time that a span waits for others
        properties.put("otel.metric.export.interval", "15000");
        properties.put("otel.propagators", "tracecontext");
        properties.put("otel.logs.exporter", NONE);
        properties.put("otel.traces.exporter", defaultExporter("TRACES"));
        properties.put("otel.metrics.exporter", defaultExporter("METRICS"));
        if (settings.text("OTEL_RESOURCE_ATTRIBUTES")
                .filter(pairs -> pairs.matches("(.*,)?\\s*service\\.name\\s*=.*"))
                .isEmpty()) {
            properties.put("otel.service.name", "dealbrain");
        }
        settings.withPrefix("OTEL_").forEach((name, value) -> properties.put(property(name), value));
        if ("true".equalsIgnoreCase(properties.get("otel.sdk.disabled"))) {
            properties.put("otel.sdk.disabled", "false"); // the SDK still collects the metrics for /metrics and /ops
            properties.put("otel.traces.exporter", NONE);
            properties.put("otel.metrics.exporter", NONE);
        }
        return properties;
    }

    /** Without an endpoint nothing is exported, although the SDK has a default for it. */
    private String defaultExporter(String signal) {
        boolean isSet = settings.text(ENDPOINT).isPresent()
                || settings.text("OTEL_EXPORTER_OTLP_" + signal + "_ENDPOINT").isPresent();
        return isSet ? OTLP : NONE;
    }

    private static String property(String variable) {
        return variable.toLowerCase(Locale.ROOT).replace('_', '.');
    }

    /** Returns the variables that have no effect here, such as those of logs and of other languages. */
    private Set<String> unknown() {
        Set<String> unknown = new TreeSet<>(settings.withPrefix("OTEL_").keySet());
        List<String> known = new ArrayList<>(OTHERS);
        known.addAll(LIMITS);
        EXPORTER.forEach(suffix -> known.addAll(exporter(suffix)));
        known.forEach(unknown::remove);
        return unknown;
    }
}
