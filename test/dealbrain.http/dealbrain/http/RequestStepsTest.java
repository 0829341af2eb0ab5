package dealbrain.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.json.ThingInput;
import dealbrain.testing.Await;
import dealbrain.waterfall.Step;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The steps of a request that the server records: its body, JSON, compression, and the socket. */
class RequestStepsTest {
    private static final int LARGE = 30_000_000;

    private final BlockingQueue<Thread> threads = new LinkedBlockingQueue<>();
    private final BlockingQueue<Waterfall> waterfalls = new LinkedBlockingQueue<>();
    private Server server;

    @BeforeEach
    void start() throws IOException {
        Router router = new Router();
        router.get("/picture", _ -> Response.bytes(200, "image/png", new byte[LARGE]))
                .access(Access.PUBLIC)
                .produces("image/png")
                .returns(String.class);
        router.get(
                        "/numbers",
                        _ -> Response.ok(IntStream.range(0, 300_000).boxed().toList()))
                .access(Access.PUBLIC)
                .returns(List.class);
        router.post("/things", request -> Response.ok(request.body(ThingInput.class)))
                .access(Access.PUBLIC)
                .body(ThingInput.class)
                .returns(ThingInput.class);
        server = new Server("127.0.0.1", 0);
        server.start(router, ServerOptions.of(ApiDescription.of("things", "1")).withObserver(this::observe));
    }

    private ResponseSummary observe(Request request, ExchangeObserver.Exchange exchange) throws IOException {
        Waterfall waterfall = Waterfall.start();
        threads.add(Thread.currentThread());
        try {
            return Waterfall.call(waterfall, exchange::process);
        } finally {
            waterfalls.add(waterfall);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void haveTheSocketWhileTheClientReadsSlowly() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, "GET /picture HTTP/1.1\r\nHost: x\r\n\r\n");
            awaitBlocked();
            socket.getInputStream().skipNBytes(LARGE);

            assertEquals(Set.of(StepKind.SOCKET), kinds());
        }
    }

    @Test
    void haveTheBodyWhileTheClientSendsSlowly() throws Exception {
        String body = "{\"name\": \"a thing\"}";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(
                    socket,
                    "POST /things HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                            + "Content-Length: " + body.length() + "\r\n\r\n" + body.substring(0, 5));
            awaitBlocked();
            send(socket, body.substring(5));
            socket.getInputStream().readAllBytes();

            assertTrue(kinds().contains(StepKind.REQUEST_BODY));
        }
    }

    @Test
    void haveJsonAndCompression() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            send(socket, "GET /numbers HTTP/1.1\r\nHost: x\r\nConnection: close\r\nAccept-Encoding: gzip\r\n\r\n");
            socket.getInputStream().readAllBytes();

            Set<StepKind> kinds = kinds();
            assertTrue(kinds.containsAll(Set.of(StepKind.JSON, StepKind.GZIP)), kinds::toString);
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Waits until the thread of the request waits for the client, and for a time that is recorded. */
    private void awaitBlocked() throws InterruptedException {
        Thread thread = threads.poll(15, TimeUnit.SECONDS);
        Await.until("the request waits for the client", () -> thread.getState() == Thread.State.WAITING);
        long blocked = System.nanoTime();
        Await.until("it has waited for a while", () -> System.nanoTime() - blocked > 5_000_000);
    }

    private Set<StepKind> kinds() throws InterruptedException {
        return waterfalls.poll(15, TimeUnit.SECONDS).steps().stream()
                .map(Step::kind)
                .collect(Collectors.toSet());
    }
}
