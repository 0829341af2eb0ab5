package dealbrain.shares;

import static org.junit.jupiter.api.Assertions.fail;

import dealbrain.caching.Cache;
import dealbrain.caching.CacheType;
import dealbrain.caching.LoadResult;
import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.http.CachedBody;
import dealbrain.http.Response;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The accounted size of the entries, by which memory is bounded, is about their size in the heap. */
class CacheSizeTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final long UNBOUNDED = 2_000_000_000;
    private static final Duration DAY = Duration.ofHours(24);
    private static final CacheType<CachedBody> COLLECTION = CacheType.inMemory(CachedBody.class, CachedBody::size);
    private static final List<String> PART_KINDS = List.of(
            "cpu", "gpu", "ports_profile", "scoring_profile", "ruleset", "ram_spec", "storage_profile", "monitor");

    private Database poller;
    private ChangeLog changes;
    private Cache cache;

    @BeforeEach
    void open() {
        poller = Database.open(database.url(), 1);
        changes = ChangeLog.open(poller.jdbi(), database.jdbi(), Duration.ofSeconds(20));
        cache = new Cache(changes, null, "", UNBOUNDED, 0);
    }

    @AfterEach
    void close() {
        cache.close();
        changes.close();
        poller.close();
    }

    @Test
    void ofADealThatWasViewed() {
        String snapshot = changes.view().position().snapshot().toString();
        assertAccounted(5000, id -> {
            Set<String> tags = tags(id, 1);
            tags.addAll(Set.of("listing_share:" + id, "user:" + id));
            byte[] json =
                    ("{\"view_count\":12,\"listing\":\"" + "y".repeat(3500) + "\"}").getBytes(StandardCharsets.UTF_8);
            cache.getOrLoad(
                            "share:listing:" + id + ":" + "a".repeat(64),
                            ShareCache.LISTING_JSON,
                            () -> Optional.of(new LoadResult<>(
                                    ShareBody.of(id, id, 12, Response.JSON, json), snapshot, tags, DAY)))
                    .orElseThrow()
                    .value()
                    .withViews(13);
        });
    }

    @Test
    void ofACollectionWithAThousandListings() {
        String snapshot = changes.view().position().snapshot().toString();
        assertAccounted(
                100,
                id -> cache.getOrLoad(
                        "collection:" + id + ":1:null:1000:0",
                        COLLECTION,
                        () -> Optional.of(new LoadResult<>(
                                CachedBody.strong(new byte[400_000], Response.JSON, "1-" + id),
                                snapshot,
                                tags(id * 1000, 1000),
                                DAY))));
    }

    /**
     * Caches {@code count} entries and compares the accounted size with the growth of the heap. Tries it three times,
     * because threads of earlier tests may free memory meanwhile.
     */
    private void assertAccounted(int count, IntConsumer cacheOne) {
        cacheOne.accept(0); // loads classes
        String sizes = "";
        for (int attempt = 0; attempt < 3; attempt++) {
            long accountedBefore = cache.stats().bytes();
            long usedBefore = used();
            for (int id = attempt * count + 1; id <= (attempt + 1) * count; id++) {
                cacheOne.accept(id);
            }
            long used = used() - usedBefore;
            long accounted = cache.stats().bytes() - accountedBefore;
            sizes = "accounted " + accounted / count + " bytes each, in the heap " + used / count;
            System.out.println(sizes);
            if (accounted > 0.8 * used && accounted < 1.5 * used) {
                return;
            }
        }
        fail(sizes);
    }

    /** Returns the tags of listings, each with its parts, of which a few hundred exist of each kind. */
    private static Set<String> tags(int from, int listings) {
        Set<String> tags = new HashSet<>();
        for (int id = 100_000 + from; id < 100_000 + from + listings; id++) {
            tags.add("listing:" + id);
            for (String kind : PART_KINDS) {
                tags.add(kind + ':' + (id * 31 % 400 + kind.length()));
            }
        }
        return tags;
    }

    /** Returns the used heap, when it no longer shrinks by a collection. */
    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long least = Long.MAX_VALUE;
        for (int unchanged = 0; unchanged < 3; unchanged++) {
            System.gc();
            long used = runtime.totalMemory() - runtime.freeMemory();
            if (used < least - 100_000) {
                unchanged = 0;
            }
            least = Math.min(least, used);
        }
        return least;
    }
}
