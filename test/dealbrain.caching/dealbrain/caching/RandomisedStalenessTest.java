package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Concurrently;
import dealbrain.testing.RedisProxy;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.time.InstantSource;
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

/** Two servers, two writers of two tags of one entry, readers on both servers, and a way to Redis that delivers late. */
class RandomisedStalenessTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private static final CacheType<Versions> VERSIONS = CacheType.of(Versions.class);
    private static final int WRITERS = 2;
    private static final int READERS = 4;
    private static final int LEAST_READS = 20_000;
    private static final int WRITES = 250; // of each writer
    private static final int SEED = 20_261_126;

    /** An entry that shows two rows. */
    record Versions(long listing, long cpu) {}

    private final AtomicLong acknowledgedListing = new AtomicLong(1);
    private final AtomicLong acknowledgedCpu = new AtomicLong(1);
    private final AtomicInteger writing = new AtomicInteger(WRITERS);
    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong older = new AtomicLong();
    private final AtomicLong held = new AtomicLong();
    private long listing;
    private long cpu;

    @BeforeEach
    void rows() {
        long owner = number(
                "INSERT INTO user_account (username, password_hash) VALUES (left(gen_random_uuid()::text, 20), '') RETURNING id");
        listing = number("INSERT INTO listing (owner_id, title) VALUES (" + owner + ", 'PC') RETURNING id");
        cpu = number("INSERT INTO cpu (name) VALUES (gen_random_uuid()) RETURNING id");
    }

    @Test
    void noReadIsOlderThanWhatWasAcknowledgedBeforeIt() {
        run("with the log", Duration.ofSeconds(2), true);

        assertTrue(reads.get() >= LEAST_READS);
        assertEquals(0, older.get());
    }

    @Test
    void withoutTheLogSomeAre() {
        run("without the log", Duration.ofHours(10), false); // they trust what they know, and hear of nothing

        assertTrue(older.get() > 0);
    }

    private void run(String how, Duration lease, boolean hears) {
        try (RedisProxy way = RedisProxy.to(redis.address());
                CacheServer first = start(way.url(), lease);
                CacheServer second = start(way.url(), lease)) {
            CacheServer.introduce(first, second);
            first.changes().hintBy(second.changes()::hurry); // what goes through Redis is late here
            second.changes().hintBy(first.changes()::hurry);
            List<String> outcomes = Concurrently.run(WRITERS + READERS + 1, number -> {
                CacheServer server = number % 2 == 0 ? first : second;
                if (number < WRITERS) {
                    write(
                            server,
                            number == 0 ? "listing" : "cpu",
                            number == 0 ? listing : cpu,
                            number == 0 ? acknowledgedListing : acknowledgedCpu,
                            hears);
                } else if (number < WRITERS + READERS) {
                    read(server);
                } else {
                    disturb(way);
                }
            });
            assertEquals(Collections.nCopies(WRITERS + READERS + 1, "ok"), outcomes);
            System.out.printf(
                    "%s: %d reads, %d older than acknowledged; %d changes, %d times held; first %s; second %s%n",
                    how, reads.get(), older.get(), WRITERS * WRITES, held.get(), sources(first), sources(second));
        }
    }

    private static CacheServer start(String url, Duration lease) {
        return CacheServer.start(database, url, redis.namespace() + lease + ":", lease, InstantSource.system());
    }

    private static String sources(CacheServer server) {
        CacheFigures figures = server.cache().figures();
        return "%d from memory, %d from Redis, %d loaded, %d outdated"
                .formatted(figures.memoryHits(), figures.redisHits(), figures.loads(), figures.outdated());
    }

    private void write(CacheServer server, String table, long id, AtomicLong acknowledged, boolean hears) {
        try {
            for (int i = 0; i < WRITES; i++) {
                long version = number("UPDATE " + table + " SET row_version = row_version + 1 WHERE id = " + id
                        + " RETURNING row_version");
                if (hears) {
                    server.changes().acknowledge();
                }
                acknowledged.set(version);
            }
        } finally {
            writing.decrementAndGet();
        }
    }

    private void read(CacheServer server) {
        while (writing.get() > 0 || reads.get() < LEAST_READS) {
            Versions least = new Versions(acknowledgedListing.get(), acknowledgedCpu.get());
            Versions got = server.cache()
                    .getOrLoad("versions:" + listing, VERSIONS, this::load)
                    .orElseThrow()
                    .value();
            if (got.listing() < least.listing() || got.cpu() < least.cpu()) {
                older.incrementAndGet();
            }
            if (reads.incrementAndGet() % 50 == 0) {
                Thread.yield();
            }
        }
    }

    private Optional<Loaded<Versions>> load() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT l.row_version, c.row_version, pg_current_snapshot()::text FROM listing l, cpu c "
                                        + "WHERE l.id = :listing AND c.id = :cpu")
                        .bind("listing", listing)
                        .bind("cpu", cpu)
                        .map((row, _) -> new Loaded<>(
                                new Versions(row.getLong(1), row.getLong(2)),
                                row.getString(3),
                                Set.of("listing:" + listing, "cpu:" + cpu),
                                Duration.ofHours(1)))
                        .findOne());
    }

    /** Holds what is sent for a moment: what is stored meanwhile arrives after changes that were made meanwhile. */
    private void disturb(RedisProxy way) {
        Random random = new Random(SEED);
        while (writing.get() > 0) {
            way.holdRequests();
            pause(random.nextInt(1, 25));
            way.release();
            held.incrementAndGet();
            pause(random.nextInt(1, 25));
        }
    }

    /** A length of the disturbance, and nothing that is waited for. */
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
