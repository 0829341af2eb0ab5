package dealbrain.inbox;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionInput;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.DealCollection;
import dealbrain.collections.ItemInput;
import dealbrain.collections.ItemStatus;
import dealbrain.collections.Visibility;
import dealbrain.http.IfMatch;
import dealbrain.json.InputError;
import dealbrain.listings.Listing;
import dealbrain.testing.Concurrently;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class UserShareImportTest extends UserShareFixture {
    @Nested
    class Import {
        @Test
        void goesIntoMyDealsWithTheMessageAsNotes() {
            UserShare made = share("ask for the charger");

            CollectionItem item = shares.importInto(null, made.shareToken(), bob);

            assertEquals(listing, item.listing());
            assertEquals("ask for the charger", item.notes());
            assertEquals(ItemStatus.UNDECIDED, item.status());
            DealCollection deals = collection(item.collectionId());
            assertEquals("My Deals", deals.name());
            assertEquals(Visibility.PRIVATE, deals.visibility());
            assertEquals(1, deals.itemCount());
            assertEquals(
                    deals.id(), fixtures.collections.getOrCreateDefault(bob).id());
            UserShare stored = shares.get(bob, made.id());
            assertTrue(stored.isImported() && stored.isViewed());
            assertNotNull(stored.importedAt());
        }

        @Test
        void goesIntoANamedCollectionOfTheRecipient() {
            long chosen = fixtures.emptyCollection(bob, Visibility.PUBLIC).id();

            CollectionItem item = shares.importInto(chosen, share(null).shareToken(), bob);

            assertEquals(chosen, item.collectionId());
            assertNull(item.notes());
        }

        @Test
        void tellsTheSenderTheFirstTime() {
            UserShare made = share(null);
            shares.importInto(null, made.shareToken(), bob);
            shares.importInto(fixtures.emptyCollection(bob, Visibility.PRIVATE).id(), made.shareToken(), bob);

            assertEquals(
                    List.of(new Told(
                            "share_imported",
                            bob.username() + " imported a deal that you shared",
                            listing.title(),
                            made.id())),
                    told(ada));
        }

        @Test
        void keepsTheNotesOfTheSenderWithTheSender() {
            DealCollection own = fixtures.emptyCollection(ada, Visibility.PRIVATE);
            fixtures.items.add(
                    ada, own.id(), new ItemInput(listing.id(), ItemStatus.SHORTLISTED, "my secret limit is 300", null));

            CollectionItem item = shares.importInto(null, share(null).shareToken(), bob);

            assertNull(item.notes());
            assertEquals(ItemStatus.UNDECIDED, item.status());
        }

        @Test
        void isForTheRecipientOnly() {
            UserShare made = share(null);

            problem("not-recipient", () -> shares.importInto(null, made.shareToken(), eve));
            problem("not-recipient", () -> shares.importInto(null, made.shareToken(), ada));
            problem("share-not-found", () -> shares.importInto(null, "x".repeat(64), bob));
            expire(made);
            problem("share-expired", () -> shares.importInto(null, made.shareToken(), bob));
            assertFalse(shares.get(bob, made.id()).isImported());
        }

        @Test
        void refusesCollectionsOfOthers() {
            UserShare made = share(null);
            long closed = fixtures.emptyCollection(ada, Visibility.PRIVATE).id();
            long open = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();

            for (long wrong : List.of(closed, 999_999L)) {
                assertEquals(
                        List.of(InputError.at(
                                "/collection_id",
                                "collection_id must be the id of a collection of yours, was " + wrong)),
                        problem("invalid-input", () -> shares.importInto(wrong, made.shareToken(), bob))
                                .errors());
            }
            problem("forbidden", () -> shares.importInto(open, made.shareToken(), bob));
            assertFalse(shares.get(bob, made.id()).isImported());
            assertEquals(List.of(), told(ada));
        }

        @Test
        void twiceAtOnceGivesOneItem() {
            UserShare made = share(null);

            List<String> outcomes = Concurrently.run(8, _ -> shares.importInto(null, made.shareToken(), bob));

            assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(7, Collections.frequency(outcomes, "duplicate-item"), outcomes::toString);
            assertEquals(1, fixtures.collections.getOrCreateDefault(bob).itemCount());
            assertEquals(1, told(ada).size());
        }

        @Test
        void makesMyDealsOnceAlsoByTwentyAtOnce() {
            List<String> tokens = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                long each = fixtures.listings
                        .create(ada, fixtures.plainListing("PC " + i, "100"))
                        .id();
                User sender = i < 10 ? ada : eve;
                tokens.add(shares.create(sender, new UserShareInput(bob.id(), null, each, null, 30))
                        .share()
                        .shareToken());
            }

            List<String> outcomes = Concurrently.run(20, i -> shares.importInto(null, tokens.get(i), bob));

            assertEquals(Collections.nCopies(20, "ok"), outcomes);
            assertEquals(List.of(20), sizesOfCollections());
        }

        @Test
        void usesMyDealsUnderItsNewNameAndMakesAnotherWhenItIsDeleted() {
            long first = fixtures.collections.getOrCreateDefault(bob).id();
            fixtures.collections.update(
                    bob, first, IfMatch.ANY, stored -> new CollectionInput("Renamed", null, stored.visibility()));
            UserShare made = share(null);

            assertEquals(first, shares.importInto(null, made.shareToken(), bob).collectionId());
            assertEquals("Renamed", collection(first).name());
            fixtures.collections.delete(bob, first, IfMatch.ANY);

            long second = shares.importInto(null, made.shareToken(), bob).collectionId();
            assertNotEquals(first, second);
            assertEquals("My Deals", collection(second).name());
        }

        @Test
        void survivesTheListingBeingDeletedMeanwhile() {
            for (int round = 0; round < 10; round++) {
                Listing brief = fixtures.listings.create(ada, fixtures.plainListing("PC " + round, "100"));
                String token = shares.create(ada, new UserShareInput(bob.id(), null, brief.id(), null, 30))
                        .share()
                        .shareToken();

                List<String> outcomes = Concurrently.run(2, i -> {
                    if (i == 0) {
                        fixtures.listings.delete(ada, brief.id(), IfMatch.ANY);
                    } else {
                        shares.importInto(null, token, bob);
                    }
                });

                assertEquals("ok", outcomes.getFirst());
                assertTrue(Set.of("ok", "share-not-found").contains(outcomes.getLast()), outcomes::toString);
            }
            assertEquals(0, fixtures.collections.getOrCreateDefault(bob).itemCount());
        }
    }

    @Nested
    class Delete {
        @Test
        void isForSenderAndRecipient() {
            UserShare first = share(null);
            UserShare second = share(null);

            problem("share-not-found", () -> shares.delete(eve, first.shareToken()));
            shares.delete(ada, first.shareToken());
            shares.delete(bob, second.shareToken());

            problem("share-not-found", () -> shares.delete(ada, first.shareToken()));
            problem("share-not-found", () -> open(second, bob));
            assertEquals(0, shares.received(bob, all()).total());
            assertEquals(2, told(bob).size());
        }

        @Test
        void sweepsWhatExpiredLongAgoInBatches() {
            UserShare kept = share(null);
            UserShare old = share(null);
            UserShare older = share(null);
            execute(
                    "UPDATE user_share SET expires_at = now() - interval '31 days' WHERE id IN (?, ?)",
                    old.id(),
                    older.id());
            execute("UPDATE user_share SET expires_at = now() - interval '29 days' WHERE id = ?", kept.id());

            assertEquals(1, shares.deleteExpired(30, 1));
            assertEquals(1, shares.deleteExpired(30, 1));
            assertEquals(0, shares.deleteExpired(30, 1));
            assertEquals(
                    List.of(kept.id()),
                    shares.sent(ada, FIRST).items().stream().map(UserShare::id).toList());
        }
    }

    @Nested
    class OneTransaction {
        @Test
        void leavesNothingOfAShareThatCannotBeTold() {
            untold(() -> share(null));

            assertEquals(0, shares.sent(ada, FIRST).total());
            assertEquals(9, shares.create(ada, input(null)).limit().remaining());
        }

        @Test
        void leavesNothingOfAnImportThatCannotBeTold() {
            UserShare made = share(null);

            untold(() -> shares.importInto(null, made.shareToken(), bob));

            assertEquals(made, shares.get(bob, made.id()));
            assertEquals(List.of(), sizesOfCollections());
        }

        private void untold(Executable work) {
            execute("ALTER TABLE notification ADD CONSTRAINT nobody_is_told CHECK (false) NOT VALID");
            try {
                assertThrows(UnableToExecuteStatementException.class, work);
            } finally {
                execute("ALTER TABLE notification DROP CONSTRAINT nobody_is_told");
            }
        }
    }
}
