package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheInstance.Place;
import dealbrain.caching.StalenessRun.Page;
import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Concurrently;
import dealbrain.testing.DurablePostgres;
import dealbrain.testing.RedisProxy;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * Instances with readers and writers of pages that show two rows each, while faults occur at random times: no read is
 * older than a change that was acknowledged before it. The faults are drawn by generators with a constant seed, but the
 * threads interleave differently in each run. The system properties {@code staleness.seconds} and {@code
 * staleness.seed} set the length of the run with all faults, and the seed.
 */
class RandomisedStalenessTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** Of its own, because the database stores the longest lease. */
    @RegisterExtension
    static final TestDatabase databaseWithoutPolling = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated();

    private static final long SEED = Long.getLong("staleness.seed", 20_261_126);
    private static final int SECONDS = Integer.getInteger("staleness.seconds", 60);
    private static final List<Integer> LEASE_MILLIS = List.of(800, 1200, 2000);
    private static final int PAGES = 24;
    private static final int CPUS = 8;
    private static final int READERS = 2; // of each slot
    private static final int WRITERS = 32;
    private static final int MIN_READS = 20_000;
    /** Even on a very busy machine; otherwise there are millions in the length of the run. */
    private static final int MIN_READS_WITH_FAULTS = 100_000;
    /** Beyond it, the threads that have not ended are interrupted. */
    private static final Duration LIMIT = Duration.ofSeconds(300 + SECONDS);

    private static final List<String> ALL_FAULTS = List.of(
            InstanceFaults.LEASES_ENDED,
            InstanceFaults.SUSPENDED_POLLS,
            InstanceFaults.FREEZES,
            InstanceFaults.SLOW,
            InstanceFaults.REPLACED,
            InstanceFaults.KILLED,
            InstanceFaults.REMOVED,
            DatabaseFaults.BACKENDS_KILLED,
            DatabaseFaults.SERVERS_KILLED,
            DatabaseFaults.RESTARTS,
            DatabaseFaults.DISCONNECTIONS,
            DatabaseFaults.IDS_REUSED,
            DatabaseFaults.DELETIONS,
            RedisFaults.DELAYS,
            RedisFaults.RESTORED);

    private static final double MIN_HIT_RATE = 0.5;

    @TempDir
    Path folder;

    /** The actors of a test. */
    private record Actors(InstanceGroup group, StalenessRun run, RandomWriter writer, FaultCounts faults) {
        /** Runs readers, writers and {@code others}, each with a generator of its own, until the run is over. */
        void start(List<Consumer<Random>> others) {
            List<Consumer<Random>> threads = new ArrayList<>(others);
            for (int slot = 0; slot < group.size(); slot++) {
                int read = slot;
                threads.addAll(Collections.nCopies(READERS, random -> run.read(read, random)));
            }
            threads.addAll(Collections.nCopies(WRITERS, writer::run));
            threads.add(run::sampleTrust);
            List<String> outcomes = Concurrently.run(threads.size(), LIMIT, number -> {
                try {
                    threads.get(number).accept(new Random(SEED + number));
                } finally {
                    run.stop(); // a thread ends before the others only if it fails
                }
            });
            System.out.println(run);
            assertEquals(Collections.nCopies(threads.size(), "ok"), outcomes, run::trace);
        }

        /** Also asserts that the cache was used. */
        void assertNothingStale(long minReads) {
            assertEquals(0, run.stale(), run::trace);
            assertEquals(0, group.sumOfStats(CacheStats::auditFailures), run::trace);
            assertTrue(run.reads() >= minReads);
            assertTrue(run.hitRate() >= MIN_HIT_RATE);
        }
    }

    @Test
    void noReadIsOlderThanAnAcknowledgedChange() {
        try (RedisProxy proxy = RedisProxy.to(redis.address());
                InstanceGroup group = group(2, database.url(), proxy)) {
            Actors actors =
                    actors(group, database.url(), Duration.ofSeconds(4), MIN_READS, List.of(), ChangeLog::acknowledge);
            actors.start(List.of(new RedisFaults(actors.run, actors.faults, proxy, redis.server())::run));

            actors.assertNothingStale(MIN_READS);
        }
    }

    @Test
    @Tag("faults")
    void noReadIsOlderThanAnAcknowledgedChangeWhileInstancesAndServersFail() {
        try (DurablePostgres postgres = DurablePostgres.start(folder);
                RedisProxy proxy = RedisProxy.to(redis.address());
                InstanceGroup group = group(3, postgres.url(), proxy)) {
            Actors actors = actors(
                    group,
                    postgres.url(),
                    Duration.ofSeconds(SECONDS),
                    MIN_READS_WITH_FAULTS,
                    ALL_FAULTS,
                    ChangeLog::acknowledge);
            List<Consumer<Random>> others = new ArrayList<>();
            others.add(new RedisFaults(actors.run, actors.faults, proxy, redis.server())::run);
            DatabaseFaults databaseFaults =
                    new DatabaseFaults(actors.run, group, actors.writer, actors.faults, postgres);
            others.add(databaseFaults::run);
            others.add(databaseFaults::sweep);
            for (int slot = 0; slot < group.size(); slot++) {
                others.add(new InstanceFaults(actors.run, group, actors.faults, slot)::run);
            }
            actors.start(others);

            actors.assertNothingStale(MIN_READS_WITH_FAULTS);
            assertEquals(List.of(), actors.faults.missing());
        }
    }

    /** Shows that the other tests would find stale reads: the changes are neither polled nor acknowledged. */
    @Test
    void someReadsAreStaleWithoutPolling() {
        DatabaseUrl url = databaseWithoutPolling.url();
        Duration endless = Duration.ofHours(10);
        try (RedisProxy proxy = RedisProxy.to(redis.address());
                InstanceGroup group = new InstanceGroup(2, number -> open(number, url, proxy, endless))) {
            Actors actors = actors(group, url, Duration.ofSeconds(1), MIN_READS, List.of(), _ -> {});
            for (int slot = 0; slot < group.size(); slot++) {
                group.read(slot, instance -> instance.suspendPoller(Place.BEFORE));
            }
            actors.start(List.of());

            assertTrue(actors.run.stale() > 0);
        }
    }

    private static InstanceGroup group(int size, DatabaseUrl url, RedisProxy proxy) {
        return new InstanceGroup(
                size,
                number -> open(number, url, proxy, Duration.ofMillis(LEASE_MILLIS.get(number % LEASE_MILLIS.size()))));
    }

    private static CacheInstance open(int number, DatabaseUrl url, RedisProxy proxy, Duration lease) {
        return CacheInstance.open("instance " + number, url, proxy.url(), redis.namespace() + url.name() + ":", lease);
    }

    private static Actors actors(
            InstanceGroup group,
            DatabaseUrl url,
            Duration length,
            long minReads,
            List<String> wantedFaults,
            Consumer<ChangeLog> acknowledgement) {
        List<VersionedRow> listings = createListings(url);
        List<VersionedRow> cpus = createCpus(url);
        List<Page> pages = IntStream.range(0, PAGES)
                .mapToObj(page -> new Page(listings.get(page), cpus.get(page % CPUS)))
                .toList();
        List<VersionedRow> rows =
                Stream.of(listings, cpus).flatMap(List::stream).toList();
        group.fill();
        FaultCounts faults = new FaultCounts(wantedFaults);
        StalenessRun run = new StalenessRun(group, pages, faults, length, minReads);
        RandomWriter writer =
                new RandomWriter(run, group, rows, faults, instance -> acknowledgement.accept(instance.changes()));
        return new Actors(group, run, writer, faults);
    }

    private static List<VersionedRow> createListings(DatabaseUrl url) {
        return create(url, "listing", PAGES, """
                WITH owner AS (INSERT INTO user_account (username, password_hash)
                               VALUES (left(gen_random_uuid()::text, 20), '') RETURNING id)
                INSERT INTO listing (owner_id, title) SELECT id, 'PC ' || n FROM owner, generate_series(1, %d) n
                RETURNING id""".formatted(RandomWriter.MANY_ROWS));
    }

    private static List<VersionedRow> createCpus(DatabaseUrl url) {
        return create(
                url,
                "cpu",
                CPUS,
                "INSERT INTO cpu (name) SELECT gen_random_uuid() FROM generate_series(1, " + CPUS + ") RETURNING id");
    }

    /** Inserts rows and returns the first {@code shown} of them. */
    private static List<VersionedRow> create(DatabaseUrl url, String table, int shown, String insert) {
        try (Database database = Database.open(url, 1)) {
            return database
                    .jdbi()
                    .withHandle(handle ->
                            handle.createQuery(insert).mapTo(Long.class).list())
                    .stream()
                    .limit(shown)
                    .map(id -> new VersionedRow(table, id))
                    .toList();
        }
    }
}
