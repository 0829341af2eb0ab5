package dealbrain.caching;

import static dealbrain.caching.CacheServer.PART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.caching.CacheResult.Layer;
import dealbrain.caching.CacheServer.Part;
import dealbrain.testing.Await;
import dealbrain.testing.LogLines;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AuditorTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestRedis redis = new TestRedis();

    @RegisterExtension
    final LogLines log = new LogLines("dealbrain.caching");

    private static final Duration HOUR = Duration.ofHours(1);
    private static final String TOKEN = "t".repeat(64);
    private static final CacheType<Part> REJECTABLE = PART.withRejection(RejectionException.class);

    /** Thrown by a loader that rejects a read. */
    private static final class RejectionException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private CacheServer server; // audits each hit
    private CacheServer other; // audits none
    private Cache cache;
    private Part part;
    private String key;

    @BeforeEach
    void start() {
        server = CacheServer.start(database, redis.url(), redis.namespace(), CacheServer.LEASE, 1);
        other = CacheServer.start(database, redis.url(), redis.namespace());
        CacheServer.introduce(server, other);
        cache = server.cache();
        part = CacheServer.insert(database);
        key = "part:" + part.id() + ":" + TOKEN;
    }

    @AfterEach
    void stop() {
        server.close();
        other.close();
    }

    @Test
    void findsAChangeThatWasNotLoggedAndDeletesTheEntry() {
        read(server);
        Await.until("the entry is in Redis", this::inRedis);
        assertEquals(Layer.REDIS, read(other).layer());
        renameUnlogged("unlogged " + part.id());

        assertEquals(part.name(), read(server).value().name()); // the bug that the audit finds
        LogLines.Line line = log.await(each -> each.level().equals("ERROR"));
        assertEquals("part:" + part.id() + ":tttttttt...", line.fields().get("key"));
        assertEquals(List.of("cpu:" + part.id()), line.fields().get("tags"));
        assertTrue(line.fields().keySet().containsAll(Set.of("stamp", "generation", "position", "difference")));
        Await.until(
                "all instances have deleted the entry",
                () -> cache.stats().entries() + other.cache().stats().entries() == 0 && !inRedis());
        assertEquals("unlogged " + part.id(), read(server).value().name());
        assertEquals("unlogged " + part.id(), read(other).value().name());

        awaitAudits(1);
        awaitAuditOfNextHit();
        assertEquals(1, cache.stats().auditFailures());
        assertEquals(1, errors());
    }

    @Test
    void findsAnEntryWhoseReadIsRejectedNow() {
        AtomicReference<RuntimeException> failure = new AtomicReference<>();
        Loader<Part> loader = () -> {
            if (failure.get() != null) {
                throw failure.get();
            }
            return server.load(part.id());
        };
        cache.getOrLoad(key, REJECTABLE, loader);
        failure.set(new RejectionException());
        cache.getOrLoad(key, REJECTABLE, loader);
        log.await(each -> each.level().equals("ERROR"));
        assertEquals(1, cache.stats().auditFailures());
    }

    @Test
    void findsAnEntryThatHasNoValueNow() {
        read(server);
        assertTrue(cache.getOrLoad(key, PART, Optional::empty)
                .orElseThrow()
                .layer()
                .isHit());
        log.await(each -> each.level().equals("ERROR"));
        assertEquals(1, cache.stats().auditFailures());
    }

    @Test
    void doesNotReportAChangeBetweenHitAndLoad() {
        read(server);
        CacheResult<Part> hit = cache.getOrLoad(key, PART, () -> {
                    CacheServer.rename(database, part.id(), "newer " + part.id());
                    return server.load(part.id());
                })
                .orElseThrow();
        assertEquals(Layer.MEMORY, hit.layer());
        awaitAudits(1);
        assertEquals(0, errors());
        assertEquals("newer " + part.id(), read(server).value().name());
    }

    @Test
    void doesNotReportAnEntryThatExpiredMeanwhile() {
        cache.getOrLoad(key, PART, () -> server.load(part.id(), Duration.ofSeconds(2)));
        CacheResult<Part> hit = cache.getOrLoad(key, PART, () -> {
                    Await.until("the entry has expired", () -> {
                        server.changes().awaitPoll(); // a view that is not trusted has no entries either
                        return cache.get(key, PART).isEmpty();
                    });
                    return Optional.empty();
                })
                .orElseThrow();
        assertEquals(Layer.MEMORY, hit.layer());
        awaitAudits(1);
        assertEquals(0, errors());
    }

    @Test
    void comparesByTheEqualityOfTheType() {
        CacheType<Part> byId = PART.withEquality((first, second) -> first.id() == second.id());
        Loader<Part> loader = () -> server.load(part.id());
        cache.getOrLoad(key, byId, loader);
        renameUnlogged("ignored " + part.id());
        cache.getOrLoad(key, byId, loader);
        awaitAudits(1);
        assertEquals(0, errors());
    }

    @Test
    void failureOfTheLoaderIsHarmless() {
        read(server);
        CountDownLatch failed = new CountDownLatch(1);
        cache.getOrLoad(key, REJECTABLE, () -> {
            failed.countDown();
            throw new IllegalStateException("no connection");
        });
        await(failed);
        awaitAuditOfNextHit();
        assertEquals(1, cache.stats().audits());
        assertEquals(0, errors());
    }

    @Test
    void oneAuditRunsAtATimeAndDelaysNoReader() {
        read(server);
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        Loader<Part> slow = () -> {
            loads.incrementAndGet();
            await(go);
            return server.load(part.id());
        };
        for (int i = 0; i < 100; i++) {
            assertEquals(
                    Layer.MEMORY, cache.getOrLoad(key, PART, slow).orElseThrow().layer());
        }
        Await.until("the audit loads", () -> loads.get() > 0);
        assertEquals(1, loads.get());
        go.countDown();
        awaitAudits(1);
        assertEquals(0, errors());
    }

    @Test
    void auditsHitsInRedisToo() {
        other.cache().getOrLoad(key, PART, () -> other.load(part.id()));
        Await.until("the entry is in Redis", this::inRedis);
        renameUnlogged("unlogged " + part.id());
        assertEquals(Layer.REDIS, read(server).layer());
        log.await(each -> each.level().equals("ERROR"));
    }

    @Test
    void samplesOneHitInTheInterval() {
        try (CacheServer sampling = CacheServer.start(database, null, "", CacheServer.LEASE, 10)) {
            CacheServer.introduce(server, other, sampling);
            read(sampling);
            for (int i = 0; i < 400; i++) {
                read(sampling);
            }
            Await.until("an audit has ended", () -> sampling.cache().stats().audits() > 0);
            assertTrue(sampling.cache().stats().audits() < 200);
        }
        assertEquals(0, other.cache().stats().audits());
    }

    private CacheResult<Part> read(CacheServer by) {
        return by.cache().getOrLoad(key, PART, () -> by.load(part.id(), HOUR)).orElseThrow();
    }

    private boolean inRedis() {
        return redis.command("EXISTS", redis.namespace() + key).equals("1");
    }

    private static void renameUnlogged(String name) {
        database.jdbi().useTransaction(handle -> {
            handle.execute("ALTER TABLE cpu DISABLE TRIGGER ALL");
            handle.execute("UPDATE cpu SET name = ? WHERE id = ?", name, Long.parseLong(name.replaceAll("\\D", "")));
            handle.execute("ALTER TABLE cpu ENABLE TRIGGER ALL");
        });
    }

    private void awaitAudits(long count) {
        Await.until(
                () -> count + " audits, was " + cache.stats(),
                Duration.ofSeconds(60),
                () -> cache.stats().audits() == count);
    }

    private void awaitAuditOfNextHit() {
        long before = cache.stats().audits();
        Await.until("another hit is audited", () -> {
            read(server);
            return cache.stats().audits() > before;
        });
    }

    private long errors() {
        return log.all().stream().filter(each -> each.level().equals("ERROR")).count();
    }

    private static void await(CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS), "the latch was not released");
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
