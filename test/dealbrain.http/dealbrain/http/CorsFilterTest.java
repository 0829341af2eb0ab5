package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CorsFilterTest {
    private static final String ORIGIN = "https://deals.example";
    private static final TestSite SITE = TestSite.start(
            List.of(ORIGIN), (request, next) -> next.handle(request).varyBy("X-Mood"));
    private static final TestSite CLOSED = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
        CLOSED.close();
    }

    @Nested
    class Responses {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/long",
                    "/nothing",
                    "/fail/bug",
                    "/fail/object",
                    "/stream",
                    "/texts/%ff",
                    "/api/v1/things?limit=0"
                })
        void allowTheConfiguredOriginAlsoWhenTheyFail(String path) {
            TestSite.ClientResponse response = SITE.get(path, "Origin", ORIGIN);
            assertEquals(ORIGIN, response.header("Access-Control-Allow-Origin"));
            assertTrue(response.header("Access-Control-Expose-Headers").contains("ETag, Link"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "https://evil.example",
                    "http://deals.example",
                    "https://deals.example:8443",
                    "https://deals.example.evil.example",
                    "null",
                    "HTTPS://deals.example"
                })
        void doNotAllowOtherOrigins(String origin) {
            assertEquals("", SITE.get("/long", "Origin", origin).header("Access-Control-Allow-Origin"));
            assertEquals(200, SITE.get("/long", "Origin", origin).status());
        }

        @Test
        void varyByOriginAndByOtherHeaders() {
            assertEquals("X-Mood, Origin, Accept-Encoding", SITE.get("/long").header("Vary"));
            assertEquals(
                    "X-Mood, Origin, Accept-Encoding",
                    SITE.get("/long", "Origin", ORIGIN, "If-None-Match", "*").header("Vary"));
            assertEquals("Accept, X-Mood, Origin", SITE.get("/nothing").header("Vary"));
        }

        @Test
        void allowNoOriginByDefault() {
            TestSite.ClientResponse response = CLOSED.get("/long", "Origin", ORIGIN);
            assertEquals("", response.header("Access-Control-Allow-Origin"));
            assertEquals("Accept-Encoding", response.header("Vary"));
        }
    }

    @Nested
    class Preflight {
        @Test
        void listsAllowedMethodsAndHeaders() {
            TestSite.ClientResponse response = SITE.send(
                    "OPTIONS",
                    "/api/v1/things/1",
                    "",
                    "Origin",
                    ORIGIN,
                    "Access-Control-Request-Method",
                    "DELETE",
                    "Access-Control-Request-Headers",
                    "authorization");
            assertEquals(204, response.status());
            assertEquals(ORIGIN, response.header("Access-Control-Allow-Origin"));
            assertEquals("DELETE, GET, HEAD, OPTIONS, PATCH, PUT", response.header("Access-Control-Allow-Methods"));
            assertTrue(response.header("Access-Control-Allow-Headers").contains("Authorization"));
            assertEquals("600", response.header("Access-Control-Max-Age"));
        }

        @Test
        void doesNotAllowOtherOrigins() {
            TestSite.ClientResponse response = SITE.send(
                    "OPTIONS", "/long", "", "Origin", "https://evil.example", "Access-Control-Request-Method", "GET");
            assertEquals("", response.header("Access-Control-Allow-Methods"));
            assertEquals("", response.header("Access-Control-Allow-Origin"));
        }
    }
}
