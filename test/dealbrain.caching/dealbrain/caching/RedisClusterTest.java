package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheServer.Part;
import dealbrain.testing.Await;
import dealbrain.testing.LogLines;
import dealbrain.testing.RedisCluster;
import dealbrain.testing.RedisServer;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The cache uses what is left of a Redis Cluster that loses nodes. */
@Tag("faults")
class RedisClusterTest {
    private static final Duration FAILOVER = Duration.ofMinutes(3);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final int KEYS = 60;
    /** Longer than a busy machine delays a command, and short enough to notice the loss of a node soon. */
    private static final Duration REDIS_TIMEOUT = Duration.ofMillis(300);

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    final LogLines lines = new LogLines(RedisLink.class.getName());

    private CacheServer first;
    private CacheServer second;
    private Part part;
    private int warningsBefore;
    private long startNanos;

    @BeforeEach
    void insert() {
        part = CacheServer.insert(database);
    }

    private static CacheServer start(String url) {
        return CacheServer.start(database, RedisUrl.parse(url), "cluster:", REDIS_TIMEOUT);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private void start(RedisCluster cluster) {
        first = start(cluster.url());
        second = start(cluster.url());
        CacheServer.introduce(first, second);
        Await.until("both use the cluster", () -> isComplete(first) && isComplete(second));
        warningsBefore = lines.all().size(); // a busy machine may delay the connections
        startNanos = System.nanoTime();
    }

    @Test
    void usesTheReplicaOfAKilledMaster() {
        try (RedisCluster cluster = RedisCluster.withReplicas()) {
            start(cluster);
            RedisServer lost = cluster.masters().getFirst();
            lost.kill();
            awaitFailover(cluster, lost);
            assertFalse(lost.isAlive());
            awaitSharingAllKeys("after");
            assertFewWarnings();
            try (CacheServer late = start(cluster.url())) {
                Await.until("a server starts without the lost node", () -> isComplete(late));
            }

            lost.restart();
            awaitSharingAllKeys("returned");
        }
    }

    @Test
    void usesTheReplicaOfAFrozenMaster() {
        try (RedisCluster cluster = RedisCluster.withReplicas()) {
            start(cluster);
            RedisServer lost = cluster.masters().getFirst();
            lost.freeze();
            awaitFailover(cluster, lost);
            awaitSharingAllKeys("after");
            assertFewWarnings();
        }
    }

    @Test
    void usesTheOtherNodesIfOneHasNoReplica() {
        try (RedisCluster cluster = RedisCluster.withoutReplicas()) {
            start(cluster);
            RedisServer lost = cluster.masters().getLast();
            lost.kill();
            Await.until("both report the loss", () -> isDegraded(first) && isDegraded(second));
            Await.until(
                    "both use two nodes",
                    () -> state(first).equals("partial") && state(second).equals("partial"));
            Await.until("two thirds of the keys are shared", () -> {
                int shared = sharedKeys("two");
                assertTrue(shared < KEYS, "the lost node cannot store keys");
                return shared > KEYS / 3;
            });
            assertFalse(first.cache().deletePattern("*").isComplete());
            assertEquals(part, first.read(part.id()).value());

            lost.restart();
            Await.until("both use all nodes again", FAILOVER, () -> isComplete(first) && isComplete(second));
            awaitSharingAllKeys("three");
            assertTrue(first.cache().deletePattern("*").isComplete());
            assertFewWarnings();
        }
    }

    /**
     * Reads are right all the time. The replica may take over before a server has noticed the loss, which is an outage
     * only after three failures: so this does not wait for one.
     */
    private void awaitFailover(RedisCluster cluster, RedisServer lost) {
        Await.until("the replica has taken over, and both use it", FAILOVER, () -> {
            first.change(part.id(), part.name() + System.nanoTime());
            assertEquals(first.load(part.id()).orElseThrow().value().name(), second.name(part.id()), "a stale read");
            Part other = CacheServer.insert(database);
            assertEquals(other, first.read(other.id()).value());
            return cluster.isReplaced(lost) && isComplete(first) && isComplete(second);
        });
    }

    /** Stores keys in all parts of the slots, and returns how many of them the second server finds. */
    private int sharedKeys(String prefix) {
        List<String> keys =
                IntStream.range(0, KEYS).mapToObj(i -> prefix + ":" + i).toList();
        keys.forEach(key -> first.cache().set(key, CacheServer.PART, part, HOUR));
        return (int) keys.stream()
                .filter(key -> second.cache().get(key, CacheServer.PART).isPresent())
                .count();
    }

    private void awaitSharingAllKeys(String prefix) {
        Await.until("all keys are shared", () -> sharedKeys(prefix) == KEYS);
    }

    /**
     * Two of each server, at the beginning and at the end, which {@link OutageLogTest} tests. On a busy machine
     * commands time out, which is an outage as well; {@link OutageLog} limits them to one more for each minute.
     */
    private void assertFewWarnings() {
        long minutes = Duration.ofNanos(System.nanoTime() - startNanos).toMinutes();
        assertTrue(warnings() <= 6 + 4 * minutes, () -> String.valueOf(lines.all()));
    }

    private int warnings() {
        return lines.all().size() - warningsBefore;
    }

    private static boolean isComplete(CacheServer server) {
        return state(server).equals("closed");
    }

    private static boolean isDegraded(CacheServer server) {
        return server.cache().isDegraded();
    }

    private static String state(CacheServer server) {
        return server.cache().stats().redis();
    }
}
