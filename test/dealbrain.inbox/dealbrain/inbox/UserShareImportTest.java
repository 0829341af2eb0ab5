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
        void addsAnItemToMyDealsWithTheMessageAsNotes() {
            UserShare created = share("ask for the charger");

            CollectionItem item = shares.importInto(bob, created.shareToken(), null);

            assertEquals(asSeenBy(bob), item.listing());
            assertEquals("ask for the charger", item.notes());
            assertEquals(ItemStatus.UNDECIDED, item.status());
            DealCollection deals = collection(item.collectionId());
            assertEquals("My Deals", deals.name());
            assertEquals(Visibility.PRIVATE, deals.visibility());
            assertEquals(1, deals.itemCount());
            assertEquals(
                    deals.id(), fixtures.collections.getOrCreateDefault(bob).id());
            UserShare stored = shares.get(bob, created.id());
            assertTrue(stored.isImported() && stored.isViewed());
            assertNotNull(stored.importedAt());
        }

        @Test
        void addsAnItemToTheGivenCollectionOfTheRecipient() {
            long chosen = fixtures.emptyCollection(bob, Visibility.PUBLIC).id();

            CollectionItem item = shares.importInto(bob, share(null).shareToken(), chosen);

            assertEquals(chosen, item.collectionId());
            assertNull(item.notes());
        }

        @Test
        void notifiesTheSenderTheFirstTime() {
            UserShare created = share(null);
            shares.importInto(bob, created.shareToken(), null);
            shares.importInto(
                    bob,
                    created.shareToken(),
                    fixtures.emptyCollection(bob, Visibility.PRIVATE).id());

            assertEquals(
                    List.of(new StoredNotification(
                            "share_imported",
                            bob.username() + " imported a deal that you shared",
                            listing.title(),
                            created.id())),
                    notifications(ada));
        }

        @Test
        void doesNotCopyTheNotesOfTheSender() {
            DealCollection own = fixtures.emptyCollection(ada, Visibility.PRIVATE);
            fixtures.collections.add(
                    ada, own.id(), new ItemInput(listing.id(), ItemStatus.SHORTLISTED, "my secret limit is 300", null));

            CollectionItem item = shares.importInto(bob, share(null).shareToken(), null);

            assertNull(item.notes());
            assertEquals(ItemStatus.UNDECIDED, item.status());
        }

        @Test
        void isAllowedForTheRecipientOnly() {
            UserShare created = share(null);

            problem("not-recipient", () -> shares.importInto(eve, created.shareToken(), null));
            problem("not-recipient", () -> shares.importInto(ada, created.shareToken(), null));
            problem("share-not-found", () -> shares.importInto(bob, "x".repeat(64), null));
            expire(created);
            problem("share-expired", () -> shares.importInto(bob, created.shareToken(), null));
            assertFalse(shares.get(bob, created.id()).isImported());
        }

        @Test
        void rejectsCollectionsOfOtherUsers() {
            UserShare created = share(null);
            long closed = fixtures.emptyCollection(ada, Visibility.PRIVATE).id();
            long open = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();

            for (long wrong : List.of(closed, 999_999L)) {
                assertEquals(
                        List.of(InputError.at(
                                "/collection_id",
                                "collection_id must be the id of one of your collections, was " + wrong)),
                        problem("invalid-input", () -> shares.importInto(bob, created.shareToken(), wrong))
                                .errors());
            }
            problem("forbidden", () -> shares.importInto(bob, created.shareToken(), open));
            assertFalse(shares.get(bob, created.id()).isImported());
            assertEquals(List.of(), notifications(ada));
        }

        @Test
        void addsOneItemIfItRunsConcurrently() {
            UserShare created = share(null);

            List<String> outcomes = Concurrently.run(8, _ -> shares.importInto(bob, created.shareToken(), null));

            assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(7, Collections.frequency(outcomes, "duplicate-item"), outcomes::toString);
            assertEquals(1, fixtures.collections.getOrCreateDefault(bob).itemCount());
            assertEquals(1, notifications(ada).size());
        }

        @Test
        void createsMyDealsOnceIfTwentyImportsRunAtOnce() {
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

            List<String> outcomes = Concurrently.run(20, i -> shares.importInto(bob, tokens.get(i), null));

            assertEquals(Collections.nCopies(20, "ok"), outcomes);
            assertEquals(List.of(20), sizesOfCollections());
        }

        @Test
        void usesARenamedMyDealsAndCreatesAnotherAfterItsDeletion() {
            DealCollection first = fixtures.collections.getOrCreateDefault(bob);
            fixtures.rename(bob, first, "Renamed");
            UserShare created = share(null);

            assertEquals(
                    first.id(),
                    shares.importInto(bob, created.shareToken(), null).collectionId());
            assertEquals("Renamed", collection(first.id()).name());
            fixtures.delete(bob, first);

            long second = shares.importInto(bob, created.shareToken(), null).collectionId();
            assertNotEquals(first.id(), second);
            assertEquals("My Deals", collection(second).name());
        }

        @Test
        void succeedsOrFindsNoShareWhileTheListingIsDeleted() {
            int kept = 0;
            for (int round = 0; round < 10; round++) {
                Listing brief = fixtures.listings.create(ada, fixtures.plainListing("PC " + round, "100"));
                String token = shares.create(ada, new UserShareInput(bob.id(), null, brief.id(), null, 30))
                        .share()
                        .shareToken();

                List<String> outcomes = Concurrently.run(2, i -> {
                    if (i == 0) {
                        fixtures.listings.delete(ada, brief.id(), IfMatch.ANY);
                    } else {
                        shares.importInto(bob, token, null);
                    }
                });

                assertEquals("ok", outcomes.getFirst());
                assertTrue(Set.of("ok", "share-not-found").contains(outcomes.getLast()), outcomes::toString);
                kept += outcomes.getLast().equals("ok") ? 1 : 0; // a listing in bob's collection stays
            }
            assertEquals(kept, fixtures.collections.getOrCreateDefault(bob).itemCount());
        }
    }

    @Nested
    class Delete {
        @Test
        void isAllowedForSenderAndRecipient() {
            UserShare first = share(null);
            UserShare second = share(null);

            problem("share-not-found", () -> shares.delete(eve, first.shareToken()));
            shares.delete(ada, first.shareToken());
            shares.delete(bob, second.shareToken());

            problem("share-not-found", () -> shares.delete(ada, first.shareToken()));
            problem("share-not-found", () -> open(second, bob));
            assertEquals(0, shares.listReceived(bob, all()).total().count());
            assertEquals(2, notifications(bob).size());
        }

        @Test
        void removesLongExpiredSharesInBatches() {
            UserShare recent = share(null);
            UserShare old = share(null);
            UserShare older = share(null);
            execute(
                    "UPDATE user_share SET expires_at = now() - interval '31 days' WHERE id IN (?, ?)",
                    old.id(),
                    older.id());
            execute("UPDATE user_share SET expires_at = now() - interval '29 days' WHERE id = ?", recent.id());

            assertEquals(1, shares.deleteExpired(30, 1));
            assertEquals(1, shares.deleteExpired(30, 1));
            assertEquals(0, shares.deleteExpired(30, 1));
            assertEquals(
                    List.of(recent.id()),
                    shares.listSent(ada, FIRST).items().stream()
                            .map(UserShare::id)
                            .toList());
        }
    }

    @Nested
    class Atomicity {
        @Test
        void rollsBackAShareIfTheNotificationFails() {
            failNotificationsOf(() -> share(null));

            assertEquals(0, shares.listSent(ada, FIRST).total().count());
            assertEquals(9, shares.create(ada, input(null)).limit().remaining());
        }

        @Test
        void rollsBackAnImportIfTheNotificationFails() {
            UserShare created = share(null);

            failNotificationsOf(() -> shares.importInto(bob, created.shareToken(), null));

            assertEquals(created, shares.get(ada, created.id()));
            assertEquals(List.of(), sizesOfCollections());
        }

        private void failNotificationsOf(Executable work) {
            execute("ALTER TABLE notification ADD CONSTRAINT no_notification CHECK (false) NOT VALID");
            try {
                assertThrows(UnableToExecuteStatementException.class, work);
            } finally {
                execute("ALTER TABLE notification DROP CONSTRAINT no_notification");
            }
        }
    }
}
