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
        void areStrongAndKnowTheVersion() {
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
        void areRefusedAsConditionsWhereNobodyLooksAtThem() {
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
        void letAWriteThroughThatKnowsTheState() {
            String tag = SITE.get("/api/v1/things/1").header("ETag");
            assertEquals(
                    200,
                    SITE.send("PUT", "/api/v1/things/1", "", "If-Match", "\"1-x\", " + tag)
                            .status());
            assertEquals(200, SITE.send("PUT", "/api/v1/things/1", "").status());
            TestSite.Answer answer = SITE.send("PUT", "/api/v1/things/1", "", "If-Match", "\"2-x\"");
            assertEquals(412, answer.status());
            assertEquals("precondition-failed", answer.code());
        }
    }

    @Nested
    class NotModified {
        @ParameterizedTest
        @ValueSource(strings = {"GET", "HEAD"})
        void isSaidWithoutABodyButWithWhatACacheNeeds(String method) {
            TestSite.Answer full = SITE.get("/long", "Accept-Encoding", "gzip");
            TestSite.Answer answer = SITE.send(
                    method, "/long", "", "If-None-Match", "\"x\", W/" + full.header("ETag"), "Accept-Encoding", "gzip");
            assertEquals(304, answer.status());
            assertEquals(0, answer.response().body().length);
            assertEquals("", answer.header("Content-Type"));
            assertEquals("", answer.header("Content-Encoding"));
            for (String header : new String[] {"ETag", "Cache-Control", "Vary"}) {
                assertEquals(full.header(header), answer.header(header));
            }
        }

        @Test
        void isSaidOverEncodings() {
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
        void isNotSaidOfWritesAndProblems() {
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
        void isForTextFromOneKibibyteUp() {
            TestSite.Answer answer = SITE.get("/long", "Accept-Encoding", "gzip");
            assertEquals("gzip", answer.header("Content-Encoding"));
            assertArrayEquals(
                    SITE.get("/long").response().body(), unzip(answer.response().body()));
            assertEquals("gzip", SITE.get("/page", "Accept-Encoding", "gzip").header("Content-Encoding"));
            assertEquals(
                    "", SITE.get("/api/v1/things/1", "Accept-Encoding", "gzip").header("Content-Encoding"));
            assertEquals("", SITE.get("/picture", "Accept-Encoding", "gzip").header("Content-Encoding"));
        }

        @Test
        void isOnlyDoneWhenAskedFor() {
            assertEquals("", SITE.get("/long").header("Content-Encoding"));
            assertEquals("", SITE.get("/long", "Accept-Encoding", "gzip;q=0, *").header("Content-Encoding"));
            assertEquals(
                    "", SITE.get("/long", "Accept-Encoding", "br, identity").header("Content-Encoding"));
        }

        @Test
        void isToldToCachesWhetherItIsDoneOrNot() {
            assertEquals("Accept-Encoding", SITE.get("/long").header("Vary"));
            assertEquals(
                    "Accept-Encoding",
                    SITE.get("/long", "Accept-Encoding", "gzip").header("Vary"));
            assertEquals("Accept-Encoding", SITE.get("/api/v1/things/1").header("Vary"));
            assertEquals("", SITE.get("/picture").header("Vary"));
        }

        @Test
        void isForStreamsToo() {
            TestSite.Answer answer = SITE.get("/stream", "Accept-Encoding", "gzip");
            assertEquals("gzip", answer.header("Content-Encoding"));
            assertEquals(TestSite.LONG_TEXT, new String(unzip(answer.response().body()), StandardCharsets.UTF_8));
            assertEquals(TestSite.LONG_TEXT, SITE.get("/stream").text());
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
                TestSite.Answer get = SITE.get(path, "Accept-Encoding", encoding, "X-Request-Id", "same");
                TestSite.Answer head = SITE.send("HEAD", path, "", "Accept-Encoding", encoding, "X-Request-Id", "same");
                assertEquals(get.status(), head.status());
                assertEquals(0, head.response().body().length);
                assertEquals(headers(get), headers(head));
                assertEquals(Integer.toString(get.response().body().length), head.header("Content-Length"));
            }
        }

        private static Map<String, Object> headers(TestSite.Answer answer) {
            Map<String, Object> headers =
                    new TreeMap<>(answer.response().headers().map());
            headers.remove("date");
            return headers;
        }
    }

    @Nested
    class Streams {
        @Test
        void areCutOffWhenTheyBreak() throws IOException {
            assertThrows(UncheckedIOException.class, () -> SITE.get("/stream/broken"));
            String answer = SITE.raw("GET /stream/broken HTTP/1.1\r\nHost: a\r\n\r\n");
            assertTrue(answer.startsWith("HTTP/1.1 200 ") && !answer.endsWith("0\r\n\r\n"));
        }

        @Test
        void haveTheirOwnHeaders() {
            TestSite.Answer answer = SITE.get("/stream");
            assertEquals("attachment", answer.header("Content-Disposition"));
            assertEquals("private, no-cache", answer.header("Cache-Control"));
            assertEquals(
                    "text/csv; charset=utf-8", SITE.send("HEAD", "/stream", "").header("Content-Type"));
        }
    }
}
