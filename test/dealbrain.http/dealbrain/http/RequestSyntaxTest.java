package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the limits between requests (RFC 9112) on sockets: request smuggling, chunks and pipelines. */
class RequestSyntaxTest {
    private static final String GET = "GET /texts/first HTTP/1.1\r\nHost: a\r\n";
    private static final String LAST = "GET /texts/last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final String THING = "{\"name\":\"a\"}";
    private static final String POST = "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n";
    private static final TestSite SITE = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    /** Returns the statuses of all responses until the connection is closed. No body contains a status line. */
    private static List<String> statuses(String requests) throws IOException {
        return statusesIn(SITE.raw(requests));
    }

    private static List<String> statusesIn(String responses) {
        return Pattern.compile("HTTP/1\\.1 (\\d{3})")
                .matcher(responses)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    private static String withLength(String body) {
        return "Content-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private static String chunk(String text) {
        return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
    }

    private static void send(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    @Nested
    class Pipelines {
        @Test
        void areProcessedInOrder() throws IOException {
            String tag = SITE.get("/long").header("ETag");
            List<String> requests = List.of(
                    "HEAD /long HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /nothing HTTP/1.1\r\nHost: a\r\n\r\n",
                    POST + withLength(THING),
                    "GET /long HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + tag + "\r\n\r\n",
                    "HEAD /nothing HTTP/1.1\r\nHost: a\r\n\r\n",
                    POST + withLength("{"),
                    "POST /unread HTTP/1.1\r\nHost: a\r\n" + withLength("x".repeat(5000)),
                    "HEAD /long HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + tag + "\r\n\r\n",
                    "GET /fail/bug HTTP/1.1\r\nHost: a\r\n\r\n");
            List<String> expected = List.of("200", "404", "201", "304", "404", "400", "200", "304", "500");
            List<String> all = new ArrayList<>();
            for (int round = 0; round < 5; round++) {
                all.addAll(expected);
            }
            all.add("200");

            String responses = SITE.raw(String.join("", requests).repeat(5) + LAST);

            assertEquals(all, statusesIn(responses));
            assertTrue(responses.endsWith("[\"last\"]\n"), responses);
        }

        @Test
        void maySplitAtAnyByte() throws IOException {
            String requests = POST + withLength(THING) + "HEAD /long HTTP/1.1\r\nHost: a\r\n\r\n" + GET + "\r\n" + POST
                    + "Connection: close\r\n" + "Transfer-Encoding: chunked\r\n\r\n" + chunk("{\"name\":")
                    + chunk("\"b\"}") + "0\r\n\r\n";
            for (int cut = 1; cut < requests.length(); cut++) {
                try (Socket socket = SITE.connect()) {
                    send(socket.getOutputStream(), requests.substring(0, cut));
                    Thread.yield(); // makes it likely to arrive in two pieces
                    send(socket.getOutputStream(), requests.substring(cut));
                    String responses = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertEquals(List.of("201", "200", "200", "201"), statusesIn(responses), "cut at " + cut);
                    assertTrue(responses.contains("{\"name\":\"b\","), responses);
                }
            }
        }
    }

    /** Requests that a proxy could read differently. */
    @Nested
    class Smuggling {
        private static void assertRejected(String head, String after) throws IOException {
            String responses = SITE.raw(head + after + LAST);
            assertEquals(List.of("400"), statusesIn(responses), responses);
            assertTrue(responses.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n"), responses);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Length: 12\r\nTransfer-Encoding: chunked",
                    "Transfer-Encoding: chunked\r\nContent-Length: 12",
                    "Content-Length: 12\r\nContent-Length: 12",
                    "Content-Length: 12\r\nContent-Length: 13",
                    "Content-Length: 12, 12",
                    "Content-Length: +12",
                    "Content-Length: -0",
                    "Content-Length: 0x0c",
                    "Content-Length: 1 2",
                    "Content-Length: 12\r\n , 12",
                    "Content-Length:",
                    "Content-Length: 12.0",
                    "Content-Length : 12",
                    "Content-Length\u0000: 12",
                    "Content-Length",
                    "Content-Length: 99999999999999999999"
                })
        void byContentLengthIsRejected(String header) throws IOException {
            assertRejected(
                    "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + header
                            + "\r\n\r\n",
                    THING);
        }

        /** The server of the JDK rejects unknown transfer encodings with 501 (RFC 9112, section 6.1), and closes. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "gzip, chunked",
                    "chunked, chunked",
                    "identity",
                    "xchunked",
                    "\"chunked\"",
                    "chunked;q=1",
                    "",
                    "chunked\r\nTransfer-Encoding: chunked",
                    "chunked\r\nTransfer-Encoding: identity"
                })
        void byTransferEncodingIsRejected(String coding) throws IOException {
            assertEquals(List.of("501"), statuses(POST + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + LAST));
        }

        @Test
        void byChunksInHttp10IsRejected() throws IOException {
            assertRejected(
                    "POST /unread HTTP/1.0\r\nHost: a\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n",
                    "0\r\n\r\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /long HTTP/1.1\nHost: a\r\n\r\n",
                    "GET /long HTTP/2.0\r\nHost: a\r\n\r\n",
                    "GET /long HTTP/1.1 \r\nHost: a\r\n\r\n",
                    "GET /long http/1.1\r\nHost: a\r\n\r\n",
                    "GET /long HTTP/1.10\r\nHost: a\r\n\r\n",
                    "G@T /long HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /long\r\nHost: a\r\n\r\n",
                    "GET\t/long HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /lo\u0000ng HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET\u0000 /long HTTP/1.1\r\nHost: a\r\n\r\n",
                    "GET /long HTTP/1.1\rHost: a\r\n\r\n"
                })
        void byTheRequestLineIsRejected(String request) throws IOException {
            assertRejected(request, "");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "",
                    "Host: a\r\nHost: a\r\n",
                    "Host: a\r\nHost: b\r\n",
                    "Host: a b\r\n",
                    "Host: a/b\r\n",
                    "Host: a, b\r\n",
                    "Host: a@b\r\n",
                    "Host: a:b\r\n",
                    "Host: [::1\r\n",
                    "Host: \u00e4\r\n"
                })
        void byTheHostIsRejected(String hosts) throws IOException {
            assertRejected("GET /long HTTP/1.1\r\n" + hosts + "\r\n", "");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "X-Own: a\u0000b",
                    "X-Own: a\u0001b",
                    "X-Own: a\u007fb",
                    "X-Own: a\r\n\u0000\u0001b",
                    "X\u0000Own: a",
                    "X Own: a",
                    ": a",
                    "\u0000X: a"
                })
        void byControlCharactersIsRejected(String header) throws IOException {
            assertRejected(GET + header + "\r\n\r\n", "");
        }

        @Test
        void ofAHeaderIntoTheResponseIsNotPossible() throws IOException {
            String responses =
                    SITE.raw("GET /texts/a%0d%0aSet-Cookie:%20b HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\r\n b\r\n"
                            + "Connection: close\r\n\r\n");
            assertEquals(List.of("200"), statusesIn(responses));
            assertFalse(responses.contains("\r\nSet-Cookie"), responses);
        }
    }

    @Nested
    class Tolerance {
        @ParameterizedTest
        @ValueSource(strings = {"Host: a:8080", "Host: [::1]:80", "Host: ", "hOST: example.org", "Host: a\nX-Own: b"})
        void headersAreRead(String header) throws IOException {
            assertEquals(List.of("200"), statuses("GET /long HTTP/1.1\r\n" + header + "\r\nConnection: close\r\n\r\n"));
        }

        @Test
        void foldedLinesAreOneLine() throws IOException {
            assertEquals(
                    List.of("200"),
                    statuses(GET + "X-Own: a\r\n  Content-Length: 5\r\n\tb\r\nConnection: close\r\n\r\n"));
            assertEquals(
                    List.of("201"),
                    statuses(POST + "Transfer-Encoding:\r\n chunked\r\n\r\n" + chunk(THING) + "0\r\n\r\n" + LAST));
        }

        @Test
        void blankLinesBeforeARequestAreSkipped() throws IOException {
            assertEquals(List.of("200", "200"), statuses("\r\n\r\n" + GET + "\r\n\r\n" + LAST));
        }

        @Test
        void http10RequestsMayOmitTheHost() throws IOException {
            assertEquals(List.of("200"), statuses("GET /long HTTP/1.0\r\n\r\n"));
        }
    }

    /** The connection is closed after a chunked body, because the server of the JDK reads some sizes wrong. */
    @Nested
    class Chunks {
        private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

        private static void assertOneResponse(String expected, String chunks) throws IOException {
            assertEquals(
                    List.of(expected),
                    statuses(CHUNKED + chunks + LAST),
                    chunks.substring(0, Math.min(60, chunks.length())));
        }

        @Test
        void formABody() throws IOException {
            assertOneResponse("201", chunk("{\"name\"") + "4;ext=\"a\"\r\n:\"a\"\r\n" + "00001\r\n}\r\n" + "0\r\n\r\n");
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "80000000\r\n",
                    "FFFFFFFF\r\n",
                    "1FFFFFFFF\r\n",
                    "7FFFFFFFFFFFFFFF\r\n",
                    "10000000000000000\r\n",
                    "-1\r\n",
                    "0x5\r\n",
                    " 5\r\n",
                    "g\r\n",
                    "5\r\n{\"name\r\n",
                    "c\r\n{\"name\":\"a\"}0\r\n\r\n",
                    "\r\n",
                    "0;\r\nX: a\r\n\r\n",
                    "0\r\nContent-Length: 5\r\n\r\n"
                })
        void thatAreInvalidAreRejected(String chunks) throws IOException {
            assertOneResponse("400", chunks + "\r\n");
        }

        /** The server of the JDK reads 2^32 + 12 as 12. The rest of the body must not be read as a request. */
        @ParameterizedTest
        @ValueSource(strings = {"10000000c\r\n", "f0000000c\r\n", "7000000000000c\r\n"})
        void withAnOverflowingSizeHideNoRequest(String size) throws IOException {
            assertOneResponse("201", size + THING + "\r\n0\r\n\r\n");
            assertEquals(
                    List.of("200"),
                    statuses("POST /unread HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + size + THING
                            + "\r\n0\r\n\r\n" + LAST));
        }

        @Test
        void areLimited() throws IOException {
            String exactly = "{\"name\":\"a\"" + " ".repeat(Route.ONE_MEBIBYTE - THING.length()) + "}";
            assertEquals(Route.ONE_MEBIBYTE, exactly.length());
            assertOneResponse("201", chunk(exactly) + "0\r\n\r\n");
            assertOneResponse("413", chunk(exactly + " ") + "0\r\n\r\n");
            assertOneResponse("413", "1\r\n \r\n".repeat(Route.ONE_MEBIBYTE + 1) + "0\r\n\r\n");
        }

        @Test
        void withoutEndAreDisconnected() throws IOException {
            String chunk = chunk(" ".repeat(1 << 16));
            try (Socket socket = SITE.connect()) {
                OutputStream out = socket.getOutputStream();
                send(out, CHUNKED);
                long sent = 0;
                try {
                    while (sent < 1L << 30) { // a gibibyte: far more than all buffers and the drained amount
                        send(out, chunk);
                        sent += chunk.length();
                    }
                } catch (IOException _) { // closed by the server
                    assertTrue(sent < 200L << 20, "the server read " + sent + " bytes");
                    return;
                }
            }
            throw new AssertionError("the server did not close the connection");
        }
    }

    /** Violations of RFC 9112 that the server of the JDK hides, see docs/operations.md. */
    @Nested
    class KnownViolations {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /texts/a b HTTP/1.1\r\nHost: a",
                    "GET /texts/a HTTP/1.1\r\nHost: a\rX-Own: b",
                    "GET /texts/a HTTP/1.1\r\nHost: a\r\nX-Own: b\u0001",
                    "GET /texts/a HTTP/1.1\r\nHost: a\r\n\rX-Own: b",
                    "GET /texts/a HTTP/1.1\r\nHost: \u000ba"
                })
        void areAccepted(String head) throws IOException {
            assertTrue(SITE.raw(head + "\r\nConnection: close\r\n\r\n").endsWith("\r\n\r\n[\"a\"]\n"));
        }
    }

    @Nested
    class Expect100Continue {
        @ParameterizedTest
        @ValueSource(strings = {"413", "415", "200"})
        void forARejectedBodyDoesNotBlock(String status) throws IOException {
            String head = switch (status) {
                case "413" ->
                    "POST /tiny HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n";
                case "415" -> "POST /tiny HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n";
                default ->
                    "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n"; // a body that the handler does not
                // read
            };
            try (Socket socket = SITE.connect()) {
                send(socket.getOutputStream(), head + "Expect: 100-continue\r\n\r\n");
                InputStream in = socket.getInputStream();
                StringBuilder responses = new StringBuilder();
                while (statusesIn(responses.toString()).size() < 2
                        || !responses.toString().endsWith("\r\n\r\n")) {
                    int c = in.read();
                    assertTrue(c >= 0, responses.toString());
                    responses.append((char) c);
                }
                assertEquals(List.of("100", status), statusesIn(responses.toString()));
                String rest = "x".repeat(status.equals("413") ? 500 : 50);
                send(socket.getOutputStream(), rest + LAST);
                assertTrue(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).endsWith("[\"last\"]\n"));
            }
        }
    }
}
