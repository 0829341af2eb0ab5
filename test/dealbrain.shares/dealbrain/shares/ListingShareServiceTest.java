package dealbrain.shares;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.http.CountMode;
import dealbrain.http.PageQuery;
import dealbrain.http.PublicUrl;
import dealbrain.listings.Listing;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListingShareServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static Fixtures fixtures;
    private static ListingShareService shares;
    private User ada;
    private Listing listing;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new Fixtures(database.jdbi());
        shares = new ListingShareService(
                database.jdbi(), fixtures.listings, PublicUrl.parse("https://deals.example.org"));
    }

    @BeforeEach
    void completeListing() {
        ada = fixtures.user("ada");
        listing = fixtures.listings.create(ada, fixtures.completeListing());
    }

    @Nested
    class Create {
        @Test
        void createsAUniqueTokenOf64UrlSafeCharacters() {
            ListingShare first = shares.create(ada, listing.id(), new ShareInput(180));
            ListingShare second = shares.create(ada, listing.id(), new ShareInput(180));

            assertTrue(first.shareToken().matches("[A-Za-z0-9_-]{64}"), first.shareToken());
            assertNotEquals(first.shareToken(), second.shareToken());
            assertEquals(
                    "https://deals.example.org/deals/" + listing.id() + "/" + first.shareToken(), first.shareUrl());
            assertEquals(ada.id(), first.createdBy());
            assertEquals(Duration.ofDays(180), Duration.between(first.createdAt(), first.expiresAt()));
            assertFalse(first.isExpired());
        }

        @Test
        void neverExpiresWithZeroOrNull() {
            assertNull(shares.create(ada, listing.id(), new ShareInput(0)).expiresAt());
            assertNull(shares.create(ada, listing.id(), new ShareInput(null)).expiresAt());
        }

        @Test
        void isAllowedForEachUser() {
            User bob = fixtures.user("bob");

            assertEquals(
                    bob.id(),
                    shares.create(bob, listing.id(), new ShareInput(1)).createdBy());
        }

        @Test
        void needsAListing() {
            problem("not-found", () -> shares.create(ada, Long.MAX_VALUE, new ShareInput(1)));
        }
    }

    @Nested
    class Open {
        @Test
        void returnsTheListingWithAllPartsInOneStatement() {
            String token = shares.create(ada, listing.id(), new ShareInput(180)).shareToken();
            List<PublicShare> opened = new ArrayList<>();

            assertEquals(1, StatementCounter.count(() -> opened.add(open(listing.id(), token))));

            Listing asSeenByOthers = fixtures.listings.get(fixtures.user("other"), listing.id());
            assertEquals(asSeenByOthers, opened.getFirst().listing());
            assertEquals(ada.username(), opened.getFirst().sharedBy());
        }

        @Test
        void reportsUnknownRevokedAndForeignTokensAlikeInOneStatement() {
            ListingShare revoked = shares.create(ada, listing.id(), new ShareInput(180));
            shares.delete(ada, revoked.id());
            String foreign = shares.create(ada, fixtures.listings(ada, 1).getFirst(), new ShareInput(180))
                    .shareToken();

            for (String token : List.of("x", "x".repeat(64), "' OR true --", revoked.shareToken(), foreign)) {
                List<String> messages = new ArrayList<>();
                assertEquals(
                        1,
                        StatementCounter.count(() ->
                                messages.add(problem("share-not-found", () -> open(listing.id(), token))
                                        .getMessage())));
                assertEquals(List.of(ShareProblems.notFound().getMessage()), messages);
            }
        }

        @Test
        void failsAfterTheExpiryByTheClockOfTheDatabase() {
            ListingShare share = shares.create(ada, listing.id(), new ShareInput(1));
            expire(share);

            problem("share-expired", () -> open(listing.id(), share.shareToken()));
            assertTrue(shares.list(ada, new PageQuery(1, 0, null, CountMode.LIMITED))
                    .items()
                    .getFirst()
                    .isExpired());
        }

        @Test
        void returnsANewPriceAtOnce() {
            String token = shares.create(ada, listing.id(), new ShareInput(180)).shareToken();
            database.jdbi()
                    .useHandle(handle -> handle.execute("UPDATE listing SET price_usd = 1 WHERE id = ?", listing.id()));

            assertEquals("1.00", open(listing.id(), token).listing().priceUsd().toPlainString());
        }
    }

    @Nested
    class OwnLinks {
        @Test
        void areListedNewestFirstWithoutThoseOfOthers() {
            User bob = fixtures.user("bob");
            ListingShare first = shares.create(ada, listing.id(), new ShareInput(1));
            ListingShare second = shares.create(ada, listing.id(), new ShareInput(2));
            shares.create(bob, listing.id(), new ShareInput(3));

            assertEquals(
                    List.of(second, first),
                    shares.list(ada, new PageQuery(20, 0, null, CountMode.LIMITED))
                            .items());
            assertEquals(
                    List.of(second, first),
                    shares.list(ada, listing.id(), new PageQuery(20, 0, null, CountMode.LIMITED))
                            .items());
            assertEquals(
                    2,
                    shares.list(ada, new PageQuery(1, 5, null, CountMode.LIMITED))
                            .total()
                            .count());
            problem("not-found", () -> shares.list(ada, Long.MAX_VALUE, new PageQuery(20, 0, null, CountMode.LIMITED)));
        }

        @Test
        void areRevokedByTheirCreatorOnly() {
            User bob = fixtures.user("bob");
            ListingShare share = shares.create(bob, listing.id(), new ShareInput(1));

            problem("not-found", () -> shares.delete(ada, share.id()));
            assertEquals(listing.id(), open(listing.id(), share.shareToken()).listingId());
            shares.delete(bob, share.id());
            problem("not-found", () -> shares.delete(bob, share.id()));
        }
    }

    @Nested
    class DeleteExpired {
        @Test
        void deletesLongExpiredLinksInBatches() {
            List<ListingShare> created = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                created.add(shares.create(ada, listing.id(), new ShareInput(1)));
            }
            created.subList(0, 3).forEach(share -> expire(share, 31));
            expire(created.get(3), 29);

            assertEquals(2, shares.deleteExpired(30, 2));
            assertEquals(1, shares.deleteExpired(30, 2));
            assertEquals(0, shares.deleteExpired(30, 2));
            assertEquals(
                    2,
                    shares.list(ada, new PageQuery(20, 0, null, CountMode.LIMITED))
                            .total()
                            .count());
        }
    }

    private static void expire(ListingShare share) {
        expire(share, 0);
    }

    private static void expire(ListingShare share, int daysAgo) {
        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE listing_share SET expires_at = now() - make_interval(days => ?, secs => 1) "
                                + "WHERE id = ?",
                        daysAgo,
                        share.id()));
    }

    private static PublicShare open(long listingId, String token) {
        return ListingShareService.open(database.jdbi(), listingId, token)
                .orElseThrow(ShareProblems::notFound)
                .share();
    }
}
