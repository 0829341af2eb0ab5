package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that send large bodies slowly, or stop half way: they delay no other. */
class BodyMemoryBudgetTest {
    private static final String SMALL = "{\"name\": \"a\"}";
    private static final String LARGE = SMALL + " ".repeat(500_000);

    /** The header {@code X-User} names the user, so that a test needs no tokens. */
    private final TestSite site = TestSite.start(
            List.of(),
            (request, next) -> next.handle(request.header("X-User")
                    .map(id -> request.ofUser(Long.parseLong(id)))
                    .orElse(request)));

    private final List<Socket> stalled = new ArrayList<>();

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : stalled) {
            socket.close();
        }
        site.close();
    }

    /** Sends the first bytes of bodies of a mebibyte, and no more. */
    private void stall(int count, String framing, String start, int users) throws IOException {
        for (int i = 0; i < count; i++) {
            Socket socket = site.connect();
            stalled.add(socket);
            socket.getOutputStream()
                    .write(("POST /api/v1/things HTTP/1.1\r\nHost: a\r\nX-User: " + i % users + "\r\n"
                                    + "Content-Type: application/json\r\n" + framing + "\r\n\r\n" + start)
                            .getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static final String DECLARED = "Content-Length: " + Route.ONE_MEBIBYTE;

    private int post(String body, String user) {
        return site.send("POST", "/api/v1/things", body, "Content-Type", "application/json", "X-User", user)
                .status();
    }

    @Test
    void takesNoMemoryForBytesThatHaveNotArrived() throws IOException {
        stall(200, DECLARED, "{", 1);
        for (int i = 0; i < 20; i++) {
            assertEquals(201, post(LARGE, "7"));
            assertEquals(201, post(LARGE, "0"), "of the same user");
            assertEquals(201, post(SMALL, "0"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 200})
    @Tag("faults")
    void takesTheMemoryOfSlowBodiesForOthers(int users) throws IOException {
        String start = "{" + " ".repeat(100_000); // together more than the budget
        stall(200, DECLARED, start, users);
        assertLargeBodiesAreAccepted();
    }

    /** Each waits for memory, at most for the five seconds that a busy machine may take for one of them. */
    private void assertLargeBodiesAreAccepted() {
        List<Integer> statuses =
                IntStream.range(0, 20).mapToObj(_ -> post(LARGE, "777")).toList();
        assertTrue(Collections.frequency(statuses, 201) >= 19, statuses::toString);
    }

    @Test
    @Tag("faults")
    void takesTheMemoryOfSlowBodiesInChunksForOthers() throws IOException {
        stall(200, "Transfer-Encoding: chunked", "20000\r\n{" + " ".repeat(100_000), 200);
        assertLargeBodiesAreAccepted();
    }

    /** Again if a busy machine takes longer than a body waits for memory. */
    @Test
    void letsManyBodiesEndThatGrowTogether() {
        Await.until("all are accepted", () -> {
            List<Integer> statuses = new CopyOnWriteArrayList<>();
            List<String> outcomes =
                    Concurrently.run(40, i -> statuses.add(post(SMALL + " ".repeat(1_000_000), "" + i)));

            assertEquals(Collections.nCopies(40, "ok"), outcomes);
            assertTrue(statuses.stream().allMatch(status -> status == 201 || status == 503), statuses::toString);
            return !statuses.contains(503);
        });
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

    @Test
    void isReleasedWhenClientsDisconnect() throws IOException {
        for (int i = 0; i < 20; i++) {
            stall(8, DECLARED, "{" + " ".repeat(900_000), 8);
            for (Socket socket : stalled) {
                socket.close();
            }
            stalled.clear();
        }
        Await.until("the memory is free", () -> post(LARGE, "777") == 201);
        assertEquals(201, post(LARGE, "0"));
    }
}
