package dealbrain.caching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheInstance.Place;
import dealbrain.caching.CacheResult.Layer;
import dealbrain.testing.Await;
import dealbrain.testing.DurablePostgres;
import dealbrain.testing.TestRedis;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * After a crash PostgreSQL assigns transaction ids again, so that the snapshot of an earlier page seems to see later
 * changes. Such a page is not served. After a clean restart, pages are served again.
 */
class PostgresCrashTest {
    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @TempDir
    static Path folder;

    private static final CacheType<Page> PAGE = CacheType.of(Page.class);
    private static final int PAGES = 16;
    private static final String ROLLED_BACK =
            "DO $$ BEGIN FOR i IN 1..100 LOOP PERFORM FROM cpu LIMIT 1 FOR UPDATE; ROLLBACK; END LOOP; END $$";
    private static final String XMAX = "SELECT pg_snapshot_xmax(pg_current_snapshot())";
    private static final Duration LEASE = Duration.ofSeconds(1);

    /** Longer than a crash recovery on a busy machine. */
    private static final Duration LONG_LEASE = Duration.ofSeconds(6);

    /** Longer than a restart of the server on a busy machine. */
    private static final Duration VERY_LONG_LEASE = Duration.ofSeconds(30);

    private static DurablePostgres postgres;

    /** Part of each key, so that pages are loaded again. */
    private int round;

    /** The page of a CPU. */
    record Page(long version, String snapshot) {
        /** Compares the version only, as an audit loads it in another snapshot. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Page that && version == that.version;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(version);
        }
    }

    @BeforeAll
    static void startServer() {
        postgres = DurablePostgres.start(folder);
    }

    @AfterAll
    static void stopServer() {
        postgres.close();
    }

    @BeforeEach
    void insertParts() {
        postgres.execute(
                "TRUNCATE cpu RESTART IDENTITY CASCADE",
                "INSERT INTO cpu (name) SELECT 'CPU ' || n FROM generate_series(1, " + PAGES + ") n");
    }

    @Test
    void pageFromBeforeTheCrashOfABackendIsNotServedAfterAChange() {
        try (CacheInstance instance = open("only")) {
            crashAfterLoading(instance, () -> {
                postgres.killBackend();
                postgres.awaitRecovery();
            });
            instance.resume();

            assertEquals(0, staleAfterChanges(instance, instance), "stale pages of " + PAGES);
        }
    }

    @Test
    @Tag("faults")
    void pageFromBeforeTheCrashOfTheServerIsNotServedAfterAChange() {
        try (CacheInstance instance = open("only")) {
            crashAfterLoading(instance, () -> {
                postgres.kill();
                postgres.start();
            });
            instance.resume();

            assertEquals(0, staleAfterChanges(instance, instance), "stale pages of " + PAGES);
        }
    }

    /** The crash also removes the row of the other instance, which may use its cache until its lease ends. */
    @Test
    @Tag("faults")
    void writerWaitsForAnInstanceThatDoesNotKnowOfTheCrash() {
        try (CacheInstance writer = open("writer");
                CacheInstance reader = CacheInstance.open("reader", postgres.url(), LONG_LEASE)) {
            awaitTrust(writer, reader);
            crashAfterLoading(reader, () -> {
                postgres.killBackend();
                postgres.awaitRecovery();
            });

            assertEquals(0, staleAfterChanges(writer, reader), "stale pages of " + PAGES);
        }
    }

    @Test
    @Tag("faults")
    void entryInRedisFromBeforeTheCrashIsNotServedAfterAChange() {
        try (CacheInstance before = openWithRedis("before")) {
            Await.until("Redis is available", () -> !before.cache().isDegraded());
            crashAfterLoading(before, () -> {
                Await.until("pages are in Redis", this::pagesAreInRedis);
                postgres.killBackend();
                postgres.awaitRecovery();
            });
        }
        try (CacheInstance after = openWithRedis("after")) {
            after.awaitTrust();

            assertEquals(0, staleAfterChanges(after, after), "stale pages of " + PAGES);
        }
    }

    @Test
    void pageIsServedAgainAfterACleanRestart() {
        try (CacheInstance instance = CacheInstance.open("only", postgres.url(), VERY_LONG_LEASE)) {
            instance.awaitTrust();
            loadAll(instance);
            postgres.stop();
            postgres.start();
            Await.until("the poller has reconnected", () -> hasPolled(instance));
            instance.awaitTrust();

            assertEquals(PAGES, hits(instance));
            assertEquals(0, staleAfterChanges(instance, instance), "stale pages of " + PAGES);
        }
    }

