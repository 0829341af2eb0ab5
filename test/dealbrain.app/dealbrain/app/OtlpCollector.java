package dealbrain.app;

import com.google.protobuf.InvalidProtocolBufferException;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dealbrain.testing.Await;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** An OpenTelemetry collector: receives spans and metrics as OTLP protobuf over HTTP. */
final class OtlpCollector implements AfterAllCallback {
    private final HttpServer server;
    private final List<ExportTraceServiceRequest> traces = new CopyOnWriteArrayList<>();
    private final List<ExportMetricsServiceRequest> metrics = new CopyOnWriteArrayList<>();
    /** The headers of the last request to each path. */
    private final Map<String, Headers> headers = new ConcurrentSkipListMap<>();

    OtlpCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            boolean isMetrics = exchange.getRequestURI().getPath().endsWith("metrics");
            receive(
                    exchange,
                    isMetrics
                            ? body -> metrics.add(ExportMetricsServiceRequest.parseFrom(body))
                            : body -> traces.add(ExportTraceServiceRequest.parseFrom(body)));
        });
        server.start();
    }

    @FunctionalInterface
    private interface Parser {
        void parse(byte[] body) throws InvalidProtocolBufferException;
    }

    private void receive(HttpExchange exchange, Parser parser) throws IOException {
        headers.put(exchange.getRequestURI().getPath(), exchange.getRequestHeaders());
        boolean isCompressed = "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"));
        InputStream body = exchange.getRequestBody();
        parser.parse((isCompressed ? new GZIPInputStream(body) : body).readAllBytes());
        exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /**
     * Stops the collector. It is registered before the application, so that it receives the data that the application
     * sends at shutdown.
     */
    @Override
    public void afterAll(ExtensionContext context) {
        stop();
    }

    void stop() {
        server.stop(0);
    }

    /** Returns the paths of all requests, sorted. */
    List<String> paths() {
        return List.copyOf(headers.keySet());
    }

    /** Returns a header of the last request to a path. */
    @Nullable
    String header(String path, String name) {
        return headers.getOrDefault(path, new Headers()).getFirst(name);
    }

    List<Span> spans() {
        return traces.stream()
                .flatMap(request -> request.getResourceSpansList().stream())
                .flatMap(resource -> resource.getScopeSpansList().stream())
                .flatMap(scope -> scope.getSpansList().stream())
                .toList();
    }

    /** Returns the last value of each metric. */
    Map<String, Metric> metrics() {
        Map<String, Metric> byName = new TreeMap<>();
        metrics.stream()
                .flatMap(request -> request.getResourceMetricsList().stream())
                .flatMap(resource -> resource.getScopeMetricsList().stream())
                .flatMap(scope -> scope.getMetricsList().stream())
                .forEach(metric -> byName.put(metric.getName(), metric));
        return byName;
    }

    Map<String, Object> resource() {
        return attributes(traces.getFirst().getResourceSpans(0).getResource().getAttributesList());
    }

    static Map<String, Object> attributes(List<KeyValue> pairs) {
        Map<String, Object> attributes = new TreeMap<>();
        pairs.forEach(pair -> attributes.put(pair.getKey(), value(pair.getValue())));
        return attributes;
    }

    private static Object value(AnyValue value) {
        return switch (value.getValueCase()) {
            case INT_VALUE -> value.getIntValue();
            case BOOL_VALUE -> value.getBoolValue();
            case DOUBLE_VALUE -> value.getDoubleValue();
            default -> value.getStringValue();
        };
    }

    /** Waits for a list that is not empty. */
    static <T> List<T> await(Supplier<List<T>> wanted) {
        AtomicReference<List<T>> found = new AtomicReference<>(List.of());
        Await.until("it is received", () -> {
            found.set(wanted.get());
            return !found.get().isEmpty();
        });
        return found.get();
    }
}
