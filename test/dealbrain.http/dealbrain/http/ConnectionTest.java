package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests keep-alive, slow clients and the stop of the server on sockets. */
class ConnectionTest {
    private static final String LAST = "GET /texts/last HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n";
    private static final TestSite SITE = TestSite.start();

    @AfterAll
    static void stop() {
        SITE.close();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
    }

    private static String head(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int c = in.read();
            if (c < 0) {
                break;
            }
            head.append((char) c);
        }
        return head.toString();
    }

    private static List<String> statuses(String responses) {
        return Pattern.compile("HTTP/1\\.1 (\\d{3})")
                .matcher(responses)
                .results()
                .map(found -> found.group(1))
                .toList();
    }

    @Nested
    class KeepAlive {
        @ParameterizedTest
        @ValueSource(strings = {"/unread", "/nothing", "/long", "/fail/bug", "/tiny"})
        void survivesAnUnreadBody(String path) throws IOException {
            String body = "b".repeat(300_000);
            String responses = SITE.raw("POST " + path + " HTTP/1.1\r\nHost: a\r\nContent-Length: " + body.length()
                    + "\r\n\r\n" + body + LAST);
            assertEquals(2, statuses(responses).size(), responses);
            assertTrue(responses.endsWith("[\"last\"]\n"), responses);
        }

        /** Requests after a chunked body are not read, see {@link RequestSyntaxTest}. */
        @Test
        void isClosedAfterAChunkedBody() throws IOException {
            String responses = SITE.raw(
                    "POST /unread HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n1000\r\n"
                            + "d".repeat(4096) + "\r\n0\r\n\r\n" + LAST);
            assertEquals(List.of("200"), statuses(responses));
        }

        @Test
        void respondsInOrder() throws IOException {
            String thing = "{\"name\":\"a\"}";
            String tag = SITE.get("/long").header("ETag");
            String responses = SITE.raw("HEAD /long HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "GET /long HTTP/1.1\r\nHost: a\r\nIf-None-Match: " + tag + "\r\n\r\n"
                    + "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                    + thing.length() + "\r\n\r\n" + thing
                    + "DELETE /api/v1/things/1 HTTP/1.1\r\nHost: a\r\n\r\n"
                    + "POST /long HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc"
                    + "OPTIONS /long HTTP/1.1\r\nHost: a\r\n\r\n" + LAST);
            assertEquals(List.of("200", "304", "201", "204", "405", "204", "200"), statuses(responses));
            assertTrue(responses.endsWith("[\"last\"]\n"));
        }

        @Test
        void respondsBeforeTheRestOfTheBodyArrives() throws IOException {
            try (Socket socket = SITE.connect()) {
                send(socket, "POST /unread HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\n");
                assertTrue(head(socket.getInputStream()).startsWith("HTTP/1.1 200 "));
            }
        }

        @Test
        void rejectsAMuchTooLargeBodyWithAResponse() throws IOException {
            String body = " ".repeat(5 << 20);
            String responses = SITE.raw(
                    "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body + LAST);
            assertEquals(List.of("413", "200"), statuses(responses));
        }

        @Test
        void sends100Continue() throws IOException {
            String thing = "{\"name\":\"a\"}";
            try (Socket socket = SITE.connect()) {
                send(
                        socket,
                        "POST /api/v1/things HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\n"
                                + "Content-Type: application/json\r\nContent-Length: " + thing.length() + "\r\n\r\n");
                assertTrue(head(socket.getInputStream()).startsWith("HTTP/1.1 100 "));
                send(socket, thing);
                assertTrue(head(socket.getInputStream()).startsWith("HTTP/1.1 201 "));
            }
        }

        @Test
        void isClosedForHttp10() throws IOException {
            assertTrue(SITE.raw("GET /texts/old HTTP/1.0\r\n\r\n").endsWith("[\"old\"]\n"));
        }
    }

    @Nested
    class SlowClients {
        @Test
        void doNotDelayOthers() throws IOException {
            List<Socket> slow = new ArrayList<>();
            try {
                for (int i = 0; i < 200; i++) {
                    Socket socket = SITE.connect();
                    slow.add(socket);
                    send(
                            socket,
                            i % 2 == 0
                                    ? "GET /long HT"
                                    : "POST /tiny HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                                            + "Content-Length: 50\r\n\r\n{");
                }
                assertEquals(200, SITE.get("/long").status());
            } finally {
                for (Socket socket : slow) {
                    socket.close();
                }
            }
        }

        @Test
        void maySendByteByByte() throws IOException {
            try (Socket socket = SITE.connect()) {
                OutputStream out = socket.getOutputStream();
                for (byte b : LAST.getBytes(StandardCharsets.ISO_8859_1)) {
                    out.write(b);
                    out.flush();
                }
                assertTrue(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                        .endsWith("[\"last\"]\n"));
            }
        }

        @Test
        void thatDoNotReadDoNotDelayOthers() throws IOException {
            try (Socket socket = SITE.connect()) {
                for (int i = 0; i < 500; i++) {
                    send(socket, "GET /long HTTP/1.1\r\nHost: a\r\n\r\n");
                }
                assertEquals(200, SITE.get("/long").status());
            }
        }
    }

    @Nested
    class Stop {
        @Test
        void completesActiveRequestsAndRejectsNewOnes() throws Exception {
            TestSite site = TestSite.start();
            try (Socket socket = site.connect()) {
                send(socket, "GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
                site.gate.entered.acquire();
                Thread stopping = Thread.ofVirtual().start(() -> site.server.stop(Duration.ofSeconds(60)));
                while (isOpen(site)) {
                    Thread.onSpinWait();
                }
                site.gate.opened.countDown();
                assertTrue(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1)
                        .endsWith("{\"passed\":true}\n"));
                stopping.join();
            }
        }

        private static boolean isOpen(TestSite site) throws IOException {
            try (Socket socket = site.connect()) {
                return socket.isConnected();
            } catch (SocketException _) { // refused, or reset while it was being accepted
                return false;
            }
        }

        @Test
        void doesNotWaitForDisconnectedOrIdleClients() throws Exception {
            TestSite site = TestSite.start();
            Socket idle = site.connect();
            send(idle, "GET /lon");
            try (Socket gone = site.connect()) {
                gone.setSoLinger(true, 0);
                send(gone, "GET /stream/broken HTTP/1.1\r\nHost: a\r\n\r\nGET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
            }
            assertTimeoutPreemptively(Duration.ofSeconds(30), () -> site.server.stop(Duration.ofSeconds(120)));
            assertThrows(ConnectException.class, site::connect);
            idle.close();
        }

        @Test
        void abortsRequestsAfterTheMaximumWait() throws Exception {
            TestSite site = TestSite.start();
            try (Socket socket = site.connect()) {
                send(socket, "GET /gate HTTP/1.1\r\nHost: a\r\n\r\n");
                site.gate.entered.acquire();
                site.server.stop(Duration.ofMillis(10));
                assertFalse(isOpen(site));
            }
        }
    }

    /** Requests that the server of the JDK rejects itself, with HTML that cannot be changed. */
    @Nested
    class RejectedByTheJdk {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nonsense",
                    "GET /long",
                    "GET /a|b HTTP/1.1",
                    "GET /texts/%zz HTTP/1.1",
                    "GET /long?q=% HTTP/1.1",
                    "OPTIONS * HTTP/1.1"
                })
        void isRejectedAndClosed(String line) throws IOException {
            assertTrue(SITE.raw(line + "\r\nHost: a\r\n\r\n").matches("(?s)HTTP/1\\.1 40[04] .*Connection: close.*"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "Content-Length: 3\r\nTransfer-Encoding: chunked",
                    "Content-Length: 3\r\nContent-Length: 4",
                    "Content-Length: -1",
                    "Content-Length: x",
                    "Transfer-Encoding: gzip, chunked",
                    "Bad Name: x"
                })
        void doesNotSmuggleASecondRequest(String header) throws IOException {
            assertEquals(
                    1,
                    statuses(SITE.raw("POST /unread HTTP/1.1\r\nHost: a\r\n" + header + "\r\n\r\nabc" + LAST))
                            .size());
        }
    }
}
