package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseWriterTest {
    private static final TestSite SITE = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static byte[] unzip(byte[] bytes) {
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Nested
    class EntityTags {
        @Test
        void areStrongAndStartWithTheVersion() {
            assertTrue(SITE.get("/api/v1/things/1").header("ETag").matches("\"3-[0-9a-f]{16}\""));
            assertTrue(SITE.get("/api/v1/things?total=5").header("ETag").matches("\"[0-9a-f]{16}\""));
            assertNotEquals(
                    SITE.get("/api/v1/things/1").header("ETag"),
                    SITE.get("/api/v1/things/2").header("ETag"));
        }

        @Test
        void differByEncoding() {
            String plain = SITE.get("/long").header("ETag");
            assertEquals(
                    plain.replaceFirst("\"$", "-gz\""),
                    SITE.get("/long", "Accept-Encoding", "gzip").header("ETag"));
        }

        @Test
        void areNotOnProblems() {
            assertEquals("", SITE.get("/nothing").header("ETag"));
        }

        @Test
        void areRejectedInIfMatchByRoutesWithoutSupport() {
            assertEquals(
                    412,
                    SITE.send("PATCH", "/api/v1/things/1", "{}", "If-Match", "\"1-x\"")
                            .status());
            assertEquals(
                    200,
                    SITE.send("PATCH", "/api/v1/things/1", "{}", "If-Match", "*", "Content-Type", "application/json")
                            .status());
        }

        @Test
        void allowWritesWithTheCurrentVersion() {
            String tag = SITE.get("/api/v1/things/1").header("ETag");
            assertEquals(
                    200,
                    SITE.send("PUT", "/api/v1/things/1", "", "If-Match", "\"1-x\", " + tag)
                            .status());
            assertEquals(200, SITE.send("PUT", "/api/v1/things/1", "").status());
            TestSite.ClientResponse response = SITE.send("PUT", "/api/v1/things/1", "", "If-Match", "\"2-x\"");
            assertEquals(412, response.status());
            assertEquals("precondition-failed", response.code());
        }
    }

    @Nested
    class NotModified {
        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD"})
        void hasNoBodyButTheHeadersForCaches(String method) {
            TestSite.ClientResponse full = SITE.get("/long", "Accept-Encoding", "gzip");
            TestSite.ClientResponse response = SITE.send(
                    method, "/long", "", "If-None-Match", "\"x\", W/" + full.header("ETag"), "Accept-Encoding", "gzip");
            assertEquals(304, response.status());
            assertEquals(0, response.http().body().length);
            assertEquals("", response.header("Content-Type"));
            assertEquals("", response.header("Content-Encoding"));
            for (String header : new String[] {"ETag", "Cache-Control", "Vary"}) {
                assertEquals(full.header(header), response.header(header));
            }
        }

        @Test
        void ignoresTheEncodingOfTheTag() {
            assertEquals(
                    304,
                    SITE.get("/long", "If-None-Match", SITE.get("/long").header("ETag"), "Accept-Encoding", "gzip")
                            .status());
            assertEquals(
                    304,
                    SITE.get(
                                    "/long",
                                    "If-None-Match",
                                    SITE.get("/long", "Accept-Encoding", "gzip").header("ETag"))
                            .status());
            assertEquals(304, SITE.get("/long", "If-None-Match", "*").status());
        }

        @Test
        void isNotReturnedForWritesAndProblems() {
            assertEquals(
                    201,
                    SITE.send(
                                    "POST",
                                    "/api/v1/things",
                                    "{\"name\":\"a\"}",
                                    "Content-Type",
                                    "application/json",
                                    "If-None-Match",
                                    "*")
                            .status());
            assertEquals(404, SITE.get("/nothing", "If-None-Match", "*").status());
            assertEquals(200, SITE.get("/long", "If-None-Match", "\"x\"").status());
        }
    }

    @Nested
    class Compression {
        @Test
        void appliesToTextsFromOneKibibyte() {
            TestSite.ClientResponse response = SITE.get("/long", "Accept-Encoding", "gzip");
            assertEquals("gzip", response.header("Content-Encoding"));
            assertArrayEquals(
                    SITE.get("/long").http().body(), unzip(response.http().body()));
            assertEquals("gzip", SITE.get("/page", "Accept-Encoding", "gzip").header("Content-Encoding"));
            assertEquals(
                    "", SITE.get("/api/v1/things/1", "Accept-Encoding", "gzip").header("Content-Encoding"));
            assertEquals("", SITE.get("/picture", "Accept-Encoding", "gzip").header("Content-Encoding"));
        }

        @Test
        void isOnlyUsedOnRequest() {
            assertEquals("", SITE.get("/long").header("Content-Encoding"));
            assertEquals("", SITE.get("/long", "Accept-Encoding", "gzip;q=0, *").header("Content-Encoding"));
            assertEquals(
                    "", SITE.get("/long", "Accept-Encoding", "br, identity").header("Content-Encoding"));
        }

        @Test
        void setsVaryAlsoOnUncompressedResponses() {
            assertEquals("Accept-Encoding", SITE.get("/long").header("Vary"));
            assertEquals(
                    "Accept-Encoding",
                    SITE.get("/long", "Accept-Encoding", "gzip").header("Vary"));
            assertEquals("Accept-Encoding", SITE.get("/api/v1/things/1").header("Vary"));
            assertEquals("", SITE.get("/picture").header("Vary"));
        }

        @Test
        void appliesToStreams() {
            TestSite.ClientResponse response = SITE.get("/stream", "Accept-Encoding", "gzip");
            assertEquals("gzip", response.header("Content-Encoding"));
            assertEquals(TestSite.LONG_TEXT, new String(unzip(response.http().body()), StandardCharsets.UTF_8));
            assertEquals(TestSite.LONG_TEXT, SITE.get("/stream").text());
        }
    }

    @Nested
    class Json {
        @ParameterizedTest
        @ValueSource(strings = {"/api/v1/things/1", "/api/v1/things?total=30&limit=5", "/nothing", "/openapi.json"})
        void endsWithALineBreak(String path) {
            for (String encoding : new String[] {"gzip", "identity"}) {
                TestSite.ClientResponse response = SITE.get(path, "Accept-Encoding", encoding);
                byte[] body = response.header("Content-Encoding").isEmpty()
                        ? response.http().body()
                        : unzip(response.http().body());
                String text = new String(body, StandardCharsets.UTF_8);
                assertTrue(text.matches("(?s)[{\\[].*[}\\]]\n"), text);
                assertEquals(String.valueOf(response.http().body().length), response.header("Content-Length"));
            }
        }

        @Test
        void isTheOnlyFormatWithALineBreakAdded() {
            assertEquals("<p>" + TestSite.LONG_TEXT, SITE.get("/page").text());
        }
    }

    @Nested
    class Head {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "/long",
                    "/page",
                    "/picture",
                    "/api/v1/things?total=30&limit=5",
                    "/nothing",
                    "/api/v1/things/special",
                    "/openapi.json"
                })
        void hasTheHeadersOfGetAndNoBody(String path) {
            for (String encoding : new String[] {"gzip", "identity"}) {
                TestSite.ClientResponse get = SITE.get(path, "Accept-Encoding", encoding, "X-Request-Id", "same");
                TestSite.ClientResponse head =
                        SITE.send("HEAD", path, "", "Accept-Encoding", encoding, "X-Request-Id", "same");
                assertEquals(get.status(), head.status());
                assertEquals(0, head.http().body().length);
                assertEquals(headers(get), headers(head));
                assertEquals(Integer.toString(get.http().body().length), head.header("Content-Length"));
            }
        }

        private static Map<String, Object> headers(TestSite.ClientResponse response) {
            Map<String, Object> headers =
                    new TreeMap<>(response.http().headers().map());
            headers.remove("date");
            return headers;
        }
    }

    @Nested
    class Streams {
        @Test
        void areAbortedWhenTheyFail() throws IOException {
            assertThrows(UncheckedIOException.class, () -> SITE.get("/stream/broken"));
            String response = SITE.raw("GET /stream/broken HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(response.startsWith("HTTP/1.1 200 ") && !response.endsWith("0\r\n\r\n"));
        }

        @Test
        void haveTheHeadersOfTheHandler() {
            TestSite.ClientResponse response = SITE.get("/stream");
            assertEquals("attachment", response.header("Content-Disposition"));
            assertEquals("private, no-cache", response.header("Cache-Control"));
            assertEquals(
                    "text/csv; charset=utf-8", SITE.send("HEAD", "/stream", "").header("Content-Type"));
        }
    }
}
