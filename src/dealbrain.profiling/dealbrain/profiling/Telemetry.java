package dealbrain.profiling;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.OpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
import io.opentelemetry.sdk.metrics.export.MetricReader;
import io.opentelemetry.sdk.metrics.export.PeriodicMetricReader;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The OpenTelemetry SDK, configured by code. Metrics are always recorded, for {@link #prometheusText}. With an
 * endpoint, metrics and spans are exported to it. Thread-safe.
 */
public final class Telemetry implements AutoCloseable {
    /** The longest time that a span waits for others, to be exported in one batch. */
    private static final Duration BATCH_DELAY = Duration.ofSeconds(1);

    private static final int CLOSE_SECONDS = 5;

    private final OpenTelemetrySdk sdk;
    private final PullMetricReader reader;
    private final Resource resource;
    private final boolean tracing;

    private Telemetry(OpenTelemetrySdk sdk, PullMetricReader reader, Resource resource, boolean tracing) {
        this.sdk = sdk;
        this.reader = reader;
        this.resource = resource;
        this.tracing = tracing;
    }

    static Telemetry start(TelemetryOptions options) {
        Resource resource = Resource.getDefault()
                .merge(Resource.create(Attributes.builder()
                        .put("service.name", options.serviceName())
                        .put("deployment.environment.name", options.environment())
                        .build()));
        PullMetricReader reader = new PullMetricReader();
        SdkMeterProviderBuilder meters =
                SdkMeterProvider.builder().setResource(resource).registerMetricReader(reader);
        OpenTelemetrySdkBuilder sdk = OpenTelemetrySdk.builder()
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        options.endpoint().ifPresent(endpoint -> {
            meters.registerMetricReader(metricExport(endpoint, options.exportInterval()));
            sdk.setTracerProvider(spanExport(endpoint, resource));
        });
        OpenTelemetrySdk built = sdk.setMeterProvider(meters.build()).build();
        JvmMetrics.register(built.getMeter(StatementTelemetry.SCOPE));
        return new Telemetry(built, reader, resource, options.endpoint().isPresent());
    }

    private static MetricReader metricExport(String endpoint, Duration interval) {
        return PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                        .setEndpoint(endpoint + "/v1/metrics")
                        .build())
                .setInterval(interval)
                .build();
    }

    private static SdkTracerProvider spanExport(String endpoint, Resource resource) {
        return SdkTracerProvider.builder()
                .setResource(resource)
                .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                .setEndpoint(endpoint + "/v1/traces")
                                .build())
                        .setScheduleDelay(BATCH_DELAY)
                        .build())
                .build();
    }

    /** Returns the API to record metrics and spans; without an endpoint, spans are not recorded. */
    public OpenTelemetry api() {
        return sdk;
    }

    /**
     * Adds a metric that only grows.
     *
     * @param measurements called at each collection of the metrics, from any thread; must be fast
     */
    public void counter(String name, String description, Supplier<List<Measurement>> measurements) {
        var _ = sdk.getMeter(StatementTelemetry.SCOPE)
                .counterBuilder(name)
                .setDescription(description)
                .buildWithCallback(it -> record(it, measurements.get()));
    }

    /** Adds a metric that grows and shrinks; otherwise as {@link #counter}. */
    public void gauge(String name, String description, Supplier<List<Measurement>> measurements) {
        var _ = sdk.getMeter(StatementTelemetry.SCOPE)
                .gaugeBuilder(name)
                .ofLongs()
                .setDescription(description)
                .buildWithCallback(it -> record(it, measurements.get()));
    }

    private static void record(ObservableLongMeasurement metric, List<Measurement> measurements) {
        measurements.forEach(each -> metric.record(each.value(), each.attributes()));
    }

    /** Returns whether spans are exported. */
    public boolean isTracing() {
        return tracing;
    }

    /** Returns all metrics in Prometheus' text format, version 0.0.4. */
    public String prometheusText() {
        return PrometheusText.of(reader.collect(), resource);
    }

    /** Exports the metrics and spans that are waiting, for at most five seconds. */
    @Override
    public void close() {
        sdk.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
    }
}
