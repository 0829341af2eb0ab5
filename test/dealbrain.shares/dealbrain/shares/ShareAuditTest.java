package dealbrain.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.caching.Cache;
import dealbrain.caching.CacheResult;
import dealbrain.caching.PageSource;
import dealbrain.changes.ChangeLog;
import dealbrain.database.Database;
import dealbrain.http.PublicUrl;
import dealbrain.testing.Await;
import dealbrain.testing.Fixtures;
import dealbrain.testing.TestDatabase;
import dealbrain.views.ViewCounter;
import dealbrain.views.Views;
import dealbrain.views.Visitor;
import io.opentelemetry.api.OpenTelemetry;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What an audit of the cache reports about the targets of links. */
class ShareAuditTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final PublicUrl PUBLIC_URL = PublicUrl.parse("https://deals.example.org");

    private Database poller;
    private ChangeLog changes;
    private Cache cache;
    private ShareCache shares;
    private ListingShareService links;
    private ListingShare link;

    @BeforeEach
    void open() {
        poller = Database.open(database.url(), 1);
        changes = ChangeLog.open(poller.jdbi(), database.jdbi(), Duration.ofSeconds(20));
        cache = new Cache(changes, null, "", 100_000_000, 1);
        Fixtures fixtures = new Fixtures(database.jdbi());
        links = new ListingShareService(database.jdbi(), fixtures.listings, PUBLIC_URL);
        PageSource pages = PageSource.of(database.jdbi());
        shares =
                new ShareCache(cache, new ShareSpans(OpenTelemetry.noop().getTracer("test")), links, pages, PUBLIC_URL);
        User ada = fixtures.user("ada" + System.nanoTime());
        link = links.create(ada, fixtures.listings(ada, 1).getFirst(), new ShareInput(7));
        changes.acknowledge();
    }

    @AfterEach
    void close() {
        cache.close();
        changes.close();
        poller.close();
    }

    @Test
    void ignoresViewsThatWereCountedInTheMeantime() {
        read();
        Views views = new Views(database.jdbi(), _ -> {});
        ViewCounter counter = views.counter("listing_share");
        counter.count(Visitor.PERSON, link.id());
        counter.count(Visitor.CRAWLER, link.id());
        views.flush();
        read();
        Await.until("the hit is audited", () -> cache.stats().audits() == 1);
        assertEquals(0, cache.stats().auditFailures());
        changes.awaitPoll();
        assertTrue(read().layer().isHit()); // otherwise the audit had found an outdated entry
    }

    @Test
    void findsAListingThatWasChangedWithoutALogEntry() {
        read();
        withoutTriggers("listing", "UPDATE listing SET title = 'Unlogged'");
        read();
        awaitFailure();
    }

    @Test
    void findsALinkThatWasRevokedWithoutALogEntry() {
        read();
        withoutTriggers("listing_share", "DELETE FROM listing_share");
        read();
        awaitFailure();
    }

    @Test
    void findsALinkThatExpiredWithoutALogEntry() {
        read();
        withoutTriggers("listing_share", "UPDATE listing_share SET expires_at = now()");
        read();
        awaitFailure();
    }

    private CacheResult<ShareBody> read() {
        return shares.listingJson(link.listingId(), link.shareToken());
    }

    private static void withoutTriggers(String table, String statement) {
        database.jdbi().useTransaction(handle -> {
            handle.execute("ALTER TABLE " + table + " DISABLE TRIGGER USER");
            handle.execute(statement);
            handle.execute("ALTER TABLE " + table + " ENABLE TRIGGER USER");
        });
    }

    private void awaitFailure() {
        Await.until("the audit has found the entry", () -> cache.stats().auditFailures() == 1);
    }
}
