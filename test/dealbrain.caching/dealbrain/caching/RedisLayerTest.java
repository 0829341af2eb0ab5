package dealbrain.caching;

import static dealbrain.caching.CacheServer.PART;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheServer.Part;
import dealbrain.changes.Snapshot;
import dealbrain.changes.Stamp;
import dealbrain.testing.Await;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RedisLayerTest {
    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private RedisLink link;
    private RedisLayer layer;

    @BeforeEach
    void connect() {
        link = new RedisLink(
                RedisUrl.parse(redis.url()), redis.namespace(), new CacheCounters(), CacheServer.REDIS_TIMEOUT);
        layer = new RedisLayer(link, redis.namespace(), new CacheCounters());
        Await.until("Redis is used", () -> link.state() == RedisLink.State.CLOSED);
    }

    @AfterEach
    void disconnect() {
        link.close();
    }

    private void store(String key) {
        store(layer, key);
    }

    private static void store(RedisLayer layer, String key) {
        Part value = new Part(1, "part " + key);
        byte[] bytes = Envelope.value(value);
        Stamp stamp = new Stamp("generation", Snapshot.parse("100:100:"));
        layer.store(
                key,
                new CacheEntry<>(value, PART.shape(), stamp, Set.of(), Long.MAX_VALUE, 0, bytes.length),
                bytes,
                60_000);
    }

    private static boolean holds(String key) {
        return redis.command("EXISTS", redis.namespace() + key).equals("1");
    }

    @Test
    void sendsEntriesTogether() {
        RedisLayer batching = new RedisLayer(link, redis.namespace(), new CacheCounters(), Duration.ofHours(1));
        store(batching, "one");
        store(batching, "two");
        store(layer, "sent by another layer");
        Await.until("a later entry is in Redis", () -> holds("sent by another layer"));
        assertFalse(holds("one") || holds("two"));

        batching.flush();
        Await.until("both entries are in Redis", () -> holds("one") && holds("two"));
    }

    @Test
    void sendsAnEntryThatIsStoredWhileABatchIsSent() {
        for (int i = 0; i < 20; i++) {
            String first = "first:" + i;
            String next = "next:" + i;
            store(first);
            Await.until("the first entry is in Redis", () -> holds(first));
            store(next);
            Await.until("the next entry is in Redis", () -> holds(next));
        }
    }

    @Test
    void deletionCancelsAPendingEntry() {
        store("deleted");

        assertTrue(layer.delete("deleted").isComplete());
        store("later");
        Await.until("a later batch has arrived", () -> holds("later"));
        assertFalse(holds("deleted"));
    }

    @Test
    void flushSendsPendingEntriesAtOnce() {
        store("pending");
        layer.flush();

        assertTrue(layer.exists("pending")); // by a command that follows the entry on the same connection
    }
}
