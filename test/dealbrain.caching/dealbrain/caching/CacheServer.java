package dealbrain.caching;

import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** An instance with a change log and a cache, and the rows that the tests cache. */
record CacheServer(TestDatabase database, Database poller, ChangeLog changes, Cache cache) implements AutoCloseable {
    static final CacheType<Part> PART = CacheType.of(Part.class);
    /** Longer than a busy machine delays a poll, after which the cache would not be used. */
    static final Duration LEASE = Duration.ofSeconds(10);

    /** Longer than a busy machine delays a command; with {@link RedisLink#TIMEOUT} it would count as a failure. */
    static final Duration REDIS_TIMEOUT = Duration.ofSeconds(2);

    private static final Duration DAY = Duration.ofHours(24);

    /** A row of {@code cpu}. */
    record Part(long id, String name) {}

    static CacheServer start(TestDatabase database, @Nullable String url, String namespace) {
        return start(database, url, namespace, LEASE);
    }

    static CacheServer start(TestDatabase database, @Nullable String url, String namespace, Duration lease) {
        return start(database, url, namespace, lease, 0);
    }

    static CacheServer start(TestDatabase database, RedisUrl url, String namespace) {
        return start(database, url, namespace, REDIS_TIMEOUT);
    }

    /** @param redisTimeout of a command of Redis */
    static CacheServer start(TestDatabase database, RedisUrl url, String namespace, Duration redisTimeout) {
        return start(database, url, namespace, LEASE, 0, redisTimeout);
    }

    /** @param auditInterval one hit in this many is audited; 0 for none */
    static CacheServer start(
            TestDatabase database, @Nullable String url, String namespace, Duration lease, int auditInterval) {
        RedisUrl redis = url == null ? null : RedisUrl.parse(url);
        return start(database, redis, namespace, lease, auditInterval, REDIS_TIMEOUT);
    }

    private static CacheServer start(
            TestDatabase database,
            @Nullable RedisUrl url,
            String namespace,
            Duration lease,
            int auditInterval,
            Duration redisTimeout) {
        Database poller = Database.open(database.url(), 1);
        ChangeLog changes = ChangeLog.open(poller.jdbi(), database.jdbi(), lease);
        Cache cache = new Cache(changes, url, namespace, 10_000_000, auditInterval, redisTimeout);
        changes.setNotifier(() -> cache.publish("changes", ""), () -> cache.hasRedis() && !cache.isDegraded());
        cache.subscribe("changes", _ -> changes.pollNow());
        Await.until("Redis was tried", () -> !cache.stats().redis().equals("half_open"));
        return new CacheServer(database, poller, changes, cache);
    }

    /** Waits until all {@code servers} have polled the registrations of the others, and so use their caches. */
    static void introduce(CacheServer... servers) {
        Await.until("all servers are introduced", () -> {
            List.of(servers).forEach(server -> server.changes.pollNow());
            return List.of(servers).stream()
                    .allMatch(server -> server.changes.view().isTrusted());
        });
    }

    static Part insert(TestDatabase database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "INSERT INTO cpu (name) VALUES (gen_random_uuid()) RETURNING id, name")
                        .map((row, _) -> new Part(row.getLong(1), row.getString(2)))
                        .one());
    }

    /** Changes the name in the database, without acknowledgement. */
    static void rename(TestDatabase database, long id, String name) {
        database.jdbi().useHandle(handle -> handle.execute("UPDATE cpu SET name = ? WHERE id = ?", name, id));
    }

    /** Changes the name, and returns when the change is acknowledged. */
    void change(long id, String name) {
        rename(database, id, name);
        changes.acknowledge();
    }

    static String key(long id) {
        return "part:" + id;
    }

    CacheResult<Part> read(long id) {
        return cache.getOrLoad(key(id), PART, () -> load(id)).orElseThrow();
    }

    String name(long id) {
        return read(id).value().name();
    }

    Optional<LoadResult<Part>> load(long id) {
        return load(id, DAY);
    }

    Optional<LoadResult<Part>> load(long id, Duration timeToLive) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT id, name, pg_current_snapshot()::text FROM cpu WHERE id = :id")
                        .bind("id", id)
                        .map((row, _) -> new LoadResult<>(
                                new Part(row.getLong(1), row.getString(2)),
                                row.getString(3),
                                Set.of("cpu:" + row.getLong(1)),
                                timeToLive))
                        .findOne());
    }

    @Override
    public void close() {
        cache.close();
        changes.close();
        poller.close();
    }
}
