package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.Api.Response;
import dealbrain.testing.Await;
import dealbrain.testing.LogLines;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OperationsApiTest {
    private static final String METRICS_TOKEN = "a-token-for-the-metrics";

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(
            database, Map.of("DEALBRAIN_ACCESS_LOG", "on", "DEALBRAIN_METRICS_TOKEN", METRICS_TOKEN));

    @RegisterExtension
    final LogLines log = new LogLines("dealbrain");

    private static Api admin;
    private static Api ada;
    private final Api anonymous = application.api();

    @BeforeAll
    static void users() {
        admin = application.admin();
        ada = application.api().signUp("ada");
        ada.get("/api/v1/collections");
    }

    @Test
    void deletesFromTheCacheWithoutRedis() {
        Response response = admin.delete("/api/v1/ops/cache?pattern=*");
        assertEquals(200, response.status());
        assertTrue(response.json().path("deleted").isNumber(), response.text());
    }

    private Response basic(String path, String password) {
        return anonymous.get(
                path,
                "Authorization",
                "Basic " + Base64.getEncoder().encodeToString(("me:" + password).getBytes(StandardCharsets.UTF_8)));
    }

    @Nested
    class SignIn {
        @Test
        void allowsOnlyAdministrators() {
            for (String path : List.of(
                    "/ops",
                    "/api/v1/ops/queries",
                    "/api/v1/ops/requests",
                    "/api/v1/ops/jobs",
                    "/api/v1/ops/settings")) {
                assertEquals(401, anonymous.get(path).status(), path);
                assertEquals(403, ada.get(path).status(), path);
                assertEquals(200, admin.get(path).status(), path);
            }
        }

        @Test
        void acceptsATokenAsTheBasicPasswordForPages() {
            assertTrue(anonymous
                    .get("/ops")
                    .header("WWW-Authenticate")
                    .orElseThrow()
                    .matches("Basic realm=\"[^\"]+\", charset=\"UTF-8\""));
            assertEquals(200, basic("/ops", admin.token()).status());
            assertEquals(403, basic("/ops", ada.token()).status());
            assertEquals(401, basic("/ops", RunningApplication.ADMIN_PASSWORD).status());
            assertEquals(
                    401, anonymous.get("/ops", "Authorization", "Basic %%%").status());
        }

        @Test
        void rejectsBasicForTheApi() {
            assertEquals(401, basic("/api/v1/ops/queries", admin.token()).status());
            assertEquals(401, basic("/api/v1/users/me", admin.token()).status());
            assertEquals(
                    "Bearer",
                    anonymous
                            .get("/api/v1/ops/queries")
                            .header("WWW-Authenticate")
                            .orElseThrow());
        }

        @Test
        void allowsMetricsWithoutATokenFromThisMachine() {
            assertEquals(200, anonymous.get("/metrics").status());
            assertEquals(
                    200,
                    anonymous
                            .get("/metrics", "X-Prometheus-Scrape-Timeout-Seconds", "10")
                            .status());
            assertEquals(
                    200, anonymous.get("/metrics", "Sec-Fetch-Mode", "navigate").status());
            assertEquals(200, basic("/metrics", admin.token()).status());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Forwarded",
                    "Via",
                    "X-Forwarded-For",
                    "X-Forwarded-Proto",
                    "X-Forwarded-Host",
                    "X-Forwarded-Port",
                    "X-Forwarded-Server",
                    "X-Forwarded-Prefix",
                    "x-real-ip",
                    "CF-Connecting-IP",
                    "CF-Ray",
                    "CDN-Loop",
                    "True-Client-IP",
                    "X-Client-IP",
                    "X-Cluster-Client-IP",
                    "X-Original-Forwarded-For",
                    "X-Original-URI",
                    "X-Amzn-Trace-Id",
                    "X-Cloud-Trace-Context",
                    "Fly-Client-IP",
                    "X-Azure-ClientIP",
                    "X-Request-Id",
                    "X-Envoy-External-Address",
                    "Tailscale-User-Login",
                    "traceparent",
                    "X-Any-Other"
                })
        void requiresATokenForMetricsThroughAProxy(String header) {
            assertEquals(401, anonymous.get("/metrics", header, "192.0.2.1").status());
            assertEquals(200, admin.get("/metrics", header, "192.0.2.1").status());
        }

        @Test
        void acceptsATokenWithTheScopeMetricsOnlyThere() {
            Api prometheus = anonymous.signIn("admin", RunningApplication.ADMIN_PASSWORD, "metrics");
            assertEquals(200, prometheus.get("/metrics", "Via", "1.1 proxy").status());
            assertEquals(403, prometheus.get("/ops").status());
            for (String path : List.of("/api/v1/ops/queries", "/api/v1/users/me", "/api/v1/collections/1")) {
                Response refused = prometheus.get(path);
                assertEquals(403, refused.status(), path);
                assertEquals(
                        "a token with the scope metrics can read the metrics only",
                        refused.json().path("detail").asText());
            }
            assertEquals(403, prometheus.delete("/api/v1/tokens").status());
            assertEquals(403, basic("/ops", prometheus.token()).status());

            Api user = anonymous.signIn("ada", "correct horse battery", "metrics");
            assertEquals(403, user.get("/metrics", "Via", "1.1 proxy").status());
        }

        @Test
        void acceptsTheTokenOfTheMetricsOnlyThere() {
            Api prometheus = anonymous.as(METRICS_TOKEN);
            assertEquals(200, prometheus.get("/metrics", "Via", "1.1 proxy").status());
            assertEquals(
                    401,
                    anonymous
                            .as(METRICS_TOKEN + "s")
                            .get("/metrics", "Via", "1.1 proxy")
                            .status());
            for (String path : List.of("/ops", "/api/v1/ops/queries", "/api/v1/users/me")) {
                assertEquals(401, prometheus.get(path).status(), path);
            }
        }
    }

    @Nested
    class Statistics {
        @Test
        void listStatementsWithoutTheirValues() {
            ada.get("/api/v1/listings?q=topsecret");
            Response response = admin.get("/api/v1/ops/queries");

            JsonNode token = response.json()
                    .valueStream()
                    .filter(each -> each.path("dao_method").asText().equals("TokenDao.find"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(token.path("count").asLong() > 0);
            assertTrue(token.path("statement").asText().contains("WHERE t.token_hash = :hash"), token::toString);
            assertTrue(
                    token.path("p50_ms").asDouble() > 0
                            && token.path("p99_ms").asDouble()
                                    <= token.path("max_ms").asDouble(),
                    token::toString);
            assertFalse(response.text().contains("topsecret"));
            assertEquals("no-store", response.header("Cache-Control").orElseThrow());
            assertEquals(1, admin.get("/api/v1/ops/queries?limit=1").json().size());
        }

        @Test
        void listRoutesByTheirTemplates() {
            ada.get("/api/v1/listings/123456");
            anonymous.get("/api/v1/nowhere/" + "x".repeat(50));

            List<String> expected = List.of("GET /api/v1/listings/{id}", "GET _other", "GET /api/v1/collections");
            Await.until( // a request is counted after its response was sent
                    "the requests are counted",
                    () -> admin.get("/api/v1/ops/requests")
                            .json()
                            .valueStream()
                            .map(each -> each.path("route").asText())
                            .toList()
                            .containsAll(expected));
            JsonNode requests = admin.get("/api/v1/ops/requests").json();
            JsonNode collections = requests.valueStream()
                    .filter(each -> each.path("route").asText().equals("GET /api/v1/collections"))
                    .findFirst()
                    .orElseThrow();
            assertEquals(2, collections.path("statements_max").asInt());
        }

        @Test
        void useTheFormatOfPrometheus() {
            ada.get("/api/v1/users/me");
            Await.until(
                    "the request is counted",
                    () -> anonymous.get("/metrics").text().contains("http_route=\"/api/v1/users/me\""));
            String text = anonymous.get("/metrics").text();

            assertTrue(text.contains("# TYPE http_server_request_duration_seconds histogram\n"), text);
            assertTrue(
                    Pattern.compile("http_server_request_duration_seconds_count"
                                    + "\\{http_request_method=\"GET\",http_response_status_code=\"200\","
                                    + "http_route=\"/api/v1/users/me\",url_scheme=\"http\"} \\d+\n")
                            .matcher(text)
                            .find(),
                    text);
            assertTrue(text.contains("dealbrain_db_repeated_statements_total 0\n"), text);
            assertTrue(
                    text.contains("db_client_connection_count{db_client_connection_pool_name=\"dealbrain\","
                            + "db_client_connection_state=\"idle\"}"),
                    text);
        }
    }

    @Nested
    class Pages {
        @Test
        void showHealthChecks() {
            Response page = basic("/ops", admin.token());

            Map<String, String> checks = Pattern.compile("<li class=\"(ok|warn|bad)\"><b>([^<]+)</b>")
                    .matcher(page.text())
                    .results()
                    .collect(Collectors.toMap(check -> check.group(2), check -> check.group(1)));
            assertEquals(
                    Set.of(
                            "Redis",
                            "Change log",
                            "Standby",
                            "Transactions",
                            "Background threads",
                            "Cache audit",
                            "Cache hit rate",
                            "Database",
                            "Connection pool",
                            "Errors",
                            "Latency",
                            "Slow statements",
                            "Repeated statements"),
                    checks.keySet());
            for (String name : List.of(
                    "Database",
                    "Errors",
                    "Repeated statements",
                    "Background threads")) { // the others depend on the load
                assertEquals("ok", checks.get(name), page.text());
            }
            assertTrue(page.text().contains("<h1>" + title(checks) + "</h1>"), page.text());
            assertTrue(page.text().contains("TokenDao.find"), page.text());
            String policy = page.header("Content-Security-Policy").orElseThrow();
            assertTrue(
                    policy.startsWith("default-src 'none'; style-src 'sha256-")
                            && policy.contains("script-src 'sha256-"),
                    policy);
            assertFalse(policy.contains("unsafe"), policy);
        }

        private static String title(Map<String, String> checks) {
            if (checks.containsValue("bad")) {
                return "Unhealthy";
            }
            return checks.containsValue("warn") ? "Needs attention" : "Healthy";
        }

        @Test
        void showOneStatement() {
            Matcher link = Pattern.compile("/ops/statements/[0-9a-f]{16}")
                    .matcher(basic("/ops", admin.token()).text());
            assertTrue(link.find());
            Response page = basic(link.group(), admin.token());

            assertEquals(200, page.status());
            assertTrue(page.text().contains("<svg class=\"bar\""), page.text());
            assertEquals(
                    404,
                    basic("/ops/statements/0123456789abcdef", admin.token()).status());
        }
    }

    @Nested
    class Readiness {
        private JsonNode ready() {
            Response response = anonymous.get("/health/ready");
            assertEquals(200, response.status());
            return response.json();
        }

        private void awaitReady(String member, String value) {
            Await.until(
                    member + " is " + value, () -> ready().path(member).asText().equals(value));
        }

        @Test
        void namesABackgroundThreadThatFails() {
            String listing = ada.post("/api/v1/listings", "{\"title\": \"PC\"}")
                    .header("Location")
                    .orElseThrow();
            JsonNode share = ada.post(listing + "/shares", "{}").json();
            database.jdbi()
                    .useHandle(handle ->
                            handle.execute("ALTER TABLE listing_share ADD CONSTRAINT no_views CHECK (view_count = 0)"));
            try {
                anonymous.get("/api/v1/deals/" + share.path("listing_id").asLong() + "/"
                        + share.path("share_token").asText());
                awaitReady("background", "degraded");
                JsonNode degraded = ready();
                assertEquals("degraded", degraded.path("status").asText());
                assertTrue(degraded.path("reasons").toString().contains("view counts fails since"), degraded::toString);
                assertFalse(degraded.toString().contains("no_views"), degraded::toString);
                assertTrue(basic("/ops", admin.token()).text().contains("no_views"));
            } finally {
                database.jdbi()
                        .useHandle(handle -> handle.execute("ALTER TABLE listing_share DROP CONSTRAINT no_views"));
            }
            awaitReady("background", "ok");
        }

        @Test
        void saysThatTheCacheIsNotUsed() {
            database.jdbi().useTransaction(handle -> {
                handle.execute("LOCK TABLE change_log IN ACCESS EXCLUSIVE MODE");
                awaitReady("cache", "degraded");
                assertEquals("degraded", ready().path("status").asText());
                assertTrue(ready().path("reasons").toString().contains("the cache is not used"));
            });
            awaitReady("status", "ok");
            assertEquals(0, ready().path("reasons").size());
        }
    }

    @Nested
    class Settings {
        @Test
        void changeTheThresholdOfSlowStatements() {
            JsonNode before = admin.get("/api/v1/ops/settings").json();
            assertEquals(500, before.path("slow_query_threshold_ms").asInt());
            assertEquals(10, before.path("n_plus_one_threshold").asInt());
            assertEquals("full", before.path("profiler").asText());

            assertEquals(
                    1,
                    admin.patch("/api/v1/ops/settings", "{\"slow_query_threshold_ms\": 1}")
                            .json()
                            .path("slow_query_threshold_ms")
                            .asInt());
            assertEquals(
                    1,
                    admin.get("/api/v1/ops/settings")
                            .json()
                            .path("slow_query_threshold_ms")
                            .asInt());
            assertEquals(
                    200,
                    admin.patch("/api/v1/ops/settings", "{\"slow_query_threshold_ms\": 500}")
                            .status());
        }

        @Test
        void rejectValuesOutsideTheirLimits() {
            assertEquals(
                    422,
                    admin.patch("/api/v1/ops/settings", "{\"slow_query_threshold_ms\": 0}")
                            .status());
            assertEquals(
                    422,
                    admin.patch("/api/v1/ops/settings", "{\"slow_query_threshold_ms\": null}")
                            .status());
            assertEquals(
                    422,
                    admin.patch("/api/v1/ops/settings", "{\"profiler\": \"off\"}")
                            .status());
            assertEquals(
                    403,
                    ada.patch("/api/v1/ops/settings", "{\"slow_query_threshold_ms\": 1}")
                            .status());
        }
    }

    @Nested
    class Version {
        private static final Path FILE = Path.of("VERSION");

        @Test
        void isThatOfItsFileEverywhere() throws IOException {
            String version = Files.readString(FILE).strip();

            assertEquals(
                    "{\"version\":\"" + version + "\"}",
                    anonymous.get("/version").text().strip());
            assertEquals(
                    version,
                    anonymous.get("/openapi.json").json().at("/info/version").asText());
            assertEquals(
                    version,
                    admin.get("/api/v1/ops/settings").json().path("version").asText());
            String page = basic("/ops", admin.token()).text();
            assertTrue(page.contains("<footer>dealbrain " + version + "."), page);
        }
    }

    @Nested
    class Log {
        @Test
        void hasOneLinePerRequestWithRouteAndIds() {
            Response response = ada.get(
                    "/api/v1/listings/987654321",
                    "X-Request-Id",
                    "my-request",
                    "traceparent",
                    "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
            LogLines.Line line =
                    log.await(each -> "my-request".equals(each.fields().get("request_id"))
                            && each.message().equals("request"));

            assertEquals(404, response.status());
            assertEquals("/api/v1/listings/{id}", line.fields().get("route"));
            assertEquals(404, line.fields().get("status"));
            assertEquals(2, line.fields().get("statements"));
            assertEquals(
                    ada.get("/api/v1/users/me").json().path("id").asLong(),
                    line.fields().get("user_id"));
            assertEquals("4bf92f3577b34da6a3ce929d0e0e4736", line.fields().get("trace_id"));
            assertFalse(log.all().toString().contains("987654321"), "the path is not logged, only the route");
            assertFalse(log.all().toString().contains(String.valueOf(ada.token())));
        }

        @Test
        void hasTheUserOfAPublicRouteAndNullForOthers() {
            long id = ada.get("/api/v1/users/me").json().path("id").asLong();
            ada.get("/api/v1/collections/987654321", "X-Request-Id", "of-a-user");
            anonymous.get("/api/v1/collections/987654321", "X-Request-Id", "of-nobody");

            assertEquals(id, requestLine("of-a-user").fields().get("user_id"));
            Map<String, Object> fields = requestLine("of-nobody").fields();
            assertTrue(fields.containsKey("user_id"), fields::toString);
            assertEquals(null, fields.get("user_id"));
        }

        private LogLines.Line requestLine(String id) {
            return log.await(each ->
                    id.equals(each.fields().get("request_id")) && each.message().equals("request"));
        }
    }
}
