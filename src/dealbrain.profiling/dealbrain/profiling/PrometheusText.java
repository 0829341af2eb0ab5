package dealbrain.profiling;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.sdk.metrics.data.DoublePointData;
import io.opentelemetry.sdk.metrics.data.HistogramPointData;
import io.opentelemetry.sdk.metrics.data.LongPointData;
import io.opentelemetry.sdk.metrics.data.MetricData;
import io.opentelemetry.sdk.metrics.data.PointData;
import io.opentelemetry.sdk.resources.Resource;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Writes metrics in Prometheus' text format, version 0.0.4. Names are converted by OpenTelemetry's specification
 * "Prometheus and OpenMetrics Compatibility": {@code http.server.request.duration} in {@code s} becomes
 * {@code http_server_request_duration_seconds}.
 */
final class PrometheusText {
    private static final Map<String, String> UNITS = Map.of("s", "_seconds", "By", "_bytes", "1", "_ratio");

    private final StringBuilder out = new StringBuilder(16_384);

    private PrometheusText() {}

    static String of(Collection<MetricData> metrics, Resource resource) {
        PrometheusText text = new PrometheusText();
        Map<String, MetricData> sorted = new TreeMap<>();
        metrics.forEach(metric -> sorted.put(metric.getName(), metric));
        sorted.values().forEach(text::metric);
        text.head("target_info", "gauge", "The resource attributes of this instance.");
        text.sample("target_info", resource.getAttributes(), "", "1");
        return text.out.toString();
    }

    private void metric(MetricData metric) {
        String base = metric.getName().replaceAll("[^a-zA-Z0-9]", "_") + UNITS.getOrDefault(metric.getUnit(), "");
        switch (metric.getType()) {
            case LONG_GAUGE ->
                points(metric, base, "gauge", metric.getLongGaugeData().getPoints(), this::number);
            case DOUBLE_GAUGE ->
                points(metric, base, "gauge", metric.getDoubleGaugeData().getPoints(), this::number);
            case LONG_SUM ->
                sum(
                        metric,
                        base,
                        metric.getLongSumData().isMonotonic(),
                        metric.getLongSumData().getPoints(),
                        this::number);
            case DOUBLE_SUM ->
                sum(
                        metric,
                        base,
                        metric.getDoubleSumData().isMonotonic(),
                        metric.getDoubleSumData().getPoints(),
                        this::number);
            case HISTOGRAM ->
                points(metric, base, "histogram", metric.getHistogramData().getPoints(), this::histogram);
            case SUMMARY, EXPONENTIAL_HISTOGRAM ->
                throw new IllegalStateException("metrics of this type are not supported: " + metric.getName());
        }
    }

    private <P extends PointData> void sum(
            MetricData metric, String base, boolean monotonic, Collection<P> points, BiConsumer<String, P> write) {
        points(metric, monotonic ? base + "_total" : base, monotonic ? "counter" : "gauge", points, write);
    }

    private <P extends PointData> void points(
            MetricData metric, String name, String type, Collection<P> points, BiConsumer<String, P> write) {
        if (!points.isEmpty()) {
            head(name, type, metric.getDescription());
            points.forEach(point -> write.accept(name, point));
        }
    }

    private void head(String name, String type, String help) {
        out.append("# HELP ")
                .append(name)
                .append(' ')
                .append(help.replace("\\", "\\\\").replace("\n", "\\n"))
                .append('\n');
        out.append("# TYPE ").append(name).append(' ').append(type).append('\n');
    }

    private void number(String name, LongPointData point) {
        sample(name, point.getAttributes(), "", Long.toString(point.getValue()));
    }

    private void number(String name, DoublePointData point) {
        sample(name, point.getAttributes(), "", text(point.getValue()));
    }

    /** Adds up the counts: a Prometheus bucket includes all smaller ones, an OpenTelemetry bucket does not. */
    private void histogram(String name, HistogramPointData point) {
        long cumulative = 0;
        for (int i = 0; i < point.getCounts().size(); i++) {
            cumulative += point.getCounts().get(i);
            String limit = i < point.getBoundaries().size()
                    ? text(point.getBoundaries().get(i))
                    : "+Inf";
            sample(name + "_bucket", point.getAttributes(), "le=\"" + limit + "\"", Long.toString(cumulative));
        }
        sample(name + "_sum", point.getAttributes(), "", text(point.getSum()));
        sample(name + "_count", point.getAttributes(), "", Long.toString(point.getCount()));
    }

    private void sample(String name, Attributes attributes, String lastLabel, String value) {
        StringBuilder labels = new StringBuilder();
        attributes.forEach((key, it) -> label(labels, key, it));
        labels.append(lastLabel);
        out.append(name);
        if (!labels.isEmpty()) {
            out.append('{')
                    .append(labels, 0, labels.length() - (lastLabel.isEmpty() ? 1 : 0))
                    .append('}');
        }
        out.append(' ').append(value).append('\n');
    }

    private static void label(StringBuilder labels, AttributeKey<?> key, Object value) {
        labels.append(key.getKey().replaceAll("[^a-zA-Z0-9]", "_"))
                .append("=\"")
                .append(value.toString()
                        .replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n"))
                .append("\",");
    }

    private static String text(double value) {
        if (value == Double.POSITIVE_INFINITY) {
            return "+Inf";
        }
        return value == Double.NEGATIVE_INFINITY ? "-Inf" : Double.toString(value);
    }
}
