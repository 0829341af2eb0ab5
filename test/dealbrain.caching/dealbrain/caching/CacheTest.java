package dealbrain.caching;

import static dealbrain.caching.CacheServer.PART;
import static dealbrain.caching.CacheServer.key;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.background.WorkerState;
import dealbrain.caching.CacheResult.Layer;
import dealbrain.caching.CacheServer.Part;
import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CacheTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    private static final Duration HOUR = Duration.ofHours(1);
    private static final int READERS = 200;

    private CacheServer server;
    private CacheServer other; // has nothing in memory at first
    private Cache cache;
    private Part part;
    private String key;

    @BeforeEach
    void start() {
        server = start(redis.url());
        other = start(redis.url());
        CacheServer.introduce(server, other);
        cache = server.cache();
        Await.until(
                "Redis is available",
                () -> !cache.isDegraded() && !other.cache().isDegraded());
        part = CacheServer.insert(database);
        key = key(part.id());
    }

    private CacheServer start(String url) {
        return CacheServer.start(database, url, redis.namespace());
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    private boolean inRedis() {
        return redis.command("EXISTS", redis.namespace() + key).equals("1");
    }

    /**
     * Returns when Redis has processed all commands of {@code server}; it processes those of a connection in order. A
     * server whose read timed out has loaded the value and stores it in the background.
     */
    private static void awaitProcessed(CacheServer server) {
        Await.until("Redis responds", () -> {
            long timeouts = server.cache().stats().timeouts();
            return server.cache().get("nothing", PART).isEmpty()
                    && server.cache().stats().timeouts() == timeouts
                    && !server.cache().isDegraded();
        });
    }

    private void awaitStored() {
        Await.until("the entry is in Redis", this::inRedis);
    }

    @Nested
    class GetAndSet {
        @Test
        void setStoresInBothLayers() {
            cache.set(key, PART, part, HOUR);
            assertEquals(Optional.of(part), cache.get(key, PART));
            assertEquals(Optional.of(part), other.cache().get(key, PART));
            assertTrue(cache.exists(key));
            assertTrue(other.cache().exists(key));
            assertEquals(1, cache.stats().memoryHits());
            assertEquals(1, other.cache().stats().redisHits());
        }

        @Test
        void nothingIsFoundBeforeSetAndAfterExpiry() {
            assertEquals(Optional.empty(), cache.get(key, PART));
            assertFalse(cache.exists(key));
            cache.set(key, PART, part, Duration.ofSeconds(1));
            for (CacheServer each : List.of(server, other)) {
                Await.until(
                        "the entry has expired",
                        () -> each.cache().get(key, PART).isEmpty());
            }
            Await.until("Redis has deleted the entry", () -> !cache.exists(key));
        }

        @Test
        void redisKeyHasTheNamespaceAndExpires() {
            cache.set(key, PART, part, HOUR);
            long left = Long.parseLong(redis.command("PTTL", redis.namespace() + key));
            assertTrue(left > HOUR.toMillis() - 60_000 && left <= HOUR.toMillis());
            cache.set(key, PART, part, Duration.ofDays(9));
            assertTrue(Long.parseLong(redis.command("PTTL", redis.namespace() + key))
                    <= Duration.ofHours(24).toMillis());
        }
    }

    @Nested
    class Delete {
        @Test
        void deletesFromBothLayersAndOtherInstances() {
            server.read(part.id());
            awaitStored();
            other.read(part.id());
            awaitProcessed(other);
            assertEquals(new Deletion(1, true), cache.delete(key));
            assertFalse(inRedis());
            assertFalse(cache.exists(key));
            Await.until(
                    "the other server has polled the deletion",
                    () -> other.cache().stats().entries() == 0);
            assertEquals(new Deletion(0, true), cache.delete(key));
        }

        @Test
        void treatsTheKeyAsLiteral() {
            cache.set("x*", PART, part, HOUR);
            cache.set("xy", PART, part, HOUR);
            assertEquals(1, cache.delete("x*").entries());
            assertTrue(cache.exists("xy"));
        }
    }

    @Nested
    class DeletePattern {
        @Test
        void countsEntriesAndDeletesFromOtherInstances() {
            for (int i = 0; i < 2500; i++) {
                cache.set("many:" + i, PART, part, HOUR);
            }
            cache.set("few:1", PART, part, HOUR);
            assertTrue(other.cache().get("many:7", PART).isPresent());

            assertEquals(new Deletion(2500, true), cache.deletePattern("many:*"));
            assertEquals(new Deletion(0, true), cache.deletePattern("many:*"));
            assertTrue(cache.exists("few:1"));
            assertEquals("0", redis.command("EXISTS", redis.namespace() + "many:7"));
            Await.until(
                    "the other server has polled the deletion",
                    () -> other.cache().get("many:7", PART).isEmpty());
            assertEquals(2500, cache.stats().deletions());
        }

        @Test
        void staysWithinTheNamespace() {
            redis.command("SET", "many:outside", "x");
            assertTrue(cache.deletePattern("*").isComplete());
            assertEquals("1", redis.command("EXISTS", "many:outside"));
        }
    }

    @Nested
    class GetOrLoad {
        @Test
        void readsFromTheLoaderThenFromMemoryAndOtherInstancesFromRedis() {
            assertEquals(new CacheResult<>(part, Layer.NONE), server.read(part.id()));
            assertEquals(new CacheResult<>(part, Layer.MEMORY), server.read(part.id()));
            awaitStored();
            assertEquals(new CacheResult<>(part, Layer.REDIS), other.read(part.id()));
            assertEquals(new CacheResult<>(part, Layer.MEMORY), other.read(part.id()));
            assertEquals(1, cache.stats().loads());
            assertEquals(0, other.cache().stats().loads());
        }

        @Test
        void loadsOnceForConcurrentReaders() {
            AtomicInteger loads = new AtomicInteger();
            Set<Thread> readers = ConcurrentHashMap.newKeySet();
            List<String> outcomes = Concurrently.run(32, _ -> {
                readers.add(Thread.currentThread());
                assertEquals(
                        part,
                        cache.getOrLoad(key, PART, () -> {
                                    loads.incrementAndGet();
                                    Await.until(
                                            "the other readers wait",
                                            () -> readers.stream()
                                                            .filter(reader -> reader.getState() == Thread.State.WAITING)
                                                            .count()
                                                    == 31);
                                    return server.load(part.id());
                                })
                                .orElseThrow()
                                .value());
            });
            assertEquals(Collections.nCopies(32, "ok"), outcomes);
            assertEquals(1, loads.get());
        }

        @Test
        void nextReadOfEveryInstanceSeesAChange() {
            server.read(part.id());
            awaitStored();
            other.read(part.id());
            for (int i = 0; i < 20; i++) {
                (i % 2 == 0 ? server : other).change(part.id(), "name " + part.id() + "." + i);
                assertEquals("name " + part.id() + "." + i, server.name(part.id()));
                assertEquals("name " + part.id() + "." + i, other.name(part.id()));
            }
        }

        @Test
        void readersThatWaitForALoadFromBeforeAChangeShareOneMoreLoad() throws InterruptedException {
            assertSharedLoadAfterAChange();
        }

        @Test
        void readersShareLoadsWithoutTrustToo() throws InterruptedException {
            server.changes().close();
            Await.until("the lease has ended", () -> !server.changes().view().isTrusted());
            assertSharedLoadAfterAChange();
        }

        /** Starts many readers after a change, while a load from before it is running. */
        private void assertSharedLoadAfterAChange() throws InterruptedException {
            AtomicInteger loads = new AtomicInteger();
            CountDownLatch read = new CountDownLatch(1);
            CountDownLatch changed = new CountDownLatch(1);
            Thread first = Thread.startVirtualThread(() -> cache.getOrLoad(key, PART, () -> {
                loads.incrementAndGet();
                Optional<LoadResult<Part>> old = server.load(part.id());
                read.countDown();
                await(changed);
                return old;
            }));
            await(read);
            other.change(part.id(), "newer " + part.id());
            List<String> names = new CopyOnWriteArrayList<>();
            List<Thread> readers = Stream.generate(() ->
                            Thread.startVirtualThread(() -> names.add(cache.getOrLoad(key, PART, () -> {
                                        loads.incrementAndGet();
                                        return server.load(part.id());
                                    })
                                    .orElseThrow()
                                    .value()
                                    .name())))
                    .limit(READERS)
                    .toList();
            Await.until(
                    "the readers wait",
                    () -> readers.stream().allMatch(reader -> reader.getState() == Thread.State.WAITING));
            changed.countDown();
            for (Thread reader : readers) {
                reader.join();
            }
            first.join();

            assertEquals(Collections.nCopies(READERS, "newer " + part.id()), names);
            assertEquals(2, loads.get());
        }

        @Test
        void absenceIsCachedInMemoryOnly() {
            AtomicInteger loads = new AtomicInteger();
            for (int i = 0; i < 3; i++) {
                assertTrue(cache.getOrLoad("nothing:" + part.id(), PART, () -> {
                            loads.incrementAndGet();
                            return Optional.empty();
                        })
                        .isEmpty());
            }
            assertEquals(1, loads.get());
            assertEquals(2, cache.stats().absent());
            assertEquals(0, cache.stats().entries());
            assertEquals("0", redis.command("EXISTS", redis.namespace() + "nothing:" + part.id()));
        }

        @Test
        void entryOfAnotherShapeIsNotRead() {
            server.read(part.id());
            awaitStored();
            CacheType<String> text = CacheType.of(String.class);
            for (CacheServer each : List.of(other, server)) {
                CacheResult<String> got = each.cache()
                        .getOrLoad(
                                key,
                                text,
                                () -> each.load(part.id())
                                        .map(loaded -> new LoadResult<>(
                                                "text", loaded.snapshot(), loaded.tags(), loaded.timeToLive())))
                        .orElseThrow();
                assertEquals("text", got.value());
            }
            assertEquals(0, other.cache().stats().unreadable());
        }

        @Test
        void malformedEntryIsDeletedCountedAndReplaced() {
            redis.command("SET", redis.namespace() + key, "malformed");
            assertEquals(new CacheResult<>(part, Layer.NONE), server.read(part.id()));
            assertEquals(1, cache.stats().unreadable());
            Await.until(
                    "the entry is replaced", () -> other.cache().get(key, PART).isPresent());
        }
    }

    @Nested
    class Forget {
        @Test
        void ofAllKeysEmptiesMemoryAndAbsentKeysOfEveryInstance() {
            AtomicInteger loads = new AtomicInteger();
            for (CacheServer each : List.of(server, other)) {
                each.read(part.id());
                assertTrue(isAbsent(each, loads));
                assertTrue(isAbsent(each, loads));
            }
            assertEquals(2, loads.get());

            server.changes().append("forget:*");
            for (CacheServer each : List.of(server, other)) {
                each.changes().awaitPoll();
                assertEquals(0, each.cache().stats().entries());
                assertTrue(isAbsent(each, loads));
            }
            assertEquals(4, loads.get());
        }

        private boolean isAbsent(CacheServer each, AtomicInteger loads) {
            return each.cache()
                    .getOrLoad("nothing:" + part.id(), PART, () -> {
                        loads.incrementAndGet();
                        return Optional.empty();
                    })
                    .isEmpty();
        }
    }

    @Nested
    class TimeToLive {
        @Test
        void isShortenedByAtMostFivePercentAndNeverExceeded() {
            Set<Long> lives = new HashSet<>();
            for (int i = 0; i < 50; i++) {
                String each = key + ":" + i;
                cache.getOrLoad(each, PART, () -> server.load(part.id(), HOUR));
                Await.until(
                        "the entry is in Redis",
                        () -> redis.command("EXISTS", redis.namespace() + each).equals("1"));
                lives.add(Long.parseLong(redis.command("PTTL", redis.namespace() + each)) / 1000);
            }
            assertTrue(lives.stream().allMatch(seconds -> seconds >= 3400 && seconds <= 3600), lives::toString);
            assertTrue(lives.size() > 10, lives::toString);
        }

        @Test
        void entryIsNotUsedAfterItsExpiryByTheClockOfTheDatabaseOnAnyInstance() {
            AtomicReference<Instant> expiry = new AtomicReference<>();
            Await.until(
                    "both instances use the entry before it expires",
                    () -> { // a busy machine may be too slow
                        assertTrue(cache.delete(key).isComplete());
                        other.changes().awaitPoll();
                        cache.getOrLoad(key, PART, () -> {
                            Optional<LoadResult<Part>> loaded = server.load(part.id(), Duration.ofSeconds(2));
                            expiry.set(databaseTime().plusSeconds(2)); // not before the expiry of what was loaded
                            return loaded;
                        });
                        return isStoredBefore(expiry.get())
                                && other.read(part.id()).layer() == Layer.REDIS;
                    });
            AtomicInteger readsAfterExpiry = new AtomicInteger();
            Await.until("the entry has expired for a while", () -> {
                boolean expired = !databaseTime().isBefore(expiry.get());
                for (CacheServer each : List.of(server, other)) {
                    boolean found = each.cache().get(key, PART).isPresent();
                    assertFalse(found && expired);
                }
                return expired && readsAfterExpiry.incrementAndGet() > 20;
            });
        }

        @Test
        void linkThatExpiresDuringItsLoadIsNotServedAfterwards() {
            AtomicInteger loads = new AtomicInteger();
            Loader<Part> loader = () -> {
                loads.incrementAndGet();
                Instant expiry = databaseTime().plusMillis(300);
                Optional<LoadResult<Part>> loaded = server.load(part.id(), Duration.between(databaseTime(), expiry));
                Await.until("the link has expired", () -> databaseTime().isAfter(expiry));
                return loaded;
            };
            cache.getOrLoad(key, PART, loader);
            cache.getOrLoad(key, PART, loader);
            assertEquals(2, loads.get());
            assertEquals(0, cache.stats().memoryHits());
            assertFalse(inRedis());
        }

        private boolean isStoredBefore(Instant expiry) {
            Await.until(
                    "the entry is in Redis, or has expired",
                    () -> inRedis() || databaseTime().isAfter(expiry));
            return inRedis();
        }

        private static Instant databaseTime() {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT clock_timestamp()")
                            .mapTo(Instant.class)
                            .one());
        }

        @Test
        void expiredValueIsNotStored() {
            assertEquals(
                    part,
                    cache.getOrLoad(key, PART, () -> server.load(part.id(), Duration.ZERO))
                            .orElseThrow()
                            .value());
            assertEquals(Optional.empty(), cache.get(key, PART));
            assertFalse(inRedis());
        }

        @Test
        void entryThatExpiresSoonIsRefreshedOnceWhileReadersUseIt() {
            AtomicInteger loads = new AtomicInteger();
            CountDownLatch go = new CountDownLatch(1);
            Loader<Part> loader = () -> {
                loads.incrementAndGet();
                await(go);
                return server.load(part.id(), HOUR);
            };
            cache.getOrLoad(key, PART, () -> server.load(part.id(), Duration.ofSeconds(10)));
            while (loads.get() == 0) { // each read starts a refresh with a probability of e^-10, growing to 1
                assertEquals(
                        Layer.MEMORY,
                        cache.getOrLoad(key, PART, loader).orElseThrow().layer());
            }
            assertEquals(
                    Layer.MEMORY,
                    cache.getOrLoad(key, PART, loader).orElseThrow().layer());
            CacheServer.rename(database, part.id(), "again " + part.id()); // an earlier change could be polled
            go.countDown();
            Await.until(
                    "the entry is refreshed",
                    () -> cache.get(key, PART)
                            .filter(cached -> cached.name().startsWith("again"))
                            .isPresent());
            assertEquals(1, loads.get());
            assertEquals(1, cache.stats().refreshes());
        }
    }

    @Test
    void showsItsBackgroundThread() {
        assertEquals(
                List.of("redis"),
                cache.workers().stream().map(WorkerState::name).toList());
        Await.until(
                "a turn has succeeded",
                () -> cache.workers().stream()
                        .allMatch(worker ->
                                worker.isHealthy() && worker.lastSuccess().isPresent()));
    }

    @Test
    void isUsedWhileAllConnectionsOfThePoolAreInUse() throws InterruptedException {
        Duration lease = Duration.ofSeconds(1);
        try (Database pool = Database.open(database.url(), 2);
                Database poller = Database.open(database.url(), 1);
                ChangeLog changes = ChangeLog.open(poller.jdbi(), pool.jdbi(), lease);
                Cache busy = new Cache(changes, null, "", 10_000_000, 0)) {
            CacheServer third = new CacheServer(database, poller, changes, busy);
            CacheServer.introduce(server, other, third);
            third.read(part.id());
            CountDownLatch taken = new CountDownLatch(2);
            CountDownLatch ended = new CountDownLatch(1);
            for (int i = 0; i < 2; i++) {
                Thread.startVirtualThread(() -> pool.jdbi().useHandle(_ -> {
                    taken.countDown();
                    await(ended);
                }));
            }
            await(taken);
            // Again if a busy machine has delayed a poll for a whole lease.
            Await.until("it is used for three leases", () -> isUsedFor(lease.multipliedBy(3), third));
            ended.countDown();
        }
    }

    private boolean isUsedFor(Duration time, CacheServer used) {
        CacheServer.introduce(used);
        used.cache().set(key, PART, part, HOUR);
        long end = System.nanoTime() + time.toNanos();
        Await.until(
                "the time is over, or a value is not in memory",
                () -> System.nanoTime() > end || used.cache().get(key, PART).isEmpty());
        return System.nanoTime() > end;
    }

    @Test
    void worksWithoutRedis() {
        try (CacheServer alone = start(null)) {
            CacheServer.introduce(server, other, alone);
            assertEquals(Layer.NONE, alone.read(part.id()).layer());
            assertEquals(Layer.MEMORY, alone.read(part.id()).layer());
            assertEquals(new Deletion(1, true), alone.cache().deletePattern("part:*"));
            assertEquals(new Deletion(0, true), alone.cache().delete(key));
            assertEquals(List.of(), alone.cache().workers());
            assertFalse(alone.cache().isDegraded());
            assertEquals("none", alone.cache().stats().redis());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "the latch was not released");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
