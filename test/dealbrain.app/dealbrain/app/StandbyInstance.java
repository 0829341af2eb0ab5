package dealbrain.app;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheType;
import dealbrain.caching.LoadResult;
import dealbrain.caching.PageSource;
import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.standby.Standby;
import dealbrain.testing.Await;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/** The cache of an instance that loads from a standby. Its pages show the version of a row of {@code cpu}. */
final class StandbyInstance implements AutoCloseable {
    /** @param version the number of cores */
    record Page(int version) {}

    private static final CacheType<Page> PAGE = CacheType.inMemory(Page.class, _ -> 100);
    private static final int POOL = 8;
    private static final long MEMORY = 10_000_000;
    /** With {@link Standby#TIMEOUT}, a busy machine opens the breaker. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Database database;
    private final Database poller;
    private final Database standbyDatabase;
    private final ChangeLog changes;
    private final Standby standby;
    private final Cache cache;
    private final PageSource pages;

    /**
     * Opens an instance whose standby may be slow, as on a busy machine.
     *
     * @param lease a long one makes the poller poll rarely, and not renew its lease in between
     */
    StandbyInstance(DatabaseUrl primary, DatabaseUrl read, Duration lease) {
        this(primary, read, lease, PATIENCE);
    }

    /** @param timeout of statements on the standby */
    StandbyInstance(DatabaseUrl primary, DatabaseUrl read, Duration lease, Duration timeout) {
        this.database = Database.open(primary, POOL);
        this.poller = Database.open(primary, 1);
        this.standbyDatabase = Database.openReplaceable(read, "standby", timeout, POOL);
        this.changes = ChangeLog.open(poller.jdbi(), database.jdbi(), lease);
        this.standby = Standby.start(
                standbyDatabase.jdbi(), database.jdbi(), () -> changes.view().generation());
        this.cache = new Cache(changes, null, "", MEMORY, 10);
        this.pages = PageSource.of(database.jdbi()).withStandby(standby, changes);
    }

    Standby standby() {
        return standby;
    }

    Cache cache() {
        return cache;
    }

    PageSource pages() {
        return pages;
    }

    Jdbi primaryJdbi() {
        return database.jdbi();
    }

    void awaitTrust() {
        Await.until("the cache is used", () -> {
            changes.pollNow();
            return changes.view().isTrusted();
        });
    }

    void awaitUse() {
        awaitTrust();
        Await.until(() -> "the standby is used: " + standby.status(), Duration.ofSeconds(60), standby::isUsed);
    }

    long insert() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "INSERT INTO cpu (name, cores) VALUES (gen_random_uuid(), 1) RETURNING id")
                        .mapTo(Long.class)
                        .one());
    }

    /** Changes a row, and returns its version when the change is acknowledged. */
    int change(long id) {
        int version = database.jdbi()
                .withHandle(
                        handle -> handle.createQuery("UPDATE cpu SET cores = cores + 1 WHERE id = :id RETURNING cores")
                                .bind("id", id)
                                .mapTo(Integer.class)
                                .one());
        changes.acknowledge();
        return version;
    }

    void acknowledge() {
        changes.acknowledge();
    }

    int version(long id) {
        return version(id, 0);
    }

    /** Reads one of several equal pages of a row. */
    int version(long id, int variant) {
        return find(id, variant, null).orElseThrow();
    }

    /** @param expiresAt as the statement finds it */
    Optional<Integer> find(long id, int variant, @Nullable Instant expiresAt) {
        return cache.getOrLoad("page:" + id + ":" + variant, PAGE, pages.loader(jdbi -> load(jdbi, id, "", expiresAt)))
                .map(result -> result.value().version());
    }

    /** @param more an expression that the statement evaluates for the row, such as {@code pg_sleep(1)} */
    static Optional<LoadResult<Page>> load(Jdbi jdbi, long id, String more, @Nullable Instant expiresAt) {
        return jdbi.withHandle(handle -> handle.createQuery(
                        "SELECT cores, " + LoadResult.SNAPSHOT + more + " FROM cpu WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> new LoadResult<>(
                        new Page(row.getInt(1)), row.getString(2), Set.of("cpu:" + id), Duration.ofHours(1), expiresAt))
                .findOne());
    }

    @Override
    public void close() {
        cache.close();
        standby.close();
        changes.close();
        standbyDatabase.close();
        poller.close();
        database.close();
    }
}
