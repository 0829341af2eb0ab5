package dealbrain.listings;

import static dealbrain.testing.Problems.problem;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.database.Transactions;
import dealbrain.database.UniqueKeys;
import dealbrain.http.IfMatch;
import dealbrain.http.ProblemException;
import dealbrain.json.Json;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OwnListingsTest extends ListingFixture {
    private OwnListings own;
    private ListingSource source;

    @BeforeEach
    void source() {
        own = new OwnListings(database.jdbi(), listings);
        source = ListingSource.of("market", UUID.randomUUID().toString());
    }

    private OwnListings.Stored put(String members) {
        return own.put(ada, source, Optional.empty(), plain(members));
    }

    private Optional<IfMatch> version(long version) {
        return Optional.of(new IfMatch(List.of(version + "-AAAAAAAAAAAAAAAAAAAAAA")));
    }

    @Test
    void createsTheListingAndThenReplacesAllOfIt() {
        OwnListings.Stored created = put("{\"price_usd\": 100, \"seller\": \"shop\", \"status\": \"pending\"}");
        OwnListings.Stored replaced = put("{\"price_usd\": 90}");

        assertTrue(created.isNew());
        assertEquals(source.marketplace(), created.listing().marketplace());
        assertEquals(source.vendorItemId(), created.listing().vendorItemId());
        assertFalse(replaced.isNew());
        assertEquals(created.listing().id(), replaced.listing().id());
        assertEquals("90.00", String.valueOf(replaced.listing().priceUsd()));
        assertNull(replaced.listing().seller());
        assertEquals(ListingStatus.ACTIVE, replaced.listing().status());
        assertEquals(replaced.listing(), own.get(ada, source));
    }

    @Test
    void needsTwoStatements() {
        assertEquals(2, StatementCounter.count(() -> put("{}")));
        assertEquals(2, StatementCounter.count(() -> put("{\"title\": \"other\"}")));
        assertEquals(1, StatementCounter.count(() -> own.get(ada, source)));
    }

    @Test
    void leavesOneRowAfterFiftyConcurrentRequests() {
        ConcurrentLinkedQueue<OwnListings.Stored> stored = new ConcurrentLinkedQueue<>();

        List<String> outcomes =
                Concurrently.run(50, number -> stored.add(put("{\"price_usd\": " + (100 + number) + "}")));

        assertEquals(50, outcomes.stream().filter("ok"::equals).count(), outcomes::toString);
        assertEquals(1, stored.stream().filter(OwnListings.Stored::isNew).count());
        assertEquals(
                1, count("SELECT count(*)::int FROM listing WHERE vendor_item_id = '" + source.vendorItemId() + "'"));
        assertEquals(50, own.get(ada, source).rowVersion());
    }

    @Test
    void createsTheListingAgainAfterConcurrentDeletions() {
        List<String> outcomes = Concurrently.run(8, number -> {
            long id = put("{}").listing().id();
            if (number % 2 == 0) {
                deleteIfPresent(id);
            }
        });

        assertTrue(outcomes.stream().allMatch(each -> each.equals("ok") || each.equals("duplicate-listing")));
        assertTrue(outcomes.contains("ok"));
    }

    private void deleteIfPresent(long id) {
        try {
            listings.delete(ada, id, IfMatch.ANY);
        } catch (ProblemException e) {
            assertEquals("not-found", e.type().code());
        }
    }

    @Test
    void replacesOnlyTheStateThatTheClientHasRead() {
        assertEquals(
                412,
                problem("precondition-failed", () -> own.put(ada, source, version(1), plain("{}")))
                        .type()
                        .status());
        put("{}");

        own.put(ada, source, version(1), plain("{\"title\": \"second\"}"));

        problem("precondition-failed", () -> own.put(ada, source, version(1), plain("{\"title\": \"third\"}")));
        problem("not-found", () -> own.get(bob, source));
        assertEquals("second", own.get(ada, source).title());
        own.put(ada, source, Optional.of(IfMatch.ANY), plain("{\"title\": \"fourth\"}"));
        assertEquals("fourth", own.get(ada, source).title());
    }

    @Test
    void acceptsTheKeyOfThePathOnly() {
        own.put(ada, source, Optional.empty(), with(item(source.vendorItemId()), "{\"title\": \"same\"}"));

        ProblemException other =
                problem("invalid-input", () -> put("{\"marketplace\": \"other\", \"vendor_item_id\": \"x\"}"));

        assertEquals(List.of("/marketplace", "/vendor_item_id"), pointers(other));
        assertEquals("same", own.get(ada, source).title());
    }

    @Test
    void limitsTheLengthsOfTheKey() {
        ListingSource.of("\uD83D\uDE00".repeat(100), "x".repeat(255));
        ProblemException problem =
                problem("invalid-input", () -> ListingSource.of("x".repeat(101), "\uD83D\uDE00".repeat(256)));

        assertEquals(
                "[{\"parameter\":\"marketplace\",\"detail\":\"marketplace must have 1 to 100 characters, was 101\"},"
                        + "{\"parameter\":\"vendor_item_id\","
                        + "\"detail\":\"vendor_item_id must have 1 to 255 characters, was 256\"}]",
                Json.text(problem.errors()));
    }

    @Test
    void reportsUnknownParts() {
        assertEquals(
                8, problem("invalid-input", () -> put(UNKNOWN_PARTS)).errors().size());
        put("{}");
        assertEquals(
                8, problem("invalid-input", () -> put(UNKNOWN_PARTS)).errors().size());
    }

    @Test
    void isFoundByItsNewWords() {
        put("{\"title\": \"alpha\"}");
        put("{\"title\": \"omega\"}");

        List<String> words = new ArrayList<>();
        database.jdbi()
                .useHandle(handle -> words.addAll(handle.createQuery(
                                "SELECT text FROM listing_words w JOIN listing l USING (id) WHERE l.vendor_item_id = :id")
                        .bind("id", source.vendorItemId())
                        .mapTo(String.class)
                        .list()));
        assertEquals(List.of("omega"), words);
    }

    /** As changes of a listing do: they would wait for each other if this took the lock of unique keys first. */
    @Test
    void locksTheListingBeforeItCreatesParts() {
        long id = put("{}").listing().id();
        CountDownLatch locked = new CountDownLatch(1);

        List<String> outcomes = Concurrently.run(2, thread -> {
            if (thread == 0) {
                Transactions.useTransaction(database.jdbi(), () -> {
                    update("UPDATE listing SET notes = 'locked' WHERE id = " + id);
                    locked.countDown();
                    Await.until("the other waits for the listing", ListingFixture::isAnyTransactionBlocked);
                    update("SET LOCAL lock_timeout = '300ms'"); // before PostgreSQL looks for deadlocks
                    database.jdbi().onDemand(UniqueKeys.class).lock();
                });
            } else {
                Await.until("the listing is locked", () -> locked.getCount() == 0);
                put("{\"ram_spec\": \"333 GB DDR5\"}");
            }
        });

        assertEquals(List.of("ok", "ok"), outcomes);
        assertEquals(333, own.get(ada, source).ramGb());
    }
}
