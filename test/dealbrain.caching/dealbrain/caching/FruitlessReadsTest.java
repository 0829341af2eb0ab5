package dealbrain.caching;

import static dealbrain.caching.CacheServer.PART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheServer.Part;
import dealbrain.caching.Cached.Layer;
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

/** Nobody waits for a Redis that has nothing. */
class FruitlessReadsTest {
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
    void soonGoPastRedis() {
        long before = gets();
        assertEquals(Collections.nCopies(MANY, Layer.NONE), read(server, "never read before:"));
        long asked = gets() - before;
        assertTrue(asked >= 64 && asked < MANY / 2, "it was asked " + asked + " times");
    }

    @Test
    void comeBackWithTheFirstThatRedisHas() {
        read(other, "kept:");
        Await.until(
                "all are in Redis",
                () -> IntStream.range(0, MANY)
                        .allMatch(i -> redis.command("EXISTS", redis.namespace() + "kept:" + i)
                                .equals("1")));
        read(server, "never read before either:");

        List<Layer> layers = read(server, "kept:");
        int first = layers.indexOf(Layer.REDIS);
        assertTrue(first >= 0, "one in eight is asked for");
        long found =
                layers.subList(first, MANY).stream().filter(Layer.REDIS::equals).count();
        assertTrue(
                found > (MANY - first) * 9 / 10,
                found + " of " + (MANY - first)); // on a busy machine Redis may be late for one
    }
}
