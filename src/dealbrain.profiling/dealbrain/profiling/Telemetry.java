package dealbrain.profiling;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.exporter.otlp.http.metrics.OtlpHttpMetricExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.OpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.metrics.SdkMeterProvider;
import io.opentelemetry.sdk.metrics.SdkMeterProviderBuilder;
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
 * The OpenTelemetry SDK, wired by hand. Metrics are always kept, for {@link #prometheusText}; with an endpoint they are sent there
 * too, and spans are made and sent. Safe for use by many threads.
 */
public final class Telemetry implements AutoCloseable {
    /** Spans wait for others to be sent with, but no longer. */
    private static final Duration GATHERED = Duration.ofSeconds(1);

    private static final int LAST_SECONDS = 5;

    private final OpenTelemetrySdk sdk;
    private final PullReader reader;
    private final Resource resource;
    private final boolean tracing;

    private Telemetry(OpenTelemetrySdk sdk, PullReader reader, Resource resource, boolean tracing) {
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
        PullReader reader = new PullReader();
        SdkMeterProviderBuilder meters =
                SdkMeterProvider.builder().setResource(resource).registerMetricReader(reader);
        OpenTelemetrySdkBuilder sdk = OpenTelemetrySdk.builder()
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()));
        options.endpoint().ifPresent(endpoint -> {
            meters.registerMetricReader(PeriodicMetricReader.builder(OtlpHttpMetricExporter.builder()
                            .setEndpoint(endpoint + "/v1/metrics")
                            .build())
                    .setInterval(options.every())
                    .build());
            sdk.setTracerProvider(SdkTracerProvider.builder()
                    .setResource(resource)
                    .setSampler(Sampler.parentBased(Sampler.alwaysOn()))
                    .addSpanProcessor(BatchSpanProcessor.builder(OtlpHttpSpanExporter.builder()
                                    .setEndpoint(endpoint + "/v1/traces")
                                    .build())
                            .setScheduleDelay(GATHERED)
                            .build())
                    .build());
        });
        OpenTelemetrySdk made = sdk.setMeterProvider(meters.build()).build();
        JvmMetrics.observe(made.getMeter(StatementTelemetry.SCOPE));
        return new Telemetry(made, reader, resource, options.endpoint().isPresent());
    }

    /** What makes spans and metrics; spans go nowhere and cost next to nothing without an endpoint. */
    public OpenTelemetry api() {
        return sdk;
    }

    /**
     * Has a figure that only grows, and that somebody else keeps, among the metrics.
     *
     * @param readings asked for whenever the metrics are read: quick, and safe for use by many threads
     */
    public void counter(String name, String description, Supplier<List<Reading>> readings) {
        var _ = sdk.getMeter(StatementTelemetry.SCOPE)
                .counterBuilder(name)
                .setDescription(description)
                .buildWithCallback(it -> readings.get().forEach(each -> it.record(each.value(), each.attributes())));
    }

    /** Has a figure that goes up and down, and that somebody else keeps, among the metrics; see {@link #counter}. */
    public void gauge(String name, String description, Supplier<List<Reading>> readings) {
        var _ = sdk.getMeter(StatementTelemetry.SCOPE)
                .gaugeBuilder(name)
                .ofLongs()
                .setDescription(description)
                .buildWithCallback(it -> readings.get().forEach(each -> it.record(each.value(), each.attributes())));
    }

    /** Whether anybody takes the spans. */
    public boolean isTracing() {
        return tracing;
    }

    /** All metrics in the text format of Prometheus, version 0.0.4. */
    public String prometheusText() {
        return PrometheusText.of(reader.collect(), resource);
    }

    /** Sends what is waiting, for five seconds at most. */
    @Override
    public void close() {
        sdk.shutdown().join(LAST_SECONDS, TimeUnit.SECONDS);
    }
}
