package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.operations.Version;
import dealbrain.testing.TestDatabase;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a collector receives for the variables of OpenTelemetry. */
class TelemetryExportTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final OtlpCollector collector = new OtlpCollector();

    @AfterEach
    void stopCollector() {
        collector.stop();
    }

    /** Runs the application with these variables, lets {@code work} use it, and stops it, which exports the rest. */
    private void run(Map<String, String> variables, Consumer<RunningApplication> work) throws Exception {
        Map<String, String> all = new HashMap<>(variables);
        all.putIfAbsent("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url());
        RunningApplication application = new RunningApplication(database, all);
        application.start();
        try {
            work.accept(application);
        } finally {
            application.stop();
        }
    }

    private static void read(RunningApplication application) {
        int status = application
                .api()
                .get("/api/v1/listings/1", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01")
                .status();
        assertEquals(401, status);
    }

    @Test
    void hasHeadersCompressionAndResource() throws Exception {
        run(
                Map.of(
                        "OTEL_EXPORTER_OTLP_HEADERS", "authorization=Bearer%20abc,x-team=pc",
                        "OTEL_EXPORTER_OTLP_METRICS_HEADERS", "x-team=metrics",
                        "OTEL_EXPORTER_OTLP_COMPRESSION", "gzip",
                        "OTEL_RESOURCE_ATTRIBUTES", "service.name=deals,team=p%2Cc,deployment.environment.name=blue"),
                TelemetryExportTest::read);

        assertEquals("Bearer abc", collector.header("/v1/traces", "Authorization"));
        assertEquals("pc", collector.header("/v1/traces", "X-Team"));
        assertEquals("metrics", collector.header("/v1/metrics", "X-Team"));
        assertEquals("gzip", collector.header("/v1/traces", "Content-Encoding"));
        assertEquals("gzip", collector.header("/v1/metrics", "Content-Encoding"));
        Map<String, Object> resource = collector.resource();
        assertEquals("deals", resource.get("service.name"));
        assertEquals("p,c", resource.get("team"));
        assertEquals("blue", resource.get("deployment.environment.name"));
        assertEquals(Version.CURRENT.version(), resource.get("service.version"));
        assertEquals(
                4,
                UUID.fromString(String.valueOf(resource.get("service.instance.id")))
                        .version());
        assertTrue(collector.metrics().containsKey("http.server.request.duration"));
    }

    @Test
    void goesToTheEndpointOfEachSignal() throws Exception {
        run(
                Map.of(
                        "OTEL_EXPORTER_OTLP_ENDPOINT", "http://127.0.0.1:1",
                        "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", collector.url() + "/elsewhere/traces",
                        "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", collector.url() + "/v1/metrics"),
                TelemetryExportTest::read);

        assertFalse(collector.spans().isEmpty());
        assertEquals(List.of("/elsewhere/traces", "/v1/metrics"), collector.paths());
    }

    @Test
    void appendsThePathOfTheSignalToTheEndpoint() throws Exception {
        run(Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", collector.url() + "/base/"), TelemetryExportTest::read);

        assertEquals(List.of("/base/v1/metrics", "/base/v1/traces"), collector.paths());
    }

    @Test
    void isNothingOfASignalWithoutExporter() throws Exception {
        run(Map.of("OTEL_TRACES_EXPORTER", "none"), TelemetryExportTest::read);
        assertEquals(List.of("/v1/metrics"), collector.paths());
    }

    @Test
    void isNothingIfTheSdkIsDisabledButMetricsCanBeRead() throws Exception {
        run(Map.of("OTEL_SDK_DISABLED", "true"), application -> {
            read(application);
            String metrics = application.api().get("/metrics").text();
            assertTrue(metrics.contains("http_server_request_duration_seconds"), metrics);
        });
        assertEquals(List.of(), collector.paths());
    }

    @Test
    void isSampledAsConfigured() throws Exception {
        run(Map.of("OTEL_TRACES_SAMPLER", "always_off", "OTEL_METRICS_EXPORTER", "none"), TelemetryExportTest::read);
        assertEquals(List.of(), collector.spans());
        run(Map.of("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", "0"), TelemetryExportTest::read);
        assertEquals(List.of(), collector.spans());
        run(Map.of("OTEL_TRACES_SAMPLER", "traceidratio", "OTEL_TRACES_SAMPLER_ARG", "1"), TelemetryExportTest::read);
        assertFalse(collector.spans().isEmpty());
    }

    @Test
    void continuesTheTraceOfTheClientUnlessPropagationIsOff() throws Exception {
        run(Map.of("OTEL_PROPAGATORS", "none"), TelemetryExportTest::read);
        assertFalse(collector.spans().isEmpty());
        assertFalse(collector.spans().stream()
                .map(TelemetryExportTest::trace)
                .toList()
                .contains(TRACE));

        run(Map.of("OTEL_PROPAGATORS", "tracecontext,baggage"), TelemetryExportTest::read);
        assertTrue(collector.spans().stream()
                .map(TelemetryExportTest::trace)
                .toList()
                .contains(TRACE));
    }

    private static String trace(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    @Test
    void hasShortAttributesIfTheirLengthIsLimited() throws Exception {
        run(Map.of("OTEL_ATTRIBUTE_VALUE_LENGTH_LIMIT", "5"), TelemetryExportTest::read);
        assertFalse(collector.spans().isEmpty());
        collector
                .spans()
                .forEach(span -> OtlpCollector.attributes(span.getAttributesList())
                        .values()
                        .forEach(value ->
                                assertTrue(!(value instanceof String text) || text.length() <= 5, span::toString)));
    }
}
