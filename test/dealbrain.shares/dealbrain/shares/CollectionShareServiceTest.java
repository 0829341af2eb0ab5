package dealbrain.shares;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionFixtures;
import dealbrain.collections.DealCollection;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.Visibility;
import dealbrain.http.CountMode;
import dealbrain.http.PageQuery;
import dealbrain.http.PagedList;
import dealbrain.http.PublicUrl;
import dealbrain.notifications.Notifications;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class CollectionShareServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final PublicCollectionQuery ALL = new PublicCollectionQuery(1000, 0);

    private static CollectionFixtures fixtures;
    private static Notifications notifications;
    private static CollectionShareService shares;
    private User ada;
    private User bob;
    private DealCollection collection;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
        notifications = new Notifications(database.jdbi(), fixtures.accounts.authentication());
        shares = new CollectionShareService(
                database.jdbi(), fixtures.collections, notifications, PublicUrl.parse("https://deals.example.org"));
    }

    @BeforeEach
    void unlistedCollectionOfThree() {
        ada = fixtures.user("ada");
        bob = fixtures.user("bob");
        collection = fixtures.collectionOf(ada, 3);
        setVisibility(Visibility.UNLISTED);
    }

    private void setVisibility(Visibility visibility) {
        fixtures.setVisibility(ada, collection, visibility);
    }

    @Nested
    class Create {
        @Test
        void isRejectedForAPrivateCollection() {
            setVisibility(Visibility.PRIVATE);

            problem("collection-private", () -> shares.create(ada, collection.id(), new ShareInput(1)));
        }

        @Test
        void isAllowedForTheOwnerOnly() {
            problem("not-found", () -> shares.create(bob, collection.id(), new ShareInput(1)));
            setVisibility(Visibility.PUBLIC);
            problem("forbidden", () -> shares.create(bob, collection.id(), new ShareInput(1)));
            problem(
                    "forbidden",
                    () -> shares.list(bob, collection.id(), new PageQuery(20, 0, null, CountMode.LIMITED)));
        }

        @Test
        void returnsTheAddressOfTheHtmlPage() {
            CollectionShare created = shares.create(ada, collection.id(), new ShareInput(7));

            assertEquals("https://deals.example.org/c/" + created.shareToken(), created.shareUrl());
            assertTrue(created.shareToken().matches("[A-Za-z0-9_-]{64}"), created.shareToken());
            assertEquals(
                    List.of(created),
                    shares.list(ada, collection.id(), new PageQuery(20, 0, null, CountMode.LIMITED))
                            .items());
        }
    }

    @Nested
    class ListLinks {
        @Test
        void returnsOnePageNewestFirstWithTheTotal() {
            assertEquals(
                    0,
                    shares.list(ada, collection.id(), new PageQuery(20, 0, null, CountMode.LIMITED))
                            .total()
                            .count());
            CollectionShare older = shares.create(ada, collection.id(), new ShareInput(7));
            CollectionShare newer = shares.create(ada, collection.id(), new ShareInput(7));

            assertEquals(List.of(newer), page(collection, 1, 0).items());
            assertEquals(List.of(older), page(collection, 1, 1).items());
            assertEquals(List.of(), page(collection, 1, 2).items());
            assertEquals(2, page(collection, 1, 2).total().count());
        }

        private PagedList<CollectionShare> page(DealCollection collection, int limit, int offset) {
            return shares.list(ada, collection.id(), new PageQuery(limit, offset, null, CountMode.LIMITED));
        }

        @Test
        void doesNotWaitForAConcurrentChangeOfTheCollection() throws Exception {
            shares.create(ada, collection.id(), new ShareInput(7));

            long total = database.jdbi().inTransaction(handle -> {
                handle.execute("SELECT id FROM collection WHERE id = ? FOR UPDATE", collection.id());
                return CompletableFuture.supplyAsync(
                                () -> shares.list(ada, collection.id(), new PageQuery(20, 0, null, CountMode.LIMITED))
                                        .total()
                                        .count())
                        .get(60, TimeUnit.SECONDS);
            });

            assertEquals(1, total);
        }
    }

    @Nested
    class Open {
        @Test
        void takesOneStatementForAnyNumberOfItems() {
            DealCollection large = fixtures.collectionOf(ada, 150);
            fixtures.setVisibility(ada, large, Visibility.UNLISTED);
            for (DealCollection each : List.of(collection, large)) {
                String token = shares.create(ada, each.id(), new ShareInput(7)).shareToken();
                List<CollectionShareTarget> opened = new ArrayList<>();

                assertEquals(1, StatementCounter.count(() -> opened.add(open(token, ALL))));

                assertEquals(
                        each == large ? 150 : 3,
                        opened.getFirst().collection().items().size());
                assertEquals(ada.username(), opened.getFirst().collection().ownerUsername());
            }
        }

        @Test
        void showsOnePage() {
            String token =
                    shares.create(ada, collection.id(), new ShareInput(7)).shareToken();

            assertEquals(
                    List.of(1),
                    open(token, new PublicCollectionQuery(1, 1)).collection().items().stream()
                            .map(item -> item.position())
                            .toList());
        }

        @Test
        void failsAfterTheCollectionWasMadePrivate() {
            String token =
                    shares.create(ada, collection.id(), new ShareInput(7)).shareToken();

            setVisibility(Visibility.PRIVATE);

            assertEquals(
                    ShareProblems.notFound().getMessage(),
                    problem("share-not-found", () -> open(token, ALL)).getMessage());
        }

        @Test
        void failsAlsoAfterThePrivateCollectionWasPublishedAgain() {
            DealCollection other = fixtures.emptyCollection(ada, Visibility.UNLISTED);
            String otherToken =
                    shares.create(ada, other.id(), new ShareInput(7)).shareToken();
            String token =
                    shares.create(ada, collection.id(), new ShareInput(7)).shareToken();

            setVisibility(Visibility.PUBLIC);
            open(token, ALL);
            setVisibility(Visibility.PRIVATE);
            setVisibility(Visibility.PUBLIC);

            problem("share-not-found", () -> open(token, ALL));
            problem("share-not-found", () -> shares.copy(bob, token, null));
            assertEquals(
                    List.of(),
                    shares.list(ada, collection.id(), new PageQuery(20, 0, null, CountMode.LIMITED))
                            .items());
            assertEquals(other.id(), open(otherToken, ALL).collection().id());
        }

        @Test
        void reportsARevokedLinkAsUnknownAndAnExpiredOneAsExpired() {
            CollectionShare revoked = shares.create(ada, collection.id(), new ShareInput(7));
            CollectionShare expired = shares.create(ada, collection.id(), new ShareInput(7));
            shares.delete(ada, collection.id(), revoked.id());
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "UPDATE collection_share SET expires_at = now() - interval '1 second' WHERE id = ?",
                            expired.id()));

            problem("share-not-found", () -> open(revoked.shareToken(), ALL));
            problem("share-not-found", () -> open("x".repeat(64), ALL));
            problem("share-expired", () -> open(expired.shareToken(), ALL));
        }
    }

    @Nested
    class Copy {
        @Test
        void createsAPrivateCopyAndNotifiesTheOwner() {
            String token =
                    shares.create(ada, collection.id(), new ShareInput(7)).shareToken();

            DealCollection copy = shares.copy(bob, token, null);

            assertEquals(Visibility.PRIVATE, copy.visibility());
            assertEquals(bob.id(), copy.userId());
            assertEquals(3, copy.itemCount());
            assertEquals(1, countNotifications(ada));
            shares.copy(ada, token, "mine again");
            assertEquals(1, countNotifications(ada));
        }

        private static int countNotifications(User user) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT count(*) FROM notification WHERE user_id = :id")
                            .bind("id", user.id())
                            .mapTo(Integer.class)
                            .one());
        }

        @Test
        void needsAValidLink() {
            String token =
                    shares.create(ada, collection.id(), new ShareInput(7)).shareToken();
            setVisibility(Visibility.PRIVATE);

            problem("share-not-found", () -> shares.copy(bob, token, null));
            problem("share-not-found", () -> shares.copy(bob, "x", null));
        }
    }

    @Nested
    class Delete {
        @Test
        void doesNotFindALinkOfAnotherCollection() {
            DealCollection other = fixtures.collectionOf(ada, 0);
            CollectionShare share = shares.create(ada, collection.id(), new ShareInput(7));

            problem("not-found", () -> shares.delete(ada, other.id(), share.id()));
        }
    }

    private static CollectionShareTarget open(String token, PublicCollectionQuery query) {
        return CollectionShareService.open(database.jdbi(), token, query).orElseThrow(ShareProblems::notFound);
    }
}
