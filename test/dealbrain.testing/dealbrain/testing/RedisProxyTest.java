package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisProxyTest {
    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private static final Duration LONG_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(100);

    private RedisProxy proxy;
    private RespConnection client;

    @BeforeEach
    void start() throws IOException {
        redis.command("FLUSHALL");
        proxy = RedisProxy.to(redis.address());
        client = connect();
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        proxy.close();
    }

    private RespConnection connect() throws IOException {
        return new RespConnection(proxy.address(), LONG_TIMEOUT);
    }

    /** For replies that do not arrive. */
    private RespConnection connectWithShortTimeout() throws IOException {
        return new RespConnection(proxy.address(), SHORT_TIMEOUT);
    }

    private static void awaitValue(String key, String value) {
        Await.until(key + " is " + value, () -> redis.command("GET", key).equals(value));
    }

    @Nested
    class Forwarding {
        @Test
        void forwardsBothDirections() throws IOException {
            String large = "x".repeat(3_000_000);
            assertEquals("OK", client.call("SET", "key", large));
            assertEquals(large, client.call("GET", "key"));
        }

        @Test
        void countsConnectionsAndCommands() throws IOException {
            client.call("PING");
            try (RespConnection other = connect()) {
                other.call("PING");
                other.call("PING");
                assertEquals(2, proxy.connections());
            }
            Await.until("one connection is open", () -> proxy.connections() == 1);
            assertEquals(2, proxy.accepted());
            assertEquals(3, proxy.requests());
            Await.until("no command is pending", () -> proxy.pending() == 0);
        }

        @Test
        void closesConnectionsWhenTheServerIsDown() {
            redis.server().kill();
            assertThrows(IOException.class, () -> client.call("PING"));
            assertThrows(IOException.class, () -> connectWithShortTimeout().call("PING"));
            redis.server().restart();
        }
    }

    @Nested
    class Delay {
        @Test
        void delaysReplies() throws IOException {
            proxy.delay(Duration.ofSeconds(5));
            try (RespConnection other = connectWithShortTimeout()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("SET", "key", "value"));
            }
            awaitValue("key", "value");
        }

        @Test
        void repliesInFlightDoNotWaitForEachOther() throws IOException {
            int commands = 50;
            proxy.delay(Duration.ofMillis(400)); // 20 seconds if they did; the timeout is 10
            for (int i = 0; i < commands; i++) {
                client.send("INCR", "count");
                awaitValue("count", String.valueOf(i + 1)); // so that each command is a separate chunk
            }
            for (int i = 0; i < commands; i++) {
                assertEquals(String.valueOf(i + 1), client.receive());
            }
        }
    }

    @Nested
    class Hold {
        @Test
        void forwardsHeldRequestsAfterRelease() throws IOException {
            client.call("PING");
            proxy.hold();
            client.send("SET", "key", "value");
            Await.until("one command is pending", () -> proxy.pending() == 1);
            assertEquals("(nil)", redis.command("GET", "key"));
            proxy.release();
            assertEquals("OK", client.receive());
            assertEquals("value", redis.command("GET", "key"));
            Await.until("no command is pending", () -> proxy.pending() == 0);
        }

        @Test
        void forwardsHeldRepliesAfterRelease() throws IOException {
            try (RespConnection other = connectWithShortTimeout()) {
                other.send("SUBSCRIBE", "news");
                Await.until("it has subscribed", () -> arrives(other, "subscribe\nnews\n1"));
                proxy.hold();
                redis.command("PUBLISH", "news", "late");
                assertThrows(SocketTimeoutException.class, other::receive);
                proxy.release();
                Await.until("the message arrives", () -> arrives(other, "message\nnews\nlate"));
            }
        }

        @Test
        void acceptsConnections() throws IOException {
            proxy.hold();
            try (RespConnection other = connectWithShortTimeout()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("PING"));
                assertEquals(2, proxy.accepted());
            }
        }

        private static boolean arrives(RespConnection connection, String text) {
            try {
                return connection.receive().equals(text);
            } catch (IOException _) {
                return false; // not yet
            }
        }
    }

    @Nested
    class HoldRequests {
        @Test
        void forwardsWritesOfDisconnectedClientsAfterRelease() throws IOException {
            proxy.holdRequests();
            try (RespConnection other = connectWithShortTimeout()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("SET", "key", "abandoned"));
            }
            redis.command("SET", "key", "newer");
            proxy.release();
            awaitValue("key", "abandoned");
            Await.until("its connection is closed", () -> proxy.connections() == 1);
        }

        @Test
        void forwardsReplies() throws IOException {
            client.call("SUBSCRIBE", "news");
            proxy.holdRequests();
            redis.command("PUBLISH", "news", "now");
            assertEquals("message\nnews\nnow", client.receive());
        }
    }

    @Nested
    class Cut {
        @Test
        void closesConnectionsAndRefusesNewOnes() throws IOException {
            client.call("PING");
            proxy.cut();
            assertThrows(IOException.class, () -> client.call("PING"));
            assertThrows(ConnectException.class, () -> connectWithShortTimeout());
            assertEquals(0, proxy.connections());
        }

        @Test
        void dropsHeldData() throws IOException {
            proxy.hold();
            client.send("SET", "key", "value");
            Await.until("one command is pending", () -> proxy.pending() == 1);
            proxy.cut();
            proxy.restore();
            try (RespConnection other = connect()) {
                assertEquals("(nil)", other.call("GET", "key"));
            }
        }

        @Test
        void restoreAcceptsConnectionsOnTheSamePort() throws IOException {
            for (int i = 0; i < 3; i++) {
                proxy.cut();
                proxy.restore();
                try (RespConnection other = connect()) {
                    assertEquals("PONG", other.call("PING"));
                }
            }
        }

        @Test
        void disconnectStillAcceptsConnections() throws IOException {
            client.call("PING");
            proxy.disconnect();
            assertThrows(IOException.class, () -> client.call("PING"));
            try (RespConnection other = connect()) {
                assertEquals("PONG", other.call("PING"));
            }
        }
    }

    @Nested
    class RespondWith {
        @Test
        void repliesToEachCommandInsteadOfTheServer() throws IOException {
            client.call("PING");
            proxy.respondWith("-READONLY You can't write against a read only replica.\r\n");
            client.send("SET", "key", "value");
            client.send("SET", "key", "value");
            for (int i = 0; i < 2; i++) {
                assertTrue(assertThrows(IllegalStateException.class, client::receive)
                        .getMessage()
                        .startsWith("READONLY"));
            }
            try (RespConnection other = connect()) {
                assertThrows(IllegalStateException.class, () -> other.call("PING"));
            }
            proxy.restore();
            assertEquals("(nil)", client.call("GET", "key"));
        }

        @Test
        void sendsInvalidReplies() {
            proxy.respondWith("\0\1\2 nonsense\r\n".getBytes(StandardCharsets.UTF_8));
            assertThrows(IOException.class, () -> client.call("PING"));
        }

        @Test
        void sendsNothingForAnEmptyReply() throws IOException {
            proxy.respondWith(new byte[0]);
            try (RespConnection other = connectWithShortTimeout()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("PING"));
            }
        }
    }

    @Test
    void closeClosesAllConnections() throws IOException {
        client.call("PING");
        proxy.close();
        assertThrows(EOFException.class, client::receive);
        proxy.close();
    }
}
