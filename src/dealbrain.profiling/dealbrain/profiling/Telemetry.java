package dealbrain.profiling;

import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.metrics.ObservableLongMeasurement;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdkBuilder;
import io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException;
import io.opentelemetry.sdk.resources.Resource;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The OpenTelemetry SDK, configured by its own properties. Metrics are always recorded, for {@link #prometheusText}.
 * Metrics and spans are exported if there is an exporter for them. Thread-safe.
 */
public final class Telemetry implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Telemetry.class);
    private static final Pattern PROPERTY = Pattern.compile("\\botel(\\.[a-z]+)+");
    private static final int CLOSE_SECONDS = 5;

    private final OpenTelemetrySdk sdk;
    private final PullMetricReader reader;
    private final Resource resource;
    private final TelemetryOptions options;

    private Telemetry(OpenTelemetrySdk sdk, PullMetricReader reader, Resource resource, TelemetryOptions options) {
        this.sdk = sdk;
        this.reader = reader;
        this.resource = resource;
        this.options = options;
    }

    /** @throws TelemetryException a property is invalid */
    static Telemetry start(TelemetryOptions options) {
        if (!options.ignored().isEmpty()) {
            LOG.atWarn()
                    .addKeyValue("variables", String.join(" ", new TreeSet<>(options.ignored())))
                    .log("OpenTelemetry variables have no effect");
        }
        PullMetricReader reader = new PullMetricReader();
        AtomicReference<Resource> resource = new AtomicReference<>(Resource.empty());
        OpenTelemetrySdk sdk = build(AutoConfiguredOpenTelemetrySdk.builder()
                .disableShutdownHook()
                .addPropertiesCustomizer(_ -> options.properties())
                .addResourceCustomizer((given, _) -> {
                    resource.set(defaultResource(options).merge(given));
                    return resource.get();
                })
                .addMeterProviderCustomizer((meters, _) -> meters.registerMetricReader(reader)));
        JvmMetrics.register(sdk.getMeter(StatementTelemetry.SCOPE));
        return new Telemetry(sdk, reader, resource.get(), options);
    }

    private static OpenTelemetrySdk build(AutoConfiguredOpenTelemetrySdkBuilder builder) {
        try {
            return builder.build().getOpenTelemetrySdk();
        } catch (ConfigurationException | IllegalArgumentException e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            throw new TelemetryException(withVariables(e.getMessage() + " (" + cause.getMessage() + ")"), e);
        }
    }

    /** Names the properties of the SDK by their environment variables. */
    private static String withVariables(String message) {
        return PROPERTY.matcher(message)
                .replaceAll(found -> found.group().toUpperCase(Locale.ROOT).replace('.', '_'));
    }

    /** The attributes that {@code OTEL_RESOURCE_ATTRIBUTES} can replace. */
    private static Resource defaultResource(TelemetryOptions options) {
        return Resource.create(Attributes.builder()
                .put("service.version", options.version())
                .put("service.instance.id", UUID.randomUUID().toString())
                .put("deployment.environment.name", options.environment())
                .build());
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
        return !"none".equals(options.properties().get("otel.traces.exporter"));
    }

    /** Returns whether the traces of clients are continued ({@code traceparent}). */
    public boolean acceptsTraceContext() {
        return options.properties().getOrDefault("otel.propagators", "").contains("tracecontext");
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
