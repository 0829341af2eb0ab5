package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Concurrently;
import dealbrain.testing.RedisProxy;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two servers, two writers of two tags of one entry, readers on both servers, and a connection to Redis that delays
 * commands.
 */
class RandomisedStalenessTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private static final CacheType<Versions> VERSIONS = CacheType.of(Versions.class);
    private static final int WRITERS = 2;
    private static final int READERS = 4;
    private static final int MIN_READS = 20_000;
    private static final int WRITES = 250; // of each writer
    private static final int SEED = 20_261_126;

    /** A value that shows two rows. */
    record Versions(long listing, long cpu) {}

    private final AtomicLong acknowledgedListing = new AtomicLong(1);
    private final AtomicLong acknowledgedCpu = new AtomicLong(1);
    private final AtomicInteger writing = new AtomicInteger(WRITERS);
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong delays = new AtomicLong();
    private long listing;
    private long cpu;

    @BeforeEach
    void rows() {
        long owner = number("INSERT INTO user_account (username, password_hash) "
                + "VALUES (left(gen_random_uuid()::text, 20), '') RETURNING id");
        listing = number("INSERT INTO listing (owner_id, title) VALUES (" + owner + ", 'PC') RETURNING id");
        cpu = number("INSERT INTO cpu (name) VALUES (gen_random_uuid()) RETURNING id");
    }

    @Test
    void noReadMissesAChangeThatWasAcknowledgedBeforeIt() {
        run("with the change log", Duration.ofSeconds(2), true);

        assertTrue(reads.get() >= MIN_READS);
        assertEquals(0, stale.get());
    }

    @Test
    void withoutTheChangeLogSomeReadsAreStale() {
        run("without the change log", Duration.ofHours(10), false); // the leases do not end, and no change is polled

        assertTrue(stale.get() > 0);
    }

    private void run(String how, Duration lease, boolean acknowledges) {
        try (RedisProxy proxy = RedisProxy.to(redis.address());
                CacheServer first = start(proxy.url(), lease);
                CacheServer second = start(proxy.url(), lease)) {
            CacheServer.introduce(first, second);
            first.changes().setNotifier(second.changes()::pollNow, () -> true); // messages through Redis are delayed here
            second.changes().setNotifier(first.changes()::pollNow, () -> true);
            List<String> outcomes = Concurrently.run(WRITERS + READERS + 1, number -> {
                CacheServer server = number % 2 == 0 ? first : second;
                if (number < WRITERS) {
                    write(
                            server,
                            number == 0 ? "listing" : "cpu",
                            number == 0 ? listing : cpu,
                            number == 0 ? acknowledgedListing : acknowledgedCpu,
                            acknowledges);
                } else if (number < WRITERS + READERS) {
                    read(server);
                } else {
                    delayCommands(proxy);
                }
            });
            assertEquals(Collections.nCopies(WRITERS + READERS + 1, "ok"), outcomes);
            System.out.printf(
                    "%s: %d reads, %d stale; %d changes, %d delays; first %s; second %s%n",
                    how, reads.get(), stale.get(), WRITERS * WRITES, delays.get(), sources(first), sources(second));
        }
    }

    private static CacheServer start(String url, Duration lease) {
        return CacheServer.start(database, url, redis.namespace() + lease + ":", lease);
    }

    private static String sources(CacheServer server) {
        CacheStats stats = server.cache().stats();
        return "%d from memory, %d from Redis, %d loaded, %d outdated"
                .formatted(stats.memoryHits(), stats.redisHits(), stats.loads(), stats.outdated());
    }

    private void write(CacheServer server, String table, long id, AtomicLong acknowledged, boolean acknowledges) {
        try {
            for (int i = 0; i < WRITES; i++) {
                long version = number("UPDATE " + table + " SET row_version = row_version + 1 WHERE id = " + id
                        + " RETURNING row_version");
                if (acknowledges) {
                    server.changes().acknowledge();
                }
                acknowledged.set(version);
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    private void read(CacheServer server) {
        while (writing.get() > 0 || reads.get() < MIN_READS) {
            Versions least = new Versions(acknowledgedListing.get(), acknowledgedCpu.get());
            Versions got = server.cache()
                    .getOrLoad("versions:" + listing, VERSIONS, this::load)
                    .orElseThrow()
                    .value();
            if (got.listing() < least.listing() || got.cpu() < least.cpu()) {
                stale.incrementAndGet();
            }
            if (reads.incrementAndGet() % 50 == 0) {
                Thread.yield();
            }
        }
    }

    private Optional<LoadResult<Versions>> load() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT l.row_version, c.row_version, pg_current_snapshot()::text "
                                        + "FROM listing l, cpu c WHERE l.id = :listing AND c.id = :cpu")
                        .bind("listing", listing)
                        .bind("cpu", cpu)
                        .map((row, _) -> new LoadResult<>(
                                new Versions(row.getLong(1), row.getLong(2)),
                                row.getString(3),
                                Set.of("listing:" + listing, "cpu:" + cpu),
                                Duration.ofHours(1)))
                        .findOne());
    }

    /** Holds the commands for a moment, so that a store arrives in Redis after later changes. */
    private void delayCommands(RedisProxy proxy) {
        Random random = new Random(SEED);
        while (writing.get() > 0) {
            proxy.holdRequests();
            pause(random.nextInt(1, 25));
            proxy.release();
            delays.incrementAndGet();
            pause(random.nextInt(1, 25));
        }
    }

    /** The length of a delay, not a wait for a condition. */
    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static long number(String statement) {
        return database.jdbi()
                .withHandle(handle ->
                        handle.createQuery(statement).mapTo(Long.class).one());
    }
}
