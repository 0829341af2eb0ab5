package dealbrain.caching;

import static dealbrain.caching.CacheServer.PART;
import static dealbrain.caching.CacheServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheServer.Part;
import dealbrain.caching.Cached.Layer;
import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import dealbrain.testing.Await;
import dealbrain.testing.RedisProxy;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is older lies in Redis, and is not served. */
class LateStoreTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private static final Duration LEASE = Duration.ofSeconds(10);

    private Part part;
    private String key;

    @BeforeEach
    void insert() {
        part = CacheServer.insert(database);
        key = redis.namespace() + key(part.id());
    }

    @Test
    void aStoreThatArrivesAfterTheAcknowledgementIsServedByNobody() {
        try (RedisProxy way = RedisProxy.to(redis.address());
                CacheServer slow = start(way.url());
                CacheServer other = start(redis.url())) {
            CacheServer.introduce(slow, other);
            way.holdRequests();
            assertEquals(part.name(), slow.name(part.id())); // read before, and stored late
            other.change(part.id(), "newer " + part.id());
            way.release();
            Await.until("the old one is in Redis", () -> holds(part.name()));

            assertEquals("newer " + part.id(), other.name(part.id()));
            assertEquals(1, other.cache().figures().outdated());
            assertEquals("newer " + part.id(), slow.name(part.id()));
        }
    }

    @Test
    void anOlderStoreDoesNotReplaceALaterOne() {
        try (RedisProxy way = RedisProxy.to(redis.address());
                CacheServer slow = start(way.url());
                CacheServer other = start(redis.url())) {
            CacheServer.introduce(slow, other);
            way.holdRequests();
            slow.read(part.id());
            other.change(part.id(), "newer " + part.id());
            assertEquals("newer " + part.id(), other.name(part.id()));
            Await.until("the new one is in Redis", () -> holds("newer"));
            way.release();
            Await.until("the old one has arrived", () -> way.pending() == 0);
            redis.command("PING");

            assertTrue(holds("newer"));
        }
    }

    @Test
    void theScriptComparesWithinOneDatabaseAlone() {
        try (CacheServer server = start(redis.url())) {
            RedisLink link = new RedisLink(RedisUrl.parse(redis.url()), redis.namespace(), new Figures());
            try (link) {
                RedisLayer layer = new RedisLayer(link, redis.namespace(), new Figures());
                Stamp stamp = server.changes().position();
                store(layer, stamp, "later", 100);
                store(layer, stamp, "earlier", 99);
                Await.until("the later one stays", () -> holds("later"));
                store(layer, stamp, "equal", 100);
                Await.until("an equal one replaces it", () -> holds("equal"));
                store(layer, new Stamp(stamp.generation() + "1", stamp.snapshot()), "elsewhere", 1);
                Await.until("another database replaces it", () -> holds("elsewhere"));
                store(layer, stamp, "back", 1);
                Await.until("also when the name of one begins with that of the other", () -> holds("back"));
            }
        }
    }

    private void store(RedisLayer layer, Stamp stamp, String name, int transaction) {
        Stamp at = new Stamp(stamp.generation(), Snapshot.parse(transaction + ":" + transaction + ":"));
        Part value = new Part(part.id(), name);
        byte[] bytes = Envelope.value(value);
        Entry<Part> entry = new Entry<>(value, PART.shape(), at, Set.of(), Long.MAX_VALUE, 0, bytes.length);
        layer.store(key(part.id()), entry, bytes, 60_000);
    }

    @Test
    void aRedisThatComesBackWithOldContentsIsNotBelieved() {
        try (CacheServer server = start(redis.url())) {
            server.read(part.id());
            Await.until("it is in Redis", () -> holds(part.name()));
            redis.server().save();
            server.change(part.id(), "newer " + part.id());
            assertEquals("newer " + part.id(), server.name(part.id()));
            redis.server().kill();
            server.change(part.id(), "newest " + part.id()); // while it is away
            redis.server().restart();
            assertTrue(holds(part.name()));

            assertEquals("newest " + part.id(), server.name(part.id()));
            try (CacheServer fresh = start(redis.url())) {
                CacheServer.introduce(server, fresh);
                assertEquals("newest " + part.id(), fresh.name(part.id()));
                assertEquals(1, fresh.cache().figures().outdated());
                assertEquals(Layer.MEMORY, fresh.read(part.id()).layer());
            }
        }
    }

    @Test
    void aChangeThatNobodyCouldAcknowledgeIsHealedByTheNextStart() {
        try (CacheServer server = start(redis.url())) {
            server.read(part.id());
            Await.until("it is in Redis", () -> holds(part.name()));
        }
        CacheServer.rename(database, part.id(), "newer " + part.id()); // and the process died
        try (CacheServer next = start(redis.url())) {
            assertEquals("newer " + part.id(), next.name(part.id()));
        }
    }

    private static CacheServer start(String url) {
        return CacheServer.start(database, url, redis.namespace(), LEASE, InstantSource.system());
    }

    private boolean holds(String name) {
        return redis.command("GET", key).contains(name);
    }
}
