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

/** Whatever Redis does, every read is answered, and rightly. */
class RedisFaultsTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    @RegisterExtension
    final LogLines lines = new LogLines(RedisLink.class.getName());

    private RedisProxy way;
    private CacheServer server;

    @BeforeEach
    void start() {
        way = RedisProxy.to(redis.address());
        server = CacheServer.start(database, way.url(), redis.namespace());
        Await.until("all is well", () -> state().equals("closed"));
    }

    @AfterEach
    void stop() {
        server.close();
        way.close();
    }

    @Nested
    class Process {
        @Test
        void frozen() {
            redis.server().freeze();
            goesOnWithout();
            redis.server().thaw();
            recovers();
        }

        @Test
        void killed() {
            redis.server().kill();
            goesOnWithout();
            redis.server().restart();
            recovers();
        }

        @Test
        void madeAReplica() {
            redis.command("REPLICAOF", "127.0.0.1", "1");
            goesOnWithout();
            redis.command("REPLICAOF", "NO", "ONE");
            recovers();
        }

        @Test
        void startsWhileItIsAway() {
            way.cut();
            try (CacheServer early = CacheServer.start(database, way.url(), redis.namespace())) {
                CacheServer.introduce(server, early);
                Part part = CacheServer.insert(database);
                assertEquals(part, early.read(part.id()).value());
                assertTrue(early.cache().isDegraded());
                way.restore();
                Await.until("it is well", () -> !early.cache().isDegraded());
            }
        }
    }

    @Nested
    class Way {
        @Test
        void refusing() {
            way.cut();
            goesOnWithout();
            way.restore();
            recovers();
        }

        @Test
        void silent() {
            way.hold();
            goesOnWithout();
            way.restore();
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
        void answersWith(String answer) {
            way.respondWith(answer);
            goesOnWithout();
            way.restore();
            recovers();
        }

        @Test
        void slow() {
            way.delay(RedisLink.BUDGET.multipliedBy(4));
            goesOnWithout();
            int accepted = way.accepted();
            Await.until("it was tried again some times", () -> way.accepted() > accepted + 5);
            assertEquals(1, warnings().size()); // it is not taken back only to be given up again
            way.restore();
            recovers();
        }

        @Test
        void lost() {
            way.disconnect();
            recovers();
        }
    }

    @Nested
    class Breaker {
        @Test
        void letsFewWait() {
            redis.server().freeze();
            for (int i = 0; i < 100; i++) {
                Part part = CacheServer.insert(database);
                assertEquals(part, server.read(part.id()).value());
            }
            CacheFigures figures = server.cache().figures();
            assertTrue(figures.timeouts() <= 4, figures::toString); // three, and the one that looks twice a second
            assertEquals(100, figures.loads());
            redis.server().thaw();
            recovers();
        }

        @Test
        void warnsOnceHoweverManyReadAtOnce() {
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
        void noticesWithoutAnyRead() {
            way.hold();
            Await.until("it is open", () -> !state().equals("closed"));
            assertTrue(server.cache().isDegraded());
            way.restore();
            recovers();
        }
    }

    @Nested
    class Group {
        @Test
        void bySentinel() {
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
        void byCluster() {
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
                        "all is well",
                        () -> !first.cache().isDegraded() && !second.cache().isDegraded());
                Part part = CacheServer.insert(database);
                first.read(part.id());
                Await.until(
                        "the other finds it",
                        () -> second.cache()
                                .get(key(part.id()), CacheServer.PART)
                                .isPresent());
                for (int i = 0; i < 20; i++) { // in slots of their own
                    first.cache().set("each:" + i, CacheServer.PART, part, Duration.ofMinutes(1));
                }
                assertEquals(20, second.cache().deletePattern("each:*"));
                Await.until("the first has heard", () -> first.cache().figures().entries() == 1);
                first.change(part.id(), "newer " + part.id());
                assertEquals("newer " + part.id(), second.name(part.id()));
            }
        }
    }

    /** Reads until Redis is given up, and then some more; each read is right. */
    private void goesOnWithout() {
        Part kept = CacheServer.insert(database);
        server.read(kept.id());
        Await.until("it is given up", () -> {
            Part part = CacheServer.insert(database);
            assertEquals(part, server.read(part.id()).value());
            return !state().equals("closed");
        });
        assertEquals(kept, server.read(kept.id()).value());
        server.change(kept.id(), "newer " + kept.id());
        assertEquals("newer " + kept.id(), server.name(kept.id()));
        assertEquals(Cached.Layer.MEMORY, server.read(kept.id()).layer());
        assertTrue(server.cache().figures().errors() > 0 || state().equals("open"));
    }

    private void recovers() {
        Await.until(
                "it is well again", () -> state().equals("closed") && warnings().size() == 2);
        Part part = CacheServer.insert(database);
        server.read(part.id());
        Await.until(
                "it is kept in Redis",
                () -> redis.command("EXISTS", redis.namespace() + key(part.id()))
                        .equals("1"));
        assertEquals(List.of("Redis does not answer well; going on without it", "Redis answers again"), warnings());
    }

    private String state() {
        return server.cache().figures().redis();
    }

    private List<String> warnings() {
        return lines.all().stream().map(LogLines.Line::message).toList();
    }
}