    @Test
    @Tag("faults")
    void pageFromBeforeAPromotionIsNotServed() {
        try (CacheInstance instance = open("only")) {
            instance.awaitTrust();
            loadAll(instance);
            postgres.stop();
            postgres.startAsStandby();
            postgres.promote();
            Await.until("the poller has reconnected", () -> hasPolled(instance));
            instance.awaitTrust();

            assertEquals(0, hits(instance));
            assertEquals(0, staleAfterChanges(instance, instance), "stale pages of " + PAGES);
        }
    }

    private static CacheInstance open(String name) {
        return CacheInstance.open(name, postgres.url(), LEASE);
    }

    private static CacheInstance openWithRedis(String name) {
        return CacheInstance.open(name, postgres.url(), redis.url(), redis.namespace(), LEASE);
    }

    private static void awaitTrust(CacheInstance... instances) {
        for (CacheInstance instance : instances) {
            instance.awaitTrust();
        }
    }

    private boolean pagesAreInRedis() {
        return redis.command("KEYS", redis.namespace() + "cpu:*:" + round).contains("cpu:");
    }

    private static boolean hasPolled(CacheInstance instance) {
        try {
            instance.changes().awaitPoll();
            return true;
        } catch (RuntimeException _) {
            return false;
        }
    }

    /**
     * Loads all pages after transactions that were rolled back, and runs {@code crash} before their ids are on disk.
     * Repeats this if the commit of another process has flushed them. Leaves the poller suspended, whose commits would
     * flush them too.
     */
    private void crashAfterLoading(CacheInstance instance, Runnable crash) {
        Await.until("a crash has assigned transaction ids again", Duration.ofMinutes(3), () -> {
            round++;
            instance.resume();
            instance.awaitTrust();
            instance.suspendPoller(Place.BEFORE);
            postgres.execute("CHECKPOINT", ROLLED_BACK);
            if (!areCached(instance)) {
                return false; // the lease has ended, on a busy machine
            }
            String stamp = read(instance, PAGES).value().snapshot();
            crash.run();
            return postgres.query(XMAX + " < pg_snapshot_xmax('" + stamp + "')").equals("t");
        });
    }

    private void loadAll(CacheInstance instance) {
        Await.until("all pages are cached", () -> {
            instance.awaitTrust();
            return areCached(instance);
        });
    }

    /** Loads all pages, and returns whether they are served from memory then. */
    private boolean areCached(CacheInstance instance) {
        ids().forEach(id -> read(instance, id));
        return hits(instance) == PAGES;
    }

    private long hits(CacheInstance instance) {
        return ids().mapToObj(id -> readAgainAfterFailures(instance, id))
                .filter(page -> page.layer() == Layer.MEMORY)
                .count();
    }

    private static LongStream ids() {
        return LongStream.rangeClosed(1, PAGES);
    }

    /** Changes all rows, each acknowledged, and returns how many pages do not show the change after that. */
    private long staleAfterChanges(CacheInstance writer, CacheInstance reader) {
        return ids().filter(id -> {
                    long version = change(id);
                    writer.changes().acknowledge();
                    long served = readAgainAfterFailures(reader, id).value().version();
                    assertTrue(served <= version);
                    return served < version;
                })
                .count();
    }

    private static long change(long id) {
        return Long.parseLong(postgres.query(
                "UPDATE cpu SET row_version = row_version + 1 WHERE id = " + id + " RETURNING row_version"));
    }

    /** The pool may have connections of before the crash. */
    private CacheResult<Page> readAgainAfterFailures(CacheInstance instance, long id) {
        for (int attempt = 1; ; attempt++) {
            try {
                return read(instance, id);
            } catch (RuntimeException e) {
                if (attempt == 10) {
                    throw e;
                }
            }
        }
    }

    private CacheResult<Page> read(CacheInstance instance, long id) {
        return instance.cache()
                .getOrLoad("cpu:" + id + ":" + round, PAGE, () -> load(instance, id))
                .orElseThrow();
    }

    private static Optional<LoadResult<Page>> load(CacheInstance instance, long id) {
        return instance.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT row_version, pg_current_snapshot()::text FROM cpu WHERE id = :id")
                        .bind("id", id)
                        .map((row, _) -> new LoadResult<>(
                                new Page(row.getLong(1), row.getString(2)),
                                row.getString(2),
                                Set.of("cpu:" + id),
                                Duration.ofHours(1)))
                        .findOne());
    }
}
