package dealbrain.caching;

import static dealbrain.caching.CacheServer.PART;
import static dealbrain.caching.CacheServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheResult.Layer;
import dealbrain.caching.CacheServer.Part;
import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import dealbrain.testing.Await;
import dealbrain.testing.RedisProxy;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A stale entry in Redis is not used. */
class LateStoreTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private Part part;
    private String key;

    @BeforeEach
    void insert() {
        part = CacheServer.insert(database);
        key = redis.namespace() + key(part.id());
    }

    @Test
    void storeThatArrivesAfterTheAcknowledgementIsNotUsed() {
        try (RedisProxy proxy = RedisProxy.to(redis.address());
                CacheServer slow = start(proxy.url());
                CacheServer other = start(redis.url())) {
            CacheServer.introduce(slow, other);
            proxy.holdRequests();
            assertEquals(part.name(), slow.name(part.id())); // read before the change, stored after it
            other.change(part.id(), "newer " + part.id());
            proxy.release();
            Await.until("the old entry is in Redis", () -> holds(part.name()));

            assertEquals("newer " + part.id(), other.name(part.id()));
            assertEquals(1, other.cache().stats().outdated());
            assertEquals("newer " + part.id(), slow.name(part.id()));
        }
    }

    @Test
    void olderStoreDoesNotReplaceALaterEntry() {
        try (RedisProxy proxy = RedisProxy.to(redis.address());
                CacheServer slow = start(proxy.url());
                CacheServer other = start(redis.url())) {
            CacheServer.introduce(slow, other);
            proxy.holdRequests();
            slow.read(part.id());
            other.change(part.id(), "newer " + part.id());
            assertEquals("newer " + part.id(), other.name(part.id()));
            Await.until("the new entry is in Redis", () -> holds("newer"));
            proxy.release();
            Await.until("the old entry has arrived", () -> proxy.pending() == 0);
            redis.command("PING");

            assertTrue(holds("newer"));
        }
    }

    @Test
    void scriptComparesWithinOneDatabaseOnly() {
        try (CacheServer server = start(redis.url())) {
            RedisLink link = new RedisLink(
                    RedisUrl.parse(redis.url()), redis.namespace(), new CacheCounters(), CacheServer.REDIS_TIMEOUT);
            try (link) {
                Await.until("Redis is used", () -> link.state() == RedisLink.State.CLOSED);
                RedisLayer layer = new RedisLayer(link, redis.namespace(), new CacheCounters());
                Stamp stamp = server.changes().view().position();
                store(layer, stamp, "later", 100);
                store(layer, stamp, "earlier", 99);
                Await.until("the later entry stays", () -> holds("later"));
                store(layer, stamp, "equal", 100);
                Await.until("an equal entry replaces it", () -> holds("equal"));
                store(layer, new Stamp(stamp.generation() + "1", stamp.snapshot()), "elsewhere", 1);
                Await.until("another database replaces it", () -> holds("elsewhere"));
                store(layer, stamp, "back", 1);
                Await.until("also if one generation is a prefix of the other", () -> holds("back"));
            }
        }
    }

    private void store(RedisLayer layer, Stamp stamp, String name, int transaction) {
        Stamp at = new Stamp(stamp.generation(), Snapshot.parse(transaction + ":" + transaction + ":"));
        Part value = new Part(part.id(), name);
        byte[] bytes = Envelope.value(value);
        CacheEntry<Part> entry = new CacheEntry<>(value, PART.shape(), at, Set.of(), Long.MAX_VALUE, 0, bytes.length);
        layer.store(key(part.id()), entry, bytes, 60_000);
    }

    @Test
    void oldContentsOfARestartedRedisAreNotUsed() {
        try (CacheServer server = start(redis.url())) {
            server.read(part.id());
            Await.until("the entry is in Redis", () -> holds(part.name()));
            redis.server().save();
            server.change(part.id(), "newer " + part.id());
            assertEquals("newer " + part.id(), server.name(part.id()));
            redis.server().kill();
            server.change(part.id(), "newest " + part.id()); // while Redis is down
            redis.server().restart();
            assertTrue(holds(part.name()));

            assertEquals("newest " + part.id(), server.name(part.id()));
            try (CacheServer fresh = start(redis.url())) {
                CacheServer.introduce(server, fresh);
                assertEquals("newest " + part.id(), fresh.name(part.id()));
                assertEquals(1, fresh.cache().stats().outdated());
                assertEquals(Layer.MEMORY, fresh.read(part.id()).layer());
            }
        }
    }

    @Test
    void changeWithoutAcknowledgementIsSeenAfterARestart() {
        try (CacheServer server = start(redis.url())) {
            server.read(part.id());
            Await.until("the entry is in Redis", () -> holds(part.name()));
        }
        CacheServer.rename(database, part.id(), "newer " + part.id()); // never acknowledged
        try (CacheServer next = start(redis.url())) {
            assertEquals("newer " + part.id(), next.name(part.id()));
        }
    }

    private static CacheServer start(String url) {
        return CacheServer.start(database, url, redis.namespace());
    }

    private boolean holds(String name) {
        return redis.command("GET", key).contains(name);
    }
}
