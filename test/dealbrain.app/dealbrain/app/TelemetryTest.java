package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.TestDatabase;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TelemetryTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Order(0)
    @RegisterExtension
    static final OtlpCollector collector = new OtlpCollector();

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(
            database,
            Map.of(
                    "OTEL_EXPORTER_OTLP_ENDPOINT",
                    collector.url(),
                    "OTEL_SERVICE_NAME",
                    "deals-under-test",
                    "OTEL_METRIC_EXPORT_INTERVAL",
                    "300",
                    "SLOW_QUERY_THRESHOLD_MS",
                    "1"));

    private static Api ada;
    private static JsonNode share;

    @BeforeAll
    static void someTraffic() {
        ada = application.api().signUp("ada");
        long listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny PC\"}")
                .json()
                .path("id")
                .asLong();
        share = ada.post("/api/v1/listings/" + listing + "/shares", "{}").json();
    }

    private static List<Span> spansOf(String traceId) {
        return collector.spans().stream()
                .filter(span -> HexFormat.of()
                        .formatHex(span.getTraceId().toByteArray())
                        .equals(traceId))
                .toList();
    }

    private static Span server(String name, String traceId) {
        return OtlpCollector.await(() -> spansOf(traceId).stream()
                        .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_SERVER
                                && span.getName().equals(name))
                        .toList())
                .getFirst();
    }

    @Test
    void exportsSpansOfRequestAndStatementsInTheTraceOfTheClient() {
        ada.get("/api/v1/listings?limit=1", "traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");

        Span request = server("GET /api/v1/listings", TRACE);
        assertEquals(
                "00f067aa0ba902b7",
                HexFormat.of().formatHex(request.getParentSpanId().toByteArray()));
        Map<String, Object> attributes = OtlpCollector.attributes(request.getAttributesList());
        assertEquals("GET", attributes.get("http.request.method"));
        assertEquals("/api/v1/listings", attributes.get("http.route"));
        assertEquals(200L, attributes.get("http.response.status_code"));
        assertEquals(ada.get("/api/v1/users/me").json().path("id").asText(), attributes.get("enduser.id"));

        List<Span> statements = spansOf(TRACE).stream()
                .filter(span -> span.getKind() == Span.SpanKind.SPAN_KIND_CLIENT)
                .toList();
        assertEquals(
                List.of("SELECT access_token", "SELECT listing"),
                statements.stream().map(Span::getName).sorted().toList());
        statements.forEach(span -> assertEquals(request.getSpanId(), span.getParentSpanId()));
        Map<String, Object> statement =
                OtlpCollector.attributes(statements.getLast().getAttributesList());
        assertEquals("postgresql", statement.get("db.system.name"));
        assertEquals("SELECT", statement.get("db.operation.name"));
        assertEquals("listing", statement.get("db.collection.name"));
        assertEquals("SELECT listing", statement.get("db.query.summary"));
        assertTrue(statement.get("db.query.text").toString().contains("LIMIT :limit"), statement::toString);
        assertEquals("deals-under-test", collector.resource().get("service.name"));
        assertEquals("test", collector.resource().get("deployment.environment.name"));
    }

    @Test
    void recordsNoSpansIfTheClientDoesNotSample() {
        String unsampled = "5bf92f3577b34da6a3ce929d0e0e4736";
        String sampled = "6bf92f3577b34da6a3ce929d0e0e4736";
        ada.get("/api/v1/users/me", "traceparent", "00-" + unsampled + "-00f067aa0ba902b7-00");
        ada.get("/api/v1/users/me", "traceparent", "00-" + sampled + "-00f067aa0ba902b7-01");

        server("GET /api/v1/users/me", sampled); // would arrive after the other
        assertEquals(List.of(), spansOf(unsampled));
    }

    @Test
    void recordsASlowStatementAsAnEvent() throws InterruptedException {
        String trace = "7bf92f3577b34da6a3ce929d0e0e4736";
        database.jdbi().useTransaction(handle -> {
            handle.execute("LOCK TABLE listing IN ACCESS EXCLUSIVE MODE");
            Thread waits = Thread.startVirtualThread(
                    () -> ada.get("/api/v1/listings", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01"));
            OtlpCollector.await(() -> handle.createQuery("SELECT pid FROM pg_locks WHERE NOT granted")
                    .mapTo(Integer.class)
                    .list());
            handle.execute("SELECT pg_sleep(0.002)");
            handle.rollback();
            waits.join();
        });

        server("GET /api/v1/listings", trace);
        Span slow = spansOf(trace).stream()
                .filter(span -> span.getName().equals("SELECT listing"))
                .findFirst()
                .orElseThrow();
        Span.Event event = slow.getEvents(0);
        assertEquals("slow_query", event.getName());
        assertTrue((double) OtlpCollector.attributes(event.getAttributesList()).get("db.duration_ms") > 1);
    }

    @Test
    void recordsOnlyThePrefixOfAShareToken() {
        String trace = "8bf92f3577b34da6a3ce929d0e0e4736";
        String token = share.path("share_token").asText();
        application
                .api()
                .get(
                        "/api/v1/deals/" + share.path("listing_id").asLong() + "/" + token,
                        "traceparent",
                        "00-" + trace + "-00f067aa0ba902b7-01");

        Span request = server("GET /api/v1/deals/{listing_id}/{share_token}", trace);
        Map<String, Object> attributes = OtlpCollector.attributes(request.getAttributesList());
        assertEquals(token.substring(0, 8), attributes.get("share_token"));
        assertEquals(share.path("listing_id").asText(), attributes.get("listing_id"));
        assertFalse(collector.spans().toString().contains(token));
        assertFalse(collector.spans().toString().contains(String.valueOf(ada.token())));
    }

    @Test
    void exportsMetricsByTheConventions() {
        ada.get("/api/v1/users/me");
        application.api().get("/api/v1/no/such/path");

        List<HistogramDataPoint> requests = OtlpCollector.await(() -> points("http.server.request.duration").stream()
                .filter(point ->
                        OtlpCollector.attributes(point.getAttributesList()).containsValue("_other"))
                .toList());
        assertEquals(
                404L,
                OtlpCollector.attributes(requests.getFirst().getAttributesList())
                        .get("http.response.status_code"));
        assertTrue(points("http.server.request.duration").stream()
                .map(point -> OtlpCollector.attributes(point.getAttributesList()))
                .anyMatch(it -> "/api/v1/users/me".equals(it.get("http.route"))
                        && it.get("http.request.method").equals("GET")));
        assertTrue(points("db.client.operation.duration").stream()
                .map(point -> OtlpCollector.attributes(point.getAttributesList()))
                .anyMatch(it -> "SELECT access_token".equals(it.get("db.query.summary"))));
        Set<String> names = collector.metrics().keySet();
        for (String name : List.of(
                "db.client.connection.count",
                "db.client.connection.max",
                "db.client.connection.pending_requests",
                "db.client.connection.wait_time",
                "db.client.connection.use_time",
                "db.client.connection.timeouts",
                "dealbrain.db.slow_statements",
                "dealbrain.db.repeated_statements",
                "jvm.memory.used",
                "jvm.thread.count",
                "jvm.cpu.time",
                "http.server.active_requests")) {
            assertTrue(names.contains(name), () -> name + " is not among " + names);
        }
    }

    private static List<HistogramDataPoint> points(String name) {
        return collector.metrics().containsKey(name)
                ? collector.metrics().get(name).getHistogram().getDataPointsList()
                : List.of();
    }
}
