package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that stop sending large bodies half way: they delay other large bodies only. */
class BodyMemoryBudgetTest {
    private static final String LARGE = "{\"name\": \"a\"}" + " ".repeat(500_000);

    private final TestSite site = TestSite.start();
    private final List<Socket> stalled = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        closeStalled();
        site.close();
    }

    private void closeStalled() throws IOException {
        for (Socket socket : stalled) {
            socket.close();
        }
    }

    /** Uses up the budget for reading: eight bodies of a mebibyte each, of which only the first byte arrives. */
    private void stall() throws IOException {
        for (int i = 0; i < 8; i++) {
            Socket socket = site.connect();
            stalled.add(socket);
            socket.getOutputStream()
                    .write(("POST /api/v1/things HTTP/1.1\r\nHost: a\r\n"
                                    + "Content-Type: application/json\r\nContent-Length: " + Route.ONE_MEBIBYTE
                                    + "\r\n\r\n{")
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    @Test
    @Tag("faults")
    void isReleasedByRequestsThatTimedOut() throws IOException {
        stall();
        Await.until(
                "the budget is used up",
                () -> site.post("/api/v1/things", LARGE).status() == 503);
        TestSite.ClientResponse rejected = site.post("/api/v1/things", LARGE);
        assertEquals("unavailable", rejected.code());
        assertEquals("1", rejected.header("Retry-After"));
        assertEquals(201, site.post("/api/v1/things", "{\"name\": \"a\"}").status());

        closeStalled();

        Await.until(
                "the budget is available",
                () -> site.post("/api/v1/things", LARGE).status() == 201);
        for (int i = 0; i < 20; i++) {
            assertEquals(201, site.post("/api/v1/things", LARGE).status());
        }
    }

    @Test
    void doesNotDelaySmallBodies() throws IOException {
        stall();
        for (int i = 0; i < 20; i++) {
            assertEquals(201, site.post("/api/v1/things", "{\"name\": \"a\"}").status());
        }
        assertTrue(site.get("/long").status() == 200);
    }

    @Test
    void isReleasedAfterEachBody() {
        for (int i = 0; i < 40; i++) {
            assertEquals(201, site.post("/api/v1/things", LARGE).status());
            assertEquals(
                    422,
                    site.post("/api/v1/things", LARGE.replace("name", "nome")).status());
            assertEquals(400, site.post("/api/v1/things", LARGE + "x").status());
            assertEquals(413, site.post("/api/v1/things", LARGE + LARGE + LARGE).status());
        }
    }
}
