package dealbrain.caching;

import static dealbrain.caching.CacheServer.PART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheResult.Layer;
import dealbrain.caching.CacheServer.Part;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** While Redis has no usable entries, only a sample of the lookups queries it. */
class RedisSamplingTest {
    private static final int MANY = 500;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private CacheServer server;
    private CacheServer other;
    private Part part;

    @BeforeEach
    void start() {
        server = CacheServer.start(database, redis.url(), redis.namespace());
        other = CacheServer.start(database, redis.url(), redis.namespace());
        CacheServer.introduce(server, other);
        part = CacheServer.insert(database);
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private List<Layer> read(CacheServer by, String prefix) {
        return IntStream.range(0, MANY)
                .mapToObj(i -> by.cache()
                        .getOrLoad(prefix + i, PART, () -> by.load(part.id()))
                        .orElseThrow()
                        .layer())
                .toList();
    }

    private static long gets() {
        return redis.command("INFO", "commandstats")
                .lines()
                .filter(line -> line.startsWith("cmdstat_get:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("cmdstat_get:calls=(\\d+),.*", "$1")))
                .sum();
    }

    @Test
    void missesInARowReduceTheQueries() {
        long before = gets();
        assertEquals(Collections.nCopies(MANY, Layer.NONE), read(server, "not stored:"));
        long queries = gets() - before;
        assertTrue(queries >= 64 && queries < MANY / 2, "Redis was queried " + queries + " times");
    }

    @Test
    void firstHitRestoresTheQueries() {
        read(other, "stored:");
        Await.until(
                "all entries are in Redis",
                () -> IntStream.range(0, MANY)
                        .allMatch(i -> redis.command("EXISTS", redis.namespace() + "stored:" + i)
                                .equals("1")));
        read(server, "not stored either:");

        List<Layer> layers = read(server, "stored:");
        int first = layers.indexOf(Layer.REDIS);
        assertTrue(first >= 0, "one in eight lookups queries Redis");
        long found =
                layers.subList(first, MANY).stream().filter(Layer.REDIS::equals).count();
        assertTrue(
                found > (MANY - first) * 9 / 10,
                found + " of " + (MANY - first)); // on a busy machine a query may time out
    }
}
