package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.profiling.TelemetryOptions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TelemetryConfigTest {
    private static TelemetryOptions options(Map<String, String> variables) {
        return Config.from(variables).observability().telemetry();
    }

    private static String exporter(String signal, Map<String, String> variables) {
        return options(variables).properties().get("otel." + signal + ".exporter");
    }

    @Test
    void exportsASignalOnlyIfItHasAnEndpointOrAnExporter() {
        assertEquals("none", exporter("traces", Map.of()));
        assertEquals("none", exporter("metrics", Map.of()));
        Map<String, String> both = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318");
        assertEquals("otlp", exporter("traces", both));
        assertEquals("otlp", exporter("metrics", both));
        Map<String, String> one = Map.of("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://collector:4318/v1/traces");
        assertEquals("otlp", exporter("traces", one));
        assertEquals("none", exporter("metrics", one));
        assertEquals("otlp", exporter("metrics", Map.of("OTEL_METRICS_EXPORTER", "otlp")));
    }

    @Test
    void exportsNothingIfTheSdkIsDisabled() {
        Map<String, String> disabled = Map.of(
                "OTEL_EXPORTER_OTLP_ENDPOINT", "http://collector:4318",
                "OTEL_TRACES_EXPORTER", "otlp",
                "OTEL_SDK_DISABLED", "TRUE");
        assertEquals("none", exporter("traces", disabled));
        assertEquals("none", exporter("metrics", disabled));
    }

    @Test
    void passesOnAllVariablesAndReportsThoseWithoutEffect() {
        TelemetryOptions options = options(Map.of(
                "OTEL_BSP_MAX_QUEUE_SIZE", "100",
                "OTEL_RESOURCE_ATTRIBUTES", "service.name=deals,team=pc",
                "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "http://collector:4318/v1/logs",
                "OTEL_EXPORTER_OTLP_HEADER", "a=b"));

        assertEquals("100", options.properties().get("otel.bsp.max.queue.size"));
        assertEquals("http/protobuf", options.properties().get("otel.exporter.otlp.protocol"));
        assertFalse(options.properties().containsKey("otel.service.name"), "it would win over the attribute");
        assertEquals(Set.of("OTEL_EXPORTER_OTLP_LOGS_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADER"), options.ignored());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "OTEL_EXPORTER_OTLP_PROTOCOL | grpc | must be http/protobuf, was grpc",
                "OTEL_EXPORTER_OTLP_TRACES_PROTOCOL | grpc | must be http/protobuf, was grpc",
                "OTEL_EXPORTER_OTLP_METRICS_PROTOCOL | http/json | must be http/protobuf, was http/json",
                "OTEL_EXPORTER_OTLP_ENDPOINT | collector:4318 | must be an http or https URL",
                "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT | collector:4318 | must be an http or https URL",
                "OTEL_EXPORTER_OTLP_COMPRESSION | zstd | must be gzip or none, was zstd",
                "OTEL_EXPORTER_OTLP_TIMEOUT | 10s | must be between 1 and 3600000, was 10s",
                "OTEL_EXPORTER_OTLP_CERTIFICATE | /nowhere.pem | must be a readable file, was /nowhere.pem",
                "OTEL_TRACES_EXPORTER | zipkin | must be otlp or none, was zipkin",
                "OTEL_METRICS_EXPORTER | prometheus | must be otlp or none, was prometheus: Prometheus reads /metrics",
                "OTEL_LOGS_EXPORTER | otlp | must be none, was otlp: dealbrain writes its log to the standard output",
                "OTEL_TRACES_SAMPLER | jaeger_remote | must be always_on or always_off",
                "OTEL_TRACES_SAMPLER_ARG | 1.5 | must be a number between 0 and 1, such as 0.1, was 1.5",
                "OTEL_PROPAGATORS | tracecontext,b3 | must be tracecontext, baggage or none, was tracecontext,b3",
                "OTEL_CONFIG_FILE | /otel.yaml | is not supported, was /otel.yaml: set the other variables instead",
                "OTEL_SDK_DISABLED | yes | must be true or false, was yes",
                "OTEL_METRIC_EXPORT_INTERVAL | 5 | must be between 100 and 3600000, was 5",
                "OTEL_BSP_MAX_EXPORT_BATCH_SIZE | 5000 | must not be greater than OTEL_BSP_MAX_QUEUE_SIZE, 2048",
                "OTEL_SPAN_ATTRIBUTE_COUNT_LIMIT | 0 | must be between 1 and",
                "OTEL_RESOURCE_ATTRIBUTES | team | must be pairs such as name=value",
            })
    void rejectsWhatIsInvalidOrNotSupported(String name, String value, String message) {
        String text = String.valueOf(assertThrows(ConfigException.class, () -> options(Map.of(name, value)))
                .getMessage());
        assertTrue(text.contains(name + " " + message), text);
    }

    @Test
    void showsNoHeaders() {
        Map<String, String> valid = Map.of("OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20topsecret");
        assertFalse(Config.from(valid).observability().toString().contains("topsecret"));
        String text = String.valueOf(assertThrows(
                        ConfigException.class, () -> options(Map.of("OTEL_EXPORTER_OTLP_HEADERS", "Bearer topsecret")))
                .getMessage());
        assertTrue(text.contains("OTEL_EXPORTER_OTLP_HEADERS must be pairs"), text);
        assertFalse(text.contains("topsecret"), text);
    }
}
