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

class ForwarderTest {
    @RegisterExtension
    static final TestRedis redis = TestRedis.ofItsOwn();

    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final Duration IMPATIENT = Duration.ofMillis(100);

    private Forwarder forwarder;
    private RespConnection client;

    @BeforeEach
    void connect() throws IOException {
        redis.command("FLUSHALL");
        forwarder = Forwarder.to(redis.address());
        client = new RespConnection(forwarder.address(), PATIENT);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        forwarder.close();
    }

    private RespConnection impatient() throws IOException {
        return new RespConnection(forwarder.address(), IMPATIENT);
    }

    private static void awaitValue(String key, String value) {
        Await.until(key + " is " + value, () -> redis.command("GET", key).equals(value));
    }

    @Nested
    class Forwarding {
        @Test
        void passesBothWays() throws IOException {
            String large = "x".repeat(3_000_000);
            assertEquals("OK", client.call("SET", "key", large));
            assertEquals(large, client.call("GET", "key"));
        }

        @Test
        void countsConnectionsAndCommands() throws IOException {
            client.call("PING");
            try (RespConnection other = impatient()) {
                other.call("PING");
                other.call("PING");
                assertEquals(2, forwarder.connections());
            }
            Await.until("one has left", () -> forwarder.connections() == 1);
            assertEquals(2, forwarder.accepted());
            assertEquals(3, forwarder.requests());
            Await.until("nothing is here any more", () -> forwarder.waiting() == 0);
        }

        @Test
        void tellsClientsThatTheServerIsGone() {
            redis.server().kill();
            assertThrows(IOException.class, () -> client.call("PING"));
            assertThrows(IOException.class, () -> impatient().call("PING"));
            redis.server().restart();
        }
    }

    @Nested
    class Delay {
        @Test
        void letsAnswersComeLater() throws IOException {
            forwarder.delay(Duration.ofSeconds(5));
            try (RespConnection other = impatient()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("SET", "key", "value"));
            }
            awaitValue("key", "value");
        }

        @Test
        void manyUnderWayDoNotWaitForEachOther() throws IOException {
            int commands = 50;
            forwarder.delay(Duration.ofMillis(400)); // 20 seconds one after another; a reply is awaited for 10
            for (int i = 0; i < commands; i++) {
                client.send("INCR", "count");
                awaitValue("count", String.valueOf(i + 1)); // so that each has a chunk of its own
            }
            for (int i = 0; i < commands; i++) {
                assertEquals(String.valueOf(i + 1), client.receive());
            }
        }
    }

    @Nested
    class Hold {
        @Test
        void keepsWhatIsSentAndPassesItOnLater() throws IOException {
            client.call("PING");
            forwarder.hold();
            client.send("SET", "key", "value");
            Await.until("it is here", () -> forwarder.waiting() == 1);
            assertEquals("(nil)", redis.command("GET", "key"));
            forwarder.release();
            assertEquals("OK", client.receive());
            assertEquals("value", redis.command("GET", "key"));
            Await.until("nothing is here any more", () -> forwarder.waiting() == 0);
        }

        @Test
        void keepsAnswers() throws IOException {
            try (RespConnection other = impatient()) {
                other.call("SUBSCRIBE", "news");
                forwarder.hold();
                redis.command("PUBLISH", "news", "late");
                assertThrows(SocketTimeoutException.class, other::receive);
                forwarder.release();
                Await.until("it arrives", () -> arrives(other, "message\nnews\nlate"));
            }
        }

        @Test
        void takesConnections() throws IOException {
            forwarder.hold();
            try (RespConnection other = impatient()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("PING"));
                assertEquals(2, forwarder.accepted());
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
        void letsAbandonedWriteThroughLater() throws IOException {
            forwarder.holdRequests();
            try (RespConnection other = impatient()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("SET", "key", "abandoned"));
            }
            redis.command("SET", "key", "newer");
            forwarder.release();
            awaitValue("key", "abandoned");
            Await.until("its connection ends", () -> forwarder.connections() == 1);
        }

        @Test
        void answersGoOn() throws IOException {
            client.call("SUBSCRIBE", "news");
            forwarder.holdRequests();
            redis.command("PUBLISH", "news", "now");
            assertEquals("message\nnews\nnow", client.receive());
        }
    }

    @Nested
    class Cut {
        @Test
        void endsConnectionsAndRefusesNewOnes() throws IOException {
            client.call("PING");
            forwarder.cut();
            assertThrows(IOException.class, () -> client.call("PING"));
            assertThrows(ConnectException.class, () -> impatient());
            assertEquals(0, forwarder.connections());
        }

        @Test
        void dropsWhatWasHeld() throws IOException {
            forwarder.hold();
            client.send("SET", "key", "value");
            Await.until("it is here", () -> forwarder.waiting() == 1);
            forwarder.cut();
            forwarder.mend();
            try (RespConnection other = impatient()) {
                assertEquals("(nil)", other.call("GET", "key"));
            }
        }

        @Test
        void mendTakesConnectionsAtTheSamePort() throws IOException {
            for (int i = 0; i < 3; i++) {
                forwarder.cut();
                forwarder.mend();
                try (RespConnection other = impatient()) {
                    assertEquals("PONG", other.call("PING"));
                }
            }
        }

        @Test
        void disconnectGoesOnTakingConnections() throws IOException {
            client.call("PING");
            forwarder.disconnect();
            assertThrows(IOException.class, () -> client.call("PING"));
            try (RespConnection other = impatient()) {
                assertEquals("PONG", other.call("PING"));
            }
        }
    }

    @Nested
    class RespondWith {
        @Test
        void answersEachCommandInsteadOfTheServer() throws IOException {
            client.call("PING");
            forwarder.respondWith("-READONLY You can't write against a read only replica.\r\n");
            client.send("SET", "key", "value");
            client.send("SET", "key", "value");
            for (int i = 0; i < 2; i++) {
                assertTrue(assertThrows(IllegalStateException.class, client::receive)
                        .getMessage()
                        .startsWith("READONLY"));
            }
            try (RespConnection other = impatient()) {
                assertThrows(IllegalStateException.class, () -> other.call("PING"));
            }
            forwarder.mend();
            assertEquals("(nil)", client.call("GET", "key"));
        }

        @Test
        void bytesNeedNotBeReplies() {
            forwarder.respondWith("\0\1\2 nonsense\r\n".getBytes(StandardCharsets.UTF_8));
            assertThrows(IOException.class, () -> client.call("PING"));
        }

        @Test
        void noBytesAreSilence() throws IOException {
            forwarder.respondWith(new byte[0]);
            try (RespConnection other = impatient()) {
                assertThrows(SocketTimeoutException.class, () -> other.call("PING"));
            }
        }
    }

    @Test
    void closeEndsAll() throws IOException {
        client.call("PING");
        forwarder.close();
        assertThrows(EOFException.class, client::receive);
        forwarder.close();
    }
}
