package dealbrain.caching;

import static dealbrain.caching.CacheServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheServer.Part;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.LogLines;
import dealbrain.testing.RedisCluster;
import dealbrain.testing.RedisProxy;
import dealbrain.testing.RedisServer;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reads return the right value during all faults of Redis. */
class RedisFaultsTest {
    /** Longer than a busy machine delays a command, and short enough to notice a fault soon. */
    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(300);

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
        server = start(proxy.url(), REDIS_TIMEOUT);
        Await.until("the breaker is closed", () -> state().equals("closed"));
    }

    private static CacheServer start(String url, Duration timeout) {
        return CacheServer.start(database, RedisUrl.parse(url), redis.namespace(), timeout);
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

        /** Again if a busy machine takes longer than the first connection. */
        @Test
        void startDoesNotWaitForRedis() {
            Await.until("it is still connecting", () -> {
                proxy.holdRequests(); // Redis accepts connections, but does not respond
                try (RedisLink link =
                        new RedisLink(RedisUrl.parse(proxy.url()), "", new CacheCounters(), REDIS_TIMEOUT)) {
                    boolean connecting = link.state() == RedisLink.State.HALF_OPEN
                            && link.failure().equals("connecting");
                    assertTrue(link.connection() == null);
                    proxy.release();
                    Await.until("Redis is used", () -> link.state() == RedisLink.State.CLOSED);
                    assertEquals("", link.failure());
                    return connecting;
                }
            });
        }

        @Test
        void startsWithoutRedis() {
            proxy.cut();
            try (CacheServer early = start(proxy.url(), REDIS_TIMEOUT)) {
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
            server.close();
            server = start(proxy.url(), RedisLink.TIMEOUT); // a longer one would leave the new connections slower
            Await.until("the breaker is closed", () -> state().equals("closed"));
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

    /** A user of Redis that may not execute all commands of the cache. */
    @Nested
    class Permissions {
        private CacheServer limited;

        @AfterEach
        void stopLimited() {
            limited.close();
            redis.command("ACL", "DELUSER", "limited");
        }

        private void allow(String... rules) {
            redis.command(Stream.concat(
                            Stream.of("ACL", "SETUSER", "limited", "reset", "on", ">pass", "~*", "&*", "+@all"),
                            Stream.of(rules))
                    .toArray(String[]::new));
        }

        private void startLimited() {
            limited = start(redis.url().replace("redis://", "redis://limited:pass@"), REDIS_TIMEOUT);
            CacheServer.introduce(server, limited);
        }

        /** Returns the warnings about this connection, not about the one of the other server. */
        private List<LogLines.Line> limitedWarnings() {
            String address = RedisUrl.parse(redis.url()).toString();
            return lines.all().stream()
                    .filter(line -> address.equals(String.valueOf(line.fields().get("redis"))))
                    .toList();
        }

        /** Checks that Redis is not used, and that a failed attempt to connect again is not logged. */
        private void staysUnused() {
            Await.until("the reason is logged", () -> !limitedWarnings().isEmpty());
            int warnings = limitedWarnings().size();
            long errors = limited.cache().stats().errors();
            Await.until("it was probed again", () -> limited.cache().stats().errors() >= errors + 2);
            assertTrue(limited.cache().isDegraded());
            assertEquals(warnings, limitedWarnings().size());
        }

        @ParameterizedTest
        @ValueSource(strings = {"-eval", "-set", "-unlink", "-scan", "-publish", "resetchannels", "resetkeys"})
        void isNotUsedUntilEveryCommandIsAllowed(String rule) {
            allow(rule);
            startLimited();
            assertTrue(limited.cache().isDegraded());
            Part part = CacheServer.insert(database);
            assertEquals(part, limited.read(part.id()).value());
            limited.change(part.id(), "newer " + part.id());
            assertEquals("newer " + part.id(), limited.name(part.id()));
            assertFalse(limited.cache().deletePattern("*").isComplete());
            assertFalse(limited.cache().delete("x").isComplete());
            staysUnused();
            assertEquals(1, limitedWarnings().size());
            String reason = String.valueOf(limitedWarnings().getFirst().fields().get("reason"));
            assertTrue(reason.contains("NOPERM") || reason.contains("can't run this command"), reason); // in a script

            allow();
            Await.until("it is used", () -> !limited.cache().isDegraded());
            Await.until("the end is logged", () -> limitedWarnings().size() > 1);
        }

        @ParameterizedTest
        @ValueSource(strings = {"-eval", "-unlink", "-scan", "-publish"})
        void isNoLongerUsedAfterACommandWasDenied(String rule) {
            allow();
            startLimited();
            Await.until("it is used", () -> !limited.cache().isDegraded());
            allow(rule);
            Await.until("the denial was noticed", () -> {
                Part part = CacheServer.insert(database);
                limited.read(part.id()); // stores the entry, in the background
                limited.cache().publish("x", "");
                // Not all keys: that would delete the entry before it is sent. This key is written twice per second.
                boolean complete = limited.cache().deletePattern("probe:*").isComplete();
                return !complete && limited.cache().isDegraded();
            });
            staysUnused();
        }
    }

    @Nested
    class Deleting {
        private Part part;

        @BeforeEach
        void cache() {
            part = CacheServer.insert(database);
            server.cache().set("purged:1", CacheServer.PART, part, Duration.ofMinutes(1));
        }

        @AfterEach
        void recover() {
            proxy.restore();
            recovers();
            assertEquals(new Deletion(1, true), server.cache().deletePattern("purged:*"));
            assertEquals("0", redis.command("EXISTS", redis.namespace() + "purged:1"));
        }

        private void assertOnlyMemoryIsPurged(Deletion deletion) {
            assertEquals(new Deletion(1, false), deletion);
            assertEquals("1", redis.command("EXISTS", redis.namespace() + "purged:1"));
            assertTrue(server.cache().get("purged:1", CacheServer.PART).isEmpty());
        }

        @Test
        void isIncompleteWhileRedisDoesNotRespond() {
            proxy.hold();
            assertOnlyMemoryIsPurged(server.cache().deletePattern("purged:*"));
            assertFalse(server.cache().delete("purged:1").isComplete());
            Await.until("the breaker is open", () -> !state().equals("closed"));
        }

        @Test
        void isIncompleteWhileTheBreakerIsOpen() {
            proxy.cut();
            Await.until("the breaker is open", () -> !state().equals("closed"));
            assertOnlyMemoryIsPurged(server.cache().deletePattern("purged:*"));
            assertFalse(server.cache().delete("purged:1").isComplete());
        }

        @Test
        void isIncompleteIfABatchFails() {
            try {
                redis.command("ACL", "SETUSER", "default", "-unlink"); // after the SCAN
                assertOnlyMemoryIsPurged(server.cache().deletePattern("purged:*"));
            } finally {
                redis.command("ACL", "SETUSER", "default", "+unlink");
            }
        }
    }

    @Nested
    class Contents {
        /** An operator or another application has written under the keys of the cache. */
        @Test
        void keysOfAnotherTypeAreReplaced() {
            for (int i = 0; i < 10; i++) {
                Part part = CacheServer.insert(database);
                String stored = redis.namespace() + key(part.id());
                redis.command("RPUSH", stored, "x");
                assertEquals(part, server.read(part.id()).value());
                Await.until(
                        "the entry is in Redis",
                        () -> redis.command("TYPE", stored).equals("string"));
            }
            CacheStats stats = server.cache().stats();
            assertTrue(stats.unreadable() > 0, stats::toString);
            assertEquals(stats.timeouts(), stats.errors(), "only a busy machine counts as an error");
            assertEquals(List.of(), warnings());
        }

        @Test
        void memoryIsExhausted() {
            redis.command("CONFIG", "SET", "maxmemory", "1");
            try {
                worksWithoutRedis();
                long errors = server.cache().stats().errors();
                Await.until(
                        "Redis was probed again", () -> server.cache().stats().errors() >= errors + 2);
                assertEquals(1, warnings().size());
            } finally {
                redis.command("CONFIG", "SET", "maxmemory", "0");
            }
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
                worksAt(RedisUrl.parse("redis-sentinel://127.0.0.1:" + sentinel.port() + "#deals"));
            }
        }

        @Test
        void sentinelWithItsOwnPassword() {
            try (RedisServer sentinel = RedisServer.start("--sentinel")) {
                sentinel.command(
                        "SENTINEL",
                        "MONITOR",
                        "deals",
                        "127.0.0.1",
                        String.valueOf(redis.server().port()),
                        "1");
                redis.command("ACL", "SETUSER", "ada", "on", ">of-the-server", "~*", "&*", "+@all");
                sentinel.command("ACL", "SETUSER", "default", "resetpass", ">of-the-sentinel");
                String text = "redis-sentinel://ada:of-the-server@127.0.0.1:" + sentinel.port() + "#deals";
                try (CacheServer without = CacheServer.start(database, RedisUrl.parse(text), "group:")) {
                    assertEquals("AUTH failed: NOAUTH", without.cache().redisFailure());
                }
                worksAt(RedisUrl.parse(text).withSentinelPassword(Optional.empty(), "of-the-sentinel"));
            } finally {
                redis.command("ACL", "DELUSER", "ada");
            }
        }

        @Test
        void cluster() {
            try (RedisCluster cluster = RedisCluster.withoutReplicas()) {
                worksAt(RedisUrl.parse(cluster.url()));
                for (RedisServer master : cluster.masters()) {
                    assertEquals("", master.command("KEYS", "group:each:*"));
                }
            }
        }

        private void worksAt(RedisUrl url) {
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
                for (int i = 0; i < 60; i++) { // in different slots
                    first.cache().set("each:" + i, CacheServer.PART, part, Duration.ofMinutes(1));
                }
                assertEquals(new Deletion(60, true), second.cache().deletePattern("each:*"));
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
