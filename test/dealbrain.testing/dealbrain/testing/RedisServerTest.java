package dealbrain.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisServerTest {
    private RedisServer redis;

    @BeforeEach
    void start() {
        redis = RedisServer.start();
    }

    @AfterEach
    void close() {
        redis.close();
    }

    @Nested
    class Command {
        @Test
        void returnsRepliesAsText() {
            assertEquals("OK", redis.command("SET", "café", "crème\r\n*1"));
            assertEquals("crème\r\n*1", redis.command("GET", "café"));
            assertEquals("(nil)", redis.command("GET", "tea"));
            assertEquals("2", redis.command("RPUSH", "list", "a", "b"));
            assertEquals("a\nb", redis.command("LRANGE", "list", "0", "-1"));
        }

        @Test
        void throwsErrors() {
            assertTrue(assertThrows(IllegalStateException.class, () -> redis.command("GET"))
                    .getMessage()
                    .startsWith("ERR wrong number"));
        }
    }

    @Nested
    class Start {
        @Test
        void passesArgumentsToTheServer() {
            try (RedisServer other = RedisServer.start("--appendonly", "yes", "--maxmemory", "5mb")) {
                assertEquals("appendonly\nyes", other.command("CONFIG", "GET", "appendonly"));
                assertEquals("maxmemory\n5242880", other.command("CONFIG", "GET", "maxmemory"));
                assertNotEquals(redis.port(), other.port());
                assertNotEquals(redis.folder(), other.folder());
            }
        }

        @Test
        void persistsNothingByDefault() {
            assertEquals("save\n", redis.command("CONFIG", "GET", "save"));
            assertEquals("appendonly\nno", redis.command("CONFIG", "GET", "appendonly"));
        }

        @Test
        void startsASentinel() {
            try (RedisServer sentinel = RedisServer.start("--sentinel")) {
                sentinel.command("SENTINEL", "MONITOR", "deals", "127.0.0.1", String.valueOf(redis.port()), "1");
                sentinel.restart();
                assertEquals(
                        "127.0.0.1\n" + redis.port(), sentinel.command("SENTINEL", "GET-MASTER-ADDR-BY-NAME", "deals"));
            }
        }

        @Test
        void startsACluster() {
            try (RedisServer cluster = RedisServer.start("--cluster-enabled", "yes")) {
                cluster.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
                Await.until(
                        "the cluster is up",
                        () -> cluster.command("CLUSTER", "INFO").contains("cluster_state:ok"));
                assertEquals("OK", cluster.command("SET", "key", "value"));
            }
        }

        @Test
        void namesTheReasonWhenItDoesNotStart() {
            String message = assertThrows(IllegalStateException.class, () -> RedisServer.start("--no-such-thing", "1"))
                    .getMessage();
            assertTrue(message.contains("no-such-thing"), message);
        }
    }

    @Nested
    class Freeze {
        @Test
        void sendsNoReplyUntilThawed() throws IOException {
            try (RespConnection connection = new RespConnection(redis.address(), Duration.ofMillis(100))) {
                redis.freeze();
                assertThrows(SocketTimeoutException.class, () -> connection.call("SET", "key", "late"));
            }
            redis.thaw();
            Await.until(
                    "the command sent meanwhile was executed",
                    () -> redis.command("GET", "key").equals("late"));
        }

        @Test
        void closesAFrozenServer() {
            redis.freeze();
            redis.close();
            assertFalse(redis.isAlive());
        }
    }

    @Nested
    class Kill {
        @Test
        void refusesConnections() {
            redis.kill();
            UncheckedIOException thrown = assertThrows(UncheckedIOException.class, () -> redis.command("PING"));
            assertEquals(ConnectException.class, thrown.getCause().getClass());
        }

        @Test
        void losesDataThatWasNotSaved() {
            redis.command("SET", "key", "value");
            redis.kill();
            redis.restart();
            assertEquals("(nil)", redis.command("GET", "key"));
        }
    }

    @Nested
    class Restart {
        @Test
        void keepsSavedData() {
            redis.command("SET", "key", "old");
            redis.save();
            redis.command("SET", "key", "new");
            int port = redis.port();
            redis.restart();
            assertEquals(port, redis.port());
            assertEquals("old", redis.command("GET", "key"));
        }

        @Test
        void restartsAFrozenServer() {
            redis.freeze();
            redis.restart();
            assertEquals("PONG", redis.command("PING"));
        }

        @Test
        void rejectsAClosedServer() {
            redis.close();
            assertThrows(IllegalStateException.class, redis::restart);
        }
    }

    @Nested
    class Close {
        @Test
        void endsTheProcessAndDeletesTheFolder() throws IOException {
            ProcessHandle process = RunFolder.process(redis.folder()).orElseThrow();
            assertTrue(process.isAlive());
            redis.close();
            assertFalse(process.isAlive());
            assertFalse(Files.exists(redis.folder()));
            redis.close();
        }
    }

    @Nested
    class Binary {
        @Test
        void runsTheExecutableFromTheJar(@TempDir Path folder) throws Exception {
            Path program = RedisBinary.unpack(folder);
            Process process = new ProcessBuilder(program.toString(), "--version").start();
            assertTrue(new String(process.getInputStream().readAllBytes()).startsWith("Redis server v="));
            assertEquals(0, process.waitFor());
            assertEquals(program, RedisBinary.unpack(folder));
        }
    }
}
