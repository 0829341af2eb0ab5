package dealbrain.caching;

import static dealbrain.caching.CacheServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheServer.Part;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.LogLines;
import dealbrain.testing.RedisProxy;
import dealbrain.testing.RedisServer;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads return the right value during all faults of Redis. */
class RedisFaultsTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    @RegisterExtension
    final LogLines lines = new LogLines(RedisLink.class.getName());

    private RedisProxy proxy;
    private CacheServer server;

    @BeforeEach
    void start() {
        proxy = RedisProxy.to(redis.address());
        server = CacheServer.start(database, proxy.url(), redis.namespace());
        Await.until("the breaker is closed", () -> state().equals("closed"));
    }

    @AfterEach
    void stop() {
        server.close();
        proxy.close();
    }

    @Nested
    class Process {
        @Test
        void frozen() {
            redis.server().freeze();
            worksWithoutRedis();
            redis.server().thaw();
            recovers();
        }

        @Test
        void killed() {
            redis.server().kill();
            worksWithoutRedis();
            redis.server().restart();
            recovers();
        }

        @Test
        void madeAReplica() {
            redis.command("REPLICAOF", "127.0.0.1", "1");
            worksWithoutRedis();
            redis.command("REPLICAOF", "NO", "ONE");
            recovers();
        }

        @Test
        void startsWithoutRedis() {
            proxy.cut();
            try (CacheServer early = CacheServer.start(database, proxy.url(), redis.namespace())) {
                CacheServer.introduce(server, early);
                Part part = CacheServer.insert(database);
                assertEquals(part, early.read(part.id()).value());
                assertTrue(early.cache().isDegraded());
                proxy.restore();
                Await.until("Redis is available", () -> !early.cache().isDegraded());
            }
        }
    }

    @Nested
    class Network {
        @Test
        void refusing() {
            proxy.cut();
            worksWithoutRedis();
            proxy.restore();
            recovers();
        }

        @Test
        void silent() {
            proxy.hold();
            worksWithoutRedis();
            proxy.restore();
            recovers();
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "garbage\r\n",
                    "-READONLY You can't write against a read only replica.\r\n",
                    "-LOADING Redis is loading the dataset in memory\r\n",
                    "-OOM command not allowed when used memory > 'maxmemory'.\r\n",
                    "$3\r\nabc\r\n",
                    "\0\0\0\0",
                    "$99999999\r\nx"
                })
        void invalidReplies(String reply) {
            proxy.respondWith(reply);
            worksWithoutRedis();
            proxy.restore();
            recovers();
        }

        @Test
        void slow() {
            proxy.delay(RedisLink.TIMEOUT.multipliedBy(4));
            worksWithoutRedis();
            int accepted = proxy.accepted();
            Await.until("several connections were opened", () -> proxy.accepted() > accepted + 5);
            assertEquals(1, warnings().size()); // the breaker did not close in between
            proxy.restore();
            recovers();
        }

        @Test
        void lost() {
            proxy.disconnect();
            recovers();
        }
    }

    @Nested
    class Breaker {
        @Test
        void limitsTimeouts() {
            redis.server().freeze();
            for (int i = 0; i < 100; i++) {
                Part part = CacheServer.insert(database);
                assertEquals(part, server.read(part.id()).value());
            }
            CacheStats stats = server.cache().stats();
            assertTrue(stats.timeouts() <= 4, stats::toString); // three, and one of the check every 500 ms
            assertEquals(100, stats.loads());
            redis.server().thaw();
            recovers();
        }

        @Test
        void warnsOnceForConcurrentReads() {
            redis.server().freeze();
            List<String> outcomes = Concurrently.run(16, _ -> {
                for (int i = 0; i < 20; i++) {
                    Part part = CacheServer.insert(database);
                    assertEquals(part, server.read(part.id()).value());
                }
            });
            assertEquals(Collections.nCopies(16, "ok"), outcomes);
            redis.server().thaw();
            recovers();
        }

        @Test
        void opensWithoutReads() {
            proxy.hold();
            Await.until("the breaker is open", () -> !state().equals("closed"));
            assertTrue(server.cache().isDegraded());
            proxy.restore();
            recovers();
        }
    }

    @Nested
    class Topology {
        @Test
        void sentinel() {
            try (RedisServer sentinel = RedisServer.start("--sentinel")) {
                sentinel.command(
                        "SENTINEL",
                        "MONITOR",
                        "deals",
                        "127.0.0.1",
                        String.valueOf(redis.server().port()),
                        "1");
                worksAt("redis-sentinel://127.0.0.1:" + sentinel.port() + "#deals");
            }
        }

        @Test
        void cluster() {
            try (RedisServer cluster = RedisServer.start("--cluster-enabled", "yes")) {
                cluster.command("CLUSTER", "ADDSLOTSRANGE", "0", "16383");
                Await.until(
                        "the cluster is up",
                        () -> cluster.command("CLUSTER", "INFO").contains("cluster_state:ok"));
                worksAt("redis-cluster://127.0.0.1:" + cluster.port());
            }
        }

        private void worksAt(String url) {
            try (CacheServer first = CacheServer.start(database, url, "group:");
                    CacheServer second = CacheServer.start(database, url, "group:")) {
                CacheServer.introduce(server, first, second);
                Await.until(
                        "the breaker is closed",
                        () -> !first.cache().isDegraded() && !second.cache().isDegraded());
                Part part = CacheServer.insert(database);
                first.read(part.id());
                Await.until(
                        "the other server finds the entry",
                        () -> second.cache()
                                .get(key(part.id()), CacheServer.PART)
                                .isPresent());
                for (int i = 0; i < 20; i++) { // in different slots
                    first.cache().set("each:" + i, CacheServer.PART, part, Duration.ofMinutes(1));
                }
                assertEquals(20, second.cache().deletePattern("each:*"));
                Await.until(
                        "the first server has polled the deletion",
                        () -> first.cache().stats().entries() == 1);
                first.change(part.id(), "newer " + part.id());
                assertEquals("newer " + part.id(), second.name(part.id()));
            }
        }
    }

    /** Reads until the breaker opens, and after that; each read returns the right value. */
    private void worksWithoutRedis() {
        Part cached = CacheServer.insert(database);
        server.read(cached.id());
        Await.until("the breaker is open", () -> {
            Part part = CacheServer.insert(database);
            assertEquals(part, server.read(part.id()).value());
            return !state().equals("closed");
        });
        assertEquals(cached, server.read(cached.id()).value());
        server.change(cached.id(), "newer " + cached.id());
        assertEquals("newer " + cached.id(), server.name(cached.id()));
        assertEquals(CacheResult.Layer.MEMORY, server.read(cached.id()).layer());
        assertTrue(server.cache().stats().errors() > 0 || state().equals("open"));
    }

    private void recovers() {
        Await.until(
                "the breaker is closed again",
                () -> state().equals("closed") && warnings().size() == 2);
        Part part = CacheServer.insert(database);
        server.read(part.id());
        Await.until(
                "the entry is in Redis",
                () -> redis.command("EXISTS", redis.namespace() + key(part.id()))
                        .equals("1"));
        assertEquals(List.of("Redis unavailable: continuing without it", "Redis available again"), warnings());
    }

    private String state() {
        return server.cache().stats().redis();
    }

    private List<String> warnings() {
        return lines.all().stream().map(LogLines.Line::message).toList();
    }
}
