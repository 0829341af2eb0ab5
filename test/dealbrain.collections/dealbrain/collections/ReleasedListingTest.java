package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.Role;
import dealbrain.accounts.User;
import dealbrain.http.IfMatch;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingInput;
import dealbrain.listings.ListingStatus;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Records;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A listing that other users have in a collection survives its owner's deletion, until the last one lets go of it. */
class ReleasedListingTest {
    private static final String TITLE = "A deal in your collections was deleted by its owner";

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private User ada;
    private User bob;
    private User eve;
    private Listing listing;

    @BeforeAll
    static void connect() {
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @BeforeEach
    void usersAndListing() {
        ada = fixtures.user("ada");
        bob = fixtures.user("bob");
        eve = fixtures.user("eve");
        listing = fixtures.listings.create(ada, fixtures.completeListing());
    }

    /** Adds the listing to a new collection. */
    private CollectionItem keep(User user) {
        return fixtures.addItem(user, fixtures.emptyCollection(user, Visibility.PUBLIC), listing.id());
    }

    private void deleteListing() {
        fixtures.listings.delete(ada, listing.id(), IfMatch.ANY);
    }

    private static void deleteUser(User user) {
        execute("DELETE FROM user_account WHERE id = ?", user.id());
    }

    private static void execute(String statement, Object... values) {
        database.jdbi().useHandle(handle -> handle.execute(statement, values));
    }

    private static long count(String query, Object... values) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.select(query, values).mapTo(Long.class).one());
    }

    private static List<String> messages(User user) {
        return database.jdbi()
                .withHandle(handle -> handle.select(
                                "SELECT title || ': ' || message FROM notification WHERE user_id = ? ORDER BY id",
                                user.id())
                        .mapTo(String.class)
                        .list());
    }

    private boolean exists() {
        return count("SELECT count(*) FROM listing WHERE id = ?", listing.id()) == 1;
    }

    private void assertReleased() {
        Listing kept = fixtures.listings.get(bob, listing.id());
        assertNull(kept.ownerId());
        assertNull(kept.seller());
        assertEquals(ListingStatus.ARCHIVED, kept.status());
        assertEquals(listing.title(), kept.title());
        assertEquals(listing.vendorItemId(), kept.vendorItemId());
        assertEquals(listing.version() + 1, kept.version());
        assertEquals(
                1,
                count(
                        "SELECT count(*) FROM listing WHERE id = ? AND notes IS NULL AND attributes = '{}'",
                        listing.id()));
    }

    @Nested
    class OfADeletedListing {
        @Test
        void staysInTheCollectionsOfOthersOnly() {
            CollectionItem own = keep(ada);
            CollectionItem kept = keep(bob);

            deleteListing();

            assertReleased();
            assertEquals(
                    listing.id(),
                    fixtures.items
                            .get(Optional.of(bob), kept.collectionId(), kept.id())
                            .listingId());
            assertEquals(
                    0, fixtures.collections.getOwned(ada, own.collectionId()).itemCount());
        }

        @Test
        void isNotKeptByItsOwnersCollections() {
            CollectionItem own = keep(ada);

            deleteListing();

            assertTrue(!exists());
            assertEquals(
                    0, fixtures.collections.getOwned(ada, own.collectionId()).itemCount());
            assertEquals(List.of(), messages(ada));
        }

        @Test
        void notifiesEachHolderOnce() {
            keep(ada);
            keep(bob);
            keep(bob);
            keep(eve);

            deleteListing();

            String message =
                    TITLE + ": " + listing.title() + "\n\nIt stays in your collections, archived, until you remove it.";
            assertEquals(List.of(message), messages(bob));
            assertEquals(List.of(message), messages(eve));
            assertEquals(List.of(), messages(ada));
        }

        @Test
        void canBeChangedByAdministratorsOnly() {
            keep(bob);
            deleteListing();

            for (User user : List.of(ada, bob)) {
                problem("forbidden", () -> fixtures.listings.update(user, listing.id(), IfMatch.ANY, input -> input));
                problem("forbidden", () -> fixtures.listings.delete(user, listing.id(), IfMatch.ANY));
            }
            Listing changed = fixtures.listings.update(
                    admin(), listing.id(), IfMatch.ANY, input -> Records.with(input, "{\"title\": \"changed\"}"));
            assertEquals("changed", changed.title());
            assertNull(changed.ownerId());
        }

        @Test
        void doesNotKeepTheOwnerFromCreatingItAgain() {
            keep(bob);
            ListingInput same = Records.with(
                    fixtures.completeListing(), "{\"vendor_item_id\": \"" + listing.vendorItemId() + "\"}");
            problem("duplicate-listing", () -> fixtures.listings.create(ada, same));

            deleteListing();

            assertEquals(ada.id(), fixtures.listings.create(ada, same).ownerId());
        }

        @Test
        void losesTheLinksAndSharesOfItsOwner() {
            keep(bob);
            for (User user : List.of(ada, bob, eve)) {
                execute(
                        "INSERT INTO listing_share (listing_id, created_by, share_token) VALUES (?, ?, ?)",
                        listing.id(),
                        user.id(),
                        token("l" + user.id()));
                execute(
                        "INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, expires_at)"
                                + " VALUES (?, ?, ?, ?, now() + interval '1 day')",
                        user.id(),
                        user.id() == eve.id() ? bob.id() : eve.id(),
                        listing.id(),
                        token("u" + user.id()));
            }

            deleteListing();

            for (String of : List.of("listing_share WHERE created_by", "user_share WHERE sender_id")) {
                String query = "SELECT count(*) FROM " + of + " = ? AND listing_id = ?";
                assertEquals(0, count(query, ada.id(), listing.id()), of);
                assertEquals(1, count(query, bob.id(), listing.id()), of);
                assertEquals(1, count(query, eve.id(), listing.id()), of);
            }
        }

        private static String token(String name) {
            return "x".repeat(64 - name.length()) + name;
        }

        @Test
        void isNotFoundByTheFiltersOfItsOwner() {
            keep(bob);

            deleteListing();

            String facets = "SELECT count(*) FROM listing_words WHERE id = ? AND facets @> ARRAY[?::text]";
            assertEquals(0, count(facets, listing.id(), "owner:" + ada.id()));
            assertEquals(1, count(facets, listing.id(), "status:archived"));
            assertEquals(
                    1, count("SELECT count(*) FROM listing_dollars WHERE id = ? AND owner_id IS NULL", listing.id()));
        }

        @Test
        void doesNotSurviveAnAdministrator() {
            CollectionItem kept = keep(bob);

            fixtures.listings.delete(admin(), listing.id(), IfMatch.ANY);

            assertTrue(!exists());
            assertEquals(
                    0, fixtures.collections.getOwned(bob, kept.collectionId()).itemCount());
            assertEquals(
                    List.of("A deal in your collections was deleted by an administrator: " + listing.title()
                            + "\n\nIt is no longer in your collections."),
                    messages(bob));
        }

        private User admin() {
            return new User(eve.id(), eve.username(), null, null, Role.ADMIN, eve.createdAt(), 1);
        }
    }

    @Nested
    class IsDeleted {
        private CollectionItem first;
        private CollectionItem last;

        @BeforeEach
        void release() {
            first = keep(bob);
            last = keep(eve);
            deleteListing();
            fixtures.delete(bob, first);
            assertTrue(exists());
        }

        @Test
        void withTheLastItem() {
            fixtures.delete(eve, last);

            assertTrue(!exists());
        }

        @Test
        void withTheLastCollection() {
            fixtures.delete(eve, fixtures.collections.getOwned(eve, last.collectionId()));

            assertTrue(!exists());
        }

        @Test
        void withTheLastUser() {
            deleteUser(eve);

            assertTrue(!exists());
        }

        @Test
        void onlyIfTheDeletionOfTheItemSucceeds() {
            IfMatch outdated = new IfMatch(List.of((last.version() + 1) + "-tag"));
            problem("precondition-failed", () -> fixtures.items.delete(eve, last.collectionId(), last.id(), outdated));
            problem("not-found", () -> fixtures.items.delete(bob, last.collectionId() + 1000, last.id(), IfMatch.ANY));

            assertTrue(exists());
        }

        @Test
        void notBeforeACopyIsDeletedToo() {
            DealCollection copy = new CopyService(database.jdbi()).copy(ada, last.collectionId(), null);

            fixtures.delete(eve, last);
            assertTrue(exists());

            fixtures.delete(ada, copy);
            assertTrue(!exists());
        }
    }

    @Nested
    class OfADeletedUser {
        @Test
        void staysInTheCollectionsOfOthers() {
            Listing unused = fixtures.listings.create(ada, fixtures.completeListing());
            keep(ada);
            CollectionItem kept = keep(bob);

            deleteUser(ada);

            assertReleased();
            problem("not-found", () -> fixtures.listings.get(bob, unused.id()));
            assertNotNull(fixtures.items.get(Optional.of(bob), kept.collectionId(), kept.id()));
            assertEquals(1, messages(bob).size());
        }

        @Test
        void isDeletedIfAllHoldersAreDeletedWithItsOwner() {
            keep(bob);
            keep(ada);

            execute("DELETE FROM user_account WHERE id IN (?, ?)", ada.id(), bob.id());

            assertTrue(!exists());
        }
    }

    @Nested
    class OfConcurrentRequests {
        private static final Set<String> ADDED_OR_TOO_LATE = Set.of("ok", "invalid-input");

        /** In each order of the two, the listing exists as long as a collection contains it, and no longer. */
        private void assertHeldOrDeleted() {
            assertEquals(
                    0,
                    count("SELECT count(*) FROM listing l WHERE owner_id IS NULL"
                            + " AND NOT EXISTS (SELECT FROM collection_item WHERE listing_id = l.id)"));
        }

        @Test
        void isKeptOrNotAddedWhileItIsDeleted() {
            for (int round = 0; round < 15; round++) {
                usersAndListing();
                DealCollection target = fixtures.emptyCollection(bob, Visibility.PRIVATE);

                List<String> outcomes = Concurrently.run(2, thread -> {
                    if (thread == 0) {
                        deleteListing();
                    } else {
                        fixtures.addItem(bob, target, listing.id());
                    }
                });

                assertEquals("ok", outcomes.getFirst());
                assertTrue(ADDED_OR_TOO_LATE.contains(outcomes.getLast()), outcomes::toString);
                boolean isAdded = outcomes.getLast().equals("ok");
                assertEquals(isAdded, exists());
                assertEquals(
                        isAdded ? 1 : 0,
                        fixtures.collections.getOwned(bob, target.id()).itemCount());
                assertEquals(isAdded ? 1 : 0, messages(bob).size());
            }
            assertHeldOrDeleted();
        }

        @Test
        void isDeletedByTheLastOfTwoHoldersWhoRemoveIt() {
            for (int round = 0; round < 15; round++) {
                usersAndListing();
                CollectionItem first = keep(bob);
                CollectionItem second = keep(eve);
                deleteListing();

                List<String> outcomes = Concurrently.run(2, thread -> {
                    if (thread == 0) {
                        fixtures.delete(bob, first);
                    } else {
                        fixtures.delete(eve, fixtures.collections.getOwned(eve, second.collectionId()));
                    }
                });

                assertEquals(List.of("ok", "ok"), outcomes);
                assertTrue(!exists());
            }
        }

        @Test
        void isDeletedWhenItsHoldersRemoveItWhileItIsReleased() {
            for (int round = 0; round < 15; round++) {
                usersAndListing();
                CollectionItem first = keep(bob);
                CollectionItem second = keep(eve);
                int kind = round % 3;

                List<String> outcomes = Concurrently.run(3, thread -> {
                    switch (thread) {
                        case 0 -> {
                            if (kind == 0) {
                                deleteUser(ada);
                            } else {
                                deleteListing();
                            }
                        }
                        case 1 -> fixtures.delete(bob, first);
                        default -> {
                            if (kind == 1) {
                                deleteUser(eve);
                            } else {
                                fixtures.delete(eve, second);
                            }
                        }
                    }
                });

                assertEquals(List.of("ok", "ok", "ok"), outcomes);
                assertTrue(!exists());
            }
        }

        @Test
        void isKeptOrNotAddedWhileItsLastHolderRemovesIt() {
            for (int round = 0; round < 15; round++) {
                usersAndListing();
                CollectionItem item = keep(bob);
                DealCollection target = fixtures.emptyCollection(eve, Visibility.PRIVATE);
                deleteListing();

                List<String> outcomes = Concurrently.run(2, thread -> {
                    if (thread == 0) {
                        fixtures.delete(bob, item);
                    } else {
                        fixtures.addItem(eve, target, listing.id());
                    }
                });

                assertEquals("ok", outcomes.getFirst());
                assertTrue(ADDED_OR_TOO_LATE.contains(outcomes.getLast()), outcomes::toString);
                assertEquals(outcomes.getLast().equals("ok"), exists());
            }
            assertHeldOrDeleted();
        }
    }
}
