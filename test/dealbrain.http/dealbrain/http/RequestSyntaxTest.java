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

/** Where one request ends and the next begins (RFC 9112), seen from a socket; what a proxy in front could be tricked by. */
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

    /** The statuses of all answers up to the end of the connection; bodies of ours never have a status line in them. */
    private static List<String> statuses(String requests) throws IOException {
        return statusesIn(SITE.raw(requests));
    }

    private static List<String> statusesIn(String answers) {
        return Pattern.compile("HTTP/1\\.1 (\\d{3})")
                .matcher(answers)
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
        void areAnsweredInOrderWhateverIsAmongThem() throws IOException {
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

            String answers = SITE.raw(String.join("", requests).repeat(5) + LAST);

            assertEquals(all, statusesIn(answers));
            assertTrue(answers.endsWith("[\"last\"]"), answers);
        }

        @Test
        void areReadWhereverTheyAreCut() throws IOException {
            String requests = POST + withLength(THING) + "HEAD /long HTTP/1.1\r\nHost: a\r\n\r\n" + GET + "\r\n" + POST
                    + "Connection: close\r\n" + "Transfer-Encoding: chunked\r\n\r\n" + chunk("{\"name\":")
                    + chunk("\"b\"}") + "0\r\n\r\n";
            for (int cut = 1; cut < requests.length(); cut++) {
                try (Socket socket = SITE.connect()) {
                    send(socket.getOutputStream(), requests.substring(0, cut));
                    Thread.yield(); // so that it often arrives in two pieces
                    send(socket.getOutputStream(), requests.substring(cut));
                    String answers = new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
                    assertEquals(List.of("201", "200", "200", "201"), statusesIn(answers), "cut at " + cut);
                    assertTrue(answers.contains("{\"name\":\"b\","), answers);
                }
            }
        }
    }

    /** Each of these could be one request to us and another to a proxy. */
    @Nested
    class Smuggling {
        private static void assertRefused(String head, String after) throws IOException {
            String answers = SITE.raw(head + after + LAST);
            assertEquals(List.of("400"), statusesIn(answers), answers);
            assertTrue(answers.toLowerCase(Locale.ROOT).contains("\r\nconnection: close\r\n"), answers);
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
        void byLengthsIsRefused(String header) throws IOException {
            assertRefused(
                    "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n" + header
                            + "\r\n\r\n",
                    THING);
        }

        /** The JDK's server says that it does not know the coding (RFC 9112, section 6.1), and closes. */
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
        void byCodingsIsRefused(String coding) throws IOException {
            assertEquals(List.of("501"), statuses(POST + "Transfer-Encoding: " + coding + "\r\n\r\n0\r\n\r\n" + LAST));
        }

        @Test
        void byChunksToAnOldProtocolIsRefused() throws IOException {
            assertRefused(
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
        void byTheRequestLineIsRefused(String request) throws IOException {
            assertRefused(request, "");
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
        void byTheHostIsRefused(String hosts) throws IOException {
            assertRefused("GET /long HTTP/1.1\r\n" + hosts + "\r\n", "");
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
        void byControlCharactersIsRefused(String header) throws IOException {
            assertRefused(GET + header + "\r\n\r\n", "");
        }

        @Test
        void ofALineBreakIntoTheAnswerIsNotPossible() throws IOException {
            String answers = SITE.raw(
                    "GET /texts/a%0d%0aSet-Cookie:%20b HTTP/1.1\r\nHost: a\r\nX-Request-Id: a\r\n b\r\nConnection: close\r\n\r\n");
            assertEquals(List.of("200"), statusesIn(answers));
            assertFalse(answers.contains("\r\nSet-Cookie"), answers);
        }
    }

    @Nested
    class Tolerated {
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
        void anOldClientMayLeaveOutTheHost() throws IOException {
            assertEquals(List.of("200"), statuses("GET /long HTTP/1.0\r\n\r\n"));
        }
    }

    /** Chunked bodies; the connection ends with each, so that a size which the JDK's server reads wrong hides no request. */
    @Nested
    class Chunks {
        private static final String CHUNKED = POST + "Transfer-Encoding: chunked\r\n\r\n";

        private static void assertOneAnswer(String expected, String chunks) throws IOException {
            assertEquals(
                    List.of(expected),
                    statuses(CHUNKED + chunks + LAST),
                    chunks.substring(0, Math.min(60, chunks.length())));
        }

        @Test
        void makeABody() throws IOException {
            assertOneAnswer("201", chunk("{\"name\"") + "4;ext=\"a\"\r\n:\"a\"\r\n" + "00001\r\n}\r\n" + "0\r\n\r\n");
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
        void thatAreWrongAreRefused(String chunks) throws IOException {
            assertOneAnswer("400", chunks + "\r\n");
        }

        /** 2^32 + 12 is 12 to the JDK's server; nothing of what follows may be taken for a request. */
        @ParameterizedTest
        @ValueSource(strings = {"10000000c\r\n", "f0000000c\r\n", "7000000000000c\r\n"})
        void ofAWrappedSizeHideNoRequest(String size) throws IOException {
            assertOneAnswer("201", size + THING + "\r\n0\r\n\r\n");
            assertEquals(
                    List.of("200"),
                    statuses("POST /unread HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n" + size + THING
                            + "\r\n0\r\n\r\n" + LAST));
        }

        @Test
        void areLimited() throws IOException {
            String exactly = "{\"name\":\"a\"" + " ".repeat(Route.ONE_MEBIBYTE - THING.length()) + "}";
            assertEquals(Route.ONE_MEBIBYTE, exactly.length());
            assertOneAnswer("201", chunk(exactly) + "0\r\n\r\n");
            assertOneAnswer("413", chunk(exactly + " ") + "0\r\n\r\n");
            assertOneAnswer("413", "1\r\n \r\n".repeat(Route.ONE_MEBIBYTE + 1) + "0\r\n\r\n");
        }

        @Test
        void withoutEndEndWithTheConnection() throws IOException {
            String chunk = chunk(" ".repeat(1 << 16));
            try (Socket socket = SITE.connect()) {
                OutputStream out = socket.getOutputStream();
                send(out, CHUNKED);
                long sent = 0;
                try {
                    while (sent < 1L << 30) { // a gibibyte: far more than all buffers and what is read over together
                        send(out, chunk);
                        sent += chunk.length();
                    }
                } catch (IOException _) { // the server has closed it
                    assertTrue(sent < 200L << 20, "the server took " + sent + " bytes");
                    return;
                }
            }
            throw new AssertionError("the server reads without end");
        }
    }

    /** What the JDK's server reads otherwise than RFC 9112 and shows to nobody: docs/operations.md names it. */
    @Nested
    class BeyondReach {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "GET /texts/a b HTTP/1.1\r\nHost: a",
                    "GET /texts/a HTTP/1.1\r\nHost: a\rX-Own: b",
                    "GET /texts/a HTTP/1.1\r\nHost: a\r\nX-Own: b\u0001",
                    "GET /texts/a HTTP/1.1\r\nHost: a\r\n\rX-Own: b",
                    "GET /texts/a HTTP/1.1\r\nHost: \u000ba"
                })
        void isReadAsIfItWereRight(String head) throws IOException {
            assertTrue(SITE.raw(head + "\r\nConnection: close\r\n\r\n").endsWith("\r\n\r\n[\"a\"]"));
        }
    }

    @Nested
    class Waiting {
        @ParameterizedTest
        @ValueSource(strings = {"413", "415", "200"})
        void forABodyThatIsRefusedIsAnsweredAndKeepsNobody(String status) throws IOException {
            String head = switch (status) {
                case "413" ->
                    "POST /tiny HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: 500\r\n";
                case "415" -> "POST /tiny HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n";
                default -> "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 50\r\n"; // a body that nobody asks for
            };
            try (Socket socket = SITE.connect()) {
                send(socket.getOutputStream(), head + "Expect: 100-continue\r\n\r\n");
                InputStream in = socket.getInputStream();
                StringBuilder answers = new StringBuilder();
                while (statusesIn(answers.toString()).size() < 2
                        || !answers.toString().endsWith("\r\n\r\n")) {
                    int c = in.read();
                    assertTrue(c >= 0, answers.toString());
                    answers.append((char) c);
                }
                assertEquals(List.of("100", status), statusesIn(answers.toString()));
                String rest = "x".repeat(status.equals("413") ? 500 : 50);
                send(socket.getOutputStream(), rest + LAST);
                assertTrue(new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).endsWith("[\"last\"]"));
            }
        }
    }
}
