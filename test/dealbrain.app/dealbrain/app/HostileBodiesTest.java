package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Api;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Many concurrent bodies that cost much more to parse than to send: their total memory is bounded. */
@Tag("faults")
class HostileBodiesTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final int AT_ONCE = 200;
    private static final long MAX_GROWTH = 64L << 20;
    private static final int MEBIBYTE = 1 << 20;

    /** A request and its allowed statuses; 503 is always allowed. The body is shared by all threads. */
    private record Hostile(String name, byte[] head, byte[] body, Set<Integer> statuses) {}

    private final Api ada = application.api().signUp("ada");
    private final String listing = ada.post("/api/v1/listings", "{\"title\": \"Tiny\"}")
            .header("Location")
            .orElseThrow();
    private final String collection = ada.post("/api/v1/collections", "{\"name\": \"Lab\"}")
            .header("Location")
            .orElseThrow();

    private Hostile hostile(String name, String method, String path, String json, Integer... statuses) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path
                + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + ada.token() + "\r\nContent-Length: " + body.length + "\r\n\r\n";
        Set<Integer> all = new HashSet<>(List.of(statuses));
        all.add(503);
        return new Hostile(name, head.getBytes(StandardCharsets.US_ASCII), body, all);
    }

    private List<Hostile> worst() {
        return List.of(
                hostile("deep", "POST", "/api/v1/listings", "[".repeat(100_000), 400),
                hostile("a million digits", "POST", "/api/v1/listings", "1".repeat(1_000_000), 400),
                hostile(
                        "a huge exponent",
                        "POST",
                        "/api/v1/listings",
                        "{\"title\": \"a\", \"price_usd\": 1e999999999}",
                        422),
                hostile(
                        "names in attributes",
                        "POST",
                        "/api/v1/listings",
                        "{\"title\": \"a\", \"attributes\": {" + names(MEBIBYTE - 100) + "}}",
                        400,
                        422),
                hostile("unknown names", "POST", "/api/v1/listings", "{" + names(MEBIBYTE - 100) + "}", 400, 422),
                hostile("unknown names of a patch", "PATCH", listing, "{" + names(MEBIBYTE - 100) + "}", 400, 422),
                hostile(
                        "empty objects",
                        "PATCH",
                        listing,
                        "{\"attributes\": {\"a\": [" + "{},".repeat(MEBIBYTE / 3 - 20) + "{}]}}",
                        400,
                        422),
                hostile(
                        "empty listings",
                        "POST",
                        "/api/v1/listings/bulk",
                        "{\"listings\": [" + "{},".repeat(MEBIBYTE / 3 - 20) + "{}]}",
                        400,
                        422),
                hostile(
                        "invalid ids",
                        "PUT",
                        collection + "/items/order",
                        "{\"item_ids\": [" + "\"\",".repeat(MEBIBYTE / 3 - 20) + "\"\"]}",
                        400,
                        422),
                hostile(
                        "a million names",
                        "POST",
                        "/api/v1/collections/import",
                        "{" + names(8 * MEBIBYTE - 100) + "}",
                        400,
                        422),
                hostile(
                        "one long text",
                        "POST",
                        "/api/v1/listings",
                        "{\"title\": \"" + "\u00fc".repeat(MEBIBYTE / 2 - 20) + "\"}",
                        422));
    }

    /** Returns the largest possible number of members with different names: {@code "0":1,"1":1,…} in base 36. */
    private static String names(int length) {
        return IntStream.range(0, length / 5)
                        .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\":1,")
                        .takeWhile(new Fits(length)::take)
                        .collect(Collectors.joining())
                + "\"\":1";
    }

    private static final class Fits {
        private int left;

        Fits(int length) {
            left = length;
        }

        boolean take(String text) {
            left -= text.length();
            return left >= 0;
        }
    }

    @Test
    void useLittleMemoryConcurrently() {
        List<Hostile> worst = worst();
        worst.forEach(this::send); // loads all classes
        long before = usedAfterCollection();
        AtomicBoolean running = new AtomicBoolean(true);
        long[] most = {before};
        Thread watch = Thread.ofPlatform().start(() -> {
            while (running.get()) {
                most[0] = Math.max(most[0], usedAfterCollection());
                LockSupport.parkNanos(100_000_000); // leaves time for the requests
            }
        });
        Map<String, List<Integer>> statuses = Collections.synchronizedMap(new TreeMap<>());

        List<String> outcomes = Concurrently.run(AT_ONCE, i -> {
            Hostile each = worst.get(i % worst.size());
            statuses.computeIfAbsent(each.name(), _ -> Collections.synchronizedList(new ArrayList<>()))
                    .add(send(each));
        });
        running.set(false);
        join(watch);

        System.out.printf(
                "%d hostile bodies at once: live heap from %d to %d MB; %s%n",
                AT_ONCE, before >> 20, most[0] >> 20, statuses);
        assertEquals(Set.of("ok"), Set.copyOf(outcomes));
        worst.forEach(each -> assertTrue(
                each.statuses().containsAll(statuses.get(each.name())), each.name() + " " + statuses.get(each.name())));
        assertTrue(most[0] - before < MAX_GROWTH, "grew by " + (most[0] - before >> 20) + " MB");
        assertEquals(200, ada.get(listing).status());
    }

    private int send(Hostile hostile) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), application.port())) {
            socket.setSoTimeout(60_000);
            socket.getOutputStream().write(hostile.head());
            socket.getOutputStream().write(hostile.body());
            InputStream in = socket.getInputStream();
            String response = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            boolean small = hostile.body().length <= 1024;
            assertFalse(
                    small && response.contains("too many large bodies"),
                    "a small body does not wait for large ones: " + response);
            return Integer.parseInt(response.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length()));
        } catch (SocketException e) {
            // the server refused a large body before it was sent; the reset of the connection may overtake its 503
            assertTrue(hostile.body().length > 1024, () -> hostile.name() + ": " + e);
            return 503;
        } catch (IOException e) {
            throw new UncheckedIOException(hostile.name(), e);
        }
    }

    /** Returns the size of the live objects. */
    private static long usedAfterCollection() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
