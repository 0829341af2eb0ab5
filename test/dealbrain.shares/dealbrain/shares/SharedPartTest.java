package dealbrain.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dealbrain.accounts.User;
import dealbrain.caching.Cache;
import dealbrain.caching.PageSource;
import dealbrain.changes.ChangeLog;
import dealbrain.http.PublicUrl;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import io.opentelemetry.api.OpenTelemetry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A part that thousands of listings share. */
class SharedPartTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final ObjectMapper REDIS_MAPPER = new ObjectMapper();
    private static final int LISTINGS = 5000;
    private static final int CACHED = 300;

    @Test
    void isRenamedForAllCacheEntriesByOneLogRow() {
        StatementCounter.listenTo(database.jdbi());
        Fixtures fixtures = new Fixtures(database.jdbi());
        User ada = fixtures.user("ada");
        List<Long> listings = fixtures.listings(ada, LISTINGS);
        ListingShareService links = new ListingShareService(
                database.jdbi(), fixtures.listings, PublicUrl.parse("https://deals.example.org"));
        List<ListingShare> shared = listings.subList(0, CACHED).stream()
                .map(id -> links.create(ada, id, new ShareInput(null)))
                .toList();
        try (ChangeLog changes = ChangeLog.open(database.jdbi(), database.jdbi(), Duration.ofSeconds(20));
                Cache cache = new Cache(changes, null, "", 100_000_000, 0)) {
            ShareCache shares = new ShareCache(
                    cache,
                    new ShareSpans(OpenTelemetry.noop().getTracer("test")),
                    links,
                    PageSource.of(database.jdbi()),
                    PublicUrl.parse("https://deals.example.org"));
            shared.forEach(share -> json(shares, share));
            assertEquals(0, StatementCounter.count(() -> shared.forEach(share -> json(shares, share))));
            long rows = number("SELECT count(*) FROM change_log");

            long start = System.nanoTime();
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE cpu SET name = 'A renamed CPU' "
                                    + "WHERE id = (SELECT cpu_id FROM listing WHERE id = ?)",
                            listings.getFirst()));
            int statements = StatementCounter.count(changes::acknowledge);
            long acknowledged = System.nanoTime();

            assertEquals(0, statements); // the poller executes it, for all writers that wait
            assertEquals(
                    LISTINGS,
                    number("SELECT count(*) FROM listing l JOIN cpu c ON c.id = l.cpu_id "
                            + "WHERE c.name = 'A renamed CPU'"));
            assertEquals(1, number("SELECT count(*) FROM change_log") - rows);
            shared.forEach(share -> assertEquals(
                    1,
                    StatementCounter.count(() -> assertTrue(json(shares, share).contains("A renamed CPU")))));
            assertEquals(
                    0,
                    StatementCounter.count(() -> shared.forEach(
                            share -> assertFalse(json(shares, share).isEmpty()))));
            System.out.printf(
                    "renamed a CPU of %d listings, %d of them cached, and acknowledged the change in %.1f ms%n",
                    LISTINGS, CACHED, (acknowledged - start) / 1e6);
        }
    }

    /** Returns the cached JSON without the number of views, as it is serialized for Redis. */
    private static String json(ShareCache shares, ListingShare share) {
        try {
            JsonNode entry = REDIS_MAPPER.valueToTree(
                    shares.listingJson(share.listingId(), share.shareToken()).value());
            return new String(entry.get("head").binaryValue(), StandardCharsets.UTF_8)
                    + new String(entry.get("tail").binaryValue(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long number(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }
}
