package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ServerTest {
    private static final TestSite SITE = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static void assertProblem(int status, String code, TestSite.ClientResponse response) {
        assertEquals(status, response.status(), response.text());
        assertEquals("application/problem+json", response.header("Content-Type"));
        assertEquals("no-store", response.header("Cache-Control"));
        JsonNode problem = response.json();
        assertEquals(code, problem.path("code").asText());
        assertEquals("/problems/" + code, problem.path("type").asText());
        assertEquals(status, problem.path("status").asInt());
        assertEquals(response.header("X-Request-Id"), problem.path("request_id").asText());
        assertEquals(
                response.http().uri().getRawPath(), problem.path("instance").asText());
        assertFalse(problem.path("title").asText().isBlank()
                || problem.path("detail").asText().isBlank());
        assertEquals(200, SITE.get("/problems/" + code).status());
    }

    @Nested
    class Start {
        /** It takes too long before the first request. */
        @Test
        void generatesSchemasOnlyAfterTheStart() throws IOException {
            try (Server server = new Server("127.0.0.1", 0)) {
                assertThrows(IllegalStateException.class, server::generateSchemas);
                server.start(new Router(), ServerOptions.of(ApiDescription.of("Test", "1")));
                server.generateSchemas();
            }
        }
    }

    @Nested
    class Routing {
        @Test
        void callsTheHandlerOfTheRoute() {
            assertEquals(
                    true,
                    SITE.get("/api/v1/things/special").json().path("special").asBoolean());
            assertEquals(7, SITE.get("/api/v1/things/7").json().path("id").asInt());
            assertEquals("[\"a/b ü+\"]\n", SITE.get("/texts/a%2Fb%20%C3%BC+").text());
        }

        @ParameterizedTest
        @ValueSource(strings = {"/nothing", "/API/v1/things", "/nothing?x=1", "/a/../texts/a"})
        void returns404ForOtherPaths(String path) {
            assertProblem(404, "not-found", SITE.get(path));
        }

        @Test
        void redirectsTheRootToTheDocumentation() {
            assertEquals("/docs", SITE.get("/").header("Location"));
        }

        @Test
        void reportsMissingRoutesBeforeMediaTypes() {
            assertProblem(404, "not-found", SITE.get("/nothing", "Accept", "text/csv"));
            assertProblem(405, "method-not-allowed", SITE.send("POST", "/long?x=1", "{}", "Accept", "text/csv"));
        }

        @Test
        void listsTheMethodsOfAPath() {
            TestSite.ClientResponse response = SITE.send("POST", "/api/v1/things/1", "{}");
            assertProblem(405, "method-not-allowed", response);
            assertEquals("DELETE, GET, HEAD, OPTIONS, PATCH, PUT", response.header("Allow"));
            assertEquals(
                    "the methods of this path are DELETE, GET, HEAD, OPTIONS, PATCH, PUT",
                    response.json().path("detail").asText());
            assertEquals("GET, HEAD, OPTIONS", SITE.send("TRACED", "/long", "").header("Allow"));
        }

        @Test
        void respondsToOptions() {
            TestSite.ClientResponse response = SITE.send("OPTIONS", "/api/v1/things", "");
            assertEquals(204, response.status());
            assertEquals("GET, HEAD, OPTIONS, POST", response.header("Allow"));
            assertEquals(404, SITE.send("OPTIONS", "/nothing", "").status());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {"/texts/%C3", "/texts/%00", "/texts/%ff", "/api/v1/things?q=%ff", "/api/v1/things?%00=1"})
        void rejectsUrisThatAreNotUtf8(String path) {
            assertProblem(400, "malformed-request", SITE.get(path));
        }

        @Test
        void distinguishesHostAndPath() throws IOException {
            assertTrue(SITE.raw("GET //other/long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 404 "));
            assertTrue(SITE.raw("GET http://other/long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                    .startsWith("HTTP/1.1 200 "));
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {
                    "abc | id must be an integer, was 'abc'",
                    "%2B5 | id must be an integer, was '+5'",
                    "1.0 | id must be an integer, was '1.0'",
                    "%D9%A3 | id must be an integer, was '٣'",
                    "9223372036854775808 | "
                            + "id must be between -9223372036854775808 and 9223372036854775807, "
                            + "was '9223372036854775808'"
                })
        void rejectsInvalidIds(String id, String detail) {
            TestSite.ClientResponse response = SITE.get("/api/v1/things/" + id);
            assertProblem(422, "invalid-input", response);
            assertEquals(detail, response.json().path("detail").asText());
            assertEquals(
                    "[{\"parameter\":\"id\",\"detail\":\"" + detail + "\"}]",
                    response.json().path("errors").toString());
        }

        @Test
        void rejectsUndeclaredParameters() {
            TestSite.ClientResponse response = SITE.get("/long?a=1&b=2");
            assertProblem(422, "invalid-input", response);
            assertEquals(
                    "[{\"parameter\":\"a\",\"detail\":\"a is unknown\"},"
                            + "{\"parameter\":\"b\",\"detail\":\"b is unknown\"}]",
                    response.json().path("errors").toString());
        }

        @Test
        void rejectsUnavailableMediaTypes() {
            assertProblem(406, "not-acceptable", SITE.get("/long", "Accept", "text/csv"));
            assertProblem(406, "not-acceptable", SITE.get("/page", "Accept", "application/json"));
            assertEquals(
                    200,
                    SITE.get("/page", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")
                            .status());
        }
    }

    @Nested
    class Bodies {
        @Test
        void areParsedStrictly() {
            assertEquals(201, SITE.post("/api/v1/things", "{\"name\": \"a\"}").status());
            assertProblem(400, "malformed-request", SITE.post("/api/v1/things", "{\"name\": \"a\"} x"));
            assertProblem(422, "invalid-input", SITE.post("/api/v1/things", "{\"name\": \"a\", \"other\": 1}"));
            assertProblem(
                    400,
                    "malformed-request",
                    SITE.send(
                            "POST",
                            "/api/v1/things",
                            new byte[] {'"', (byte) 0xFF, '"'},
                            "Content-Type",
                            "application/json"));
            assertProblem(
                    400,
                    "malformed-request",
                    SITE.send("POST", "/api/v1/things", "", "Content-Type", "application/json"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "application/json",
                    "application/json;charset=UTF-8",
                    "Application/JSON; charset=\"utf-8\"",
                    "application/json;",
                    "application/json; v=1"
                })
        void areJsonInUtf8(String type) {
            assertEquals(
                    201,
                    SITE.send("POST", "/api/v1/things", "{\"name\": \"a\"}", "Content-Type", type)
                            .status());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "text/plain",
                    "application/jsonx",
                    "application/json; charset=latin1",
                    "application/merge-patch+json",
                    "text/json, application/json"
                })
        void areOfNoOtherMediaType(String type) {
            assertProblem(
                    415,
                    "unsupported-media-type",
                    SITE.send("POST", "/api/v1/things", "{\"name\": \"a\"}", "Content-Type", type));
        }

        @Test
        void mustNotBeCompressed() {
            assertProblem(
                    415,
                    "unsupported-media-type",
                    SITE.send(
                            "POST",
                            "/api/v1/things",
                            "x",
                            "Content-Type",
                            "application/json",
                            "Content-Encoding",
                            "gzip"));
            assertProblem(415, "unsupported-media-type", SITE.send("POST", "/api/v1/things", "{}"));
        }

        @Test
        void ofAPatchAreMergePatchesOrJson() {
            for (String type : List.of("application/merge-patch+json", "application/json")) {
                assertEquals(
                        "b",
                        SITE.send("PATCH", "/api/v1/things/1", "{\"name\": \"b\"}", "Content-Type", type)
                                .json()
                                .path("name")
                                .asText());
            }
        }

        @Test
        void areLimitedWithAndWithoutContentLength() {
            String body = "{\"name\": \"a\", \"note\": \"" + "n".repeat(100) + "\"}";
            assertProblem(413, "body-too-large", SITE.post("/tiny", body));
            assertProblem(
                    413,
                    "body-too-large",
                    SITE.send(HttpRequest.newBuilder(SITE.uri("/tiny"))
                            .header("Content-Type", "application/json")
                            .POST(HttpRequest.BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(body.getBytes())))));
            TestSite.ClientResponse response = SITE.post("/api/v1/things", "\"" + " ".repeat(1 << 20) + "\"");
            assertProblem(413, "body-too-large", response);
            assertEquals(
                    "the body must not be larger than 1048576 bytes",
                    response.json().path("detail").asText());
        }

        @Test
        void thatAreIncompleteAreMalformed() throws IOException {
            String head = "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                    + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
            assertTrue(SITE.raw(head + "zz\r\n").startsWith("HTTP/1.1 400 "));
            assertTrue(SITE.raw(head + "FFFFFFFF\r\n").startsWith("HTTP/1.1 400 "));
        }
    }

    @Nested
    class Limits {
        @Test
        void applyToTheUri() {
            assertProblem(414, "uri-too-long", SITE.get("/texts/" + "a".repeat(9000)));
            assertProblem(414, "uri-too-long", SITE.get("/texts/a?q=" + "a".repeat(60_000)));
            assertEquals(200, SITE.get("/texts/" + "a".repeat(8000)).status());
        }

        @Test
        void applyToTheHeaders() throws IOException {
            assertProblem(431, "headers-too-large", SITE.get("/long", "X-Own", "a".repeat(17_000)));
            assertProblem(431, "headers-too-large", SITE.get("/long", "X-Own", "a".repeat(130_000)));
            StringBuilder fields = new StringBuilder();
            for (int i = 0; i < 150; i++) {
                fields.append("X-").append(i).append(": a\r\n");
            }
            assertTrue(SITE.raw("GET /long HTTP/1.1\r\nHost: a\r\nConnection: close\r\n" + fields + "\r\n")
                    .startsWith("HTTP/1.1 431 "));
        }
    }

    @Nested
    class Errors {
        @ParameterizedTest
        @ValueSource(strings = {"bug", "recursion", "memory", "assertion", "header", "object"})
        void revealNoInternalsAndEndOneRequestOnly(String how) {
            TestSite.ClientResponse response = SITE.get("/fail/" + how);
            assertProblem(500, "internal-error", response);
            assertFalse(response.text().matches("(?is).*(secret|exception|java|dealbrain|cookie).*"), response.text());
            assertEquals("", response.header("Set-Cookie"));
            assertEquals(200, SITE.get("/long").status());
        }

        @Test
        void areMappedToProblems() {
            TestSite.ClientResponse response = SITE.get("/fail/database");
            assertProblem(503, "unavailable", response);
            assertEquals("1", response.header("Retry-After"));
            assertProblem(404, "not-found", SITE.get("/fail/other"));
        }
    }

    @Nested
    class RequestIds {
        @Test
        void areTakenFromTheClient() {
            assertEquals("a-B_9.z", SITE.get("/long", "X-Request-Id", "a-B_9.z").header("X-Request-Id"));
            assertEquals(
                    "mine",
                    SITE.get("/nothing", "X-Request-Id", "mine")
                            .json()
                            .path("request_id")
                            .asText());
        }

        @ParameterizedTest
        @ValueSource(strings = {"", "a b", "a/b", "ü", "<script>", "a,b"})
        void areGeneratedIfInvalid(String given) {
            assertTrue(SITE.get("/long", "X-Request-Id", given)
                    .header("X-Request-Id")
                    .matches("[0-9a-f]{16}"));
        }

        @Test
        void areGeneratedForEachRequest() {
            assertTrue(SITE.get("/long", "X-Request-Id", "a".repeat(65))
                    .header("X-Request-Id")
                    .matches("[0-9a-f]{16}"));
            assertFalse(SITE.get("/long")
                    .header("X-Request-Id")
                    .equals(SITE.get("/long").header("X-Request-Id")));
        }

        @Test
        void areOnEveryResponse() {
            for (TestSite.ClientResponse response : List.of(
                    SITE.send("OPTIONS", "/long", "", "X-Request-Id", "mine"),
                    SITE.send("HEAD", "/long", "", "X-Request-Id", "mine"),
                    SITE.get("/fail/bug", "X-Request-Id", "mine"),
                    SITE.get("/stream", "X-Request-Id", "mine"))) {
                assertEquals("mine", response.header("X-Request-Id"));
            }
        }
    }

    @Nested
    class Traces {
        @Test
        void areTakenFromTheHeader() {
            String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
            assertEquals(
                    trace,
                    SITE.get("/trace", "traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                            .json()
                            .path("trace")
                            .asText());
            assertEquals(
                    "none",
                    SITE.get("/trace", "traceparent", "00-" + trace + "-00")
                            .json()
                            .path("trace")
                            .asText());
            assertEquals("none", SITE.get("/trace").json().path("trace").asText());
        }
    }
}
