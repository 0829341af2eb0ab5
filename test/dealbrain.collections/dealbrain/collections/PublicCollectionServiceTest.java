package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublicCollectionServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final PublicCollectionQuery ALL = new PublicCollectionQuery(1000, 0);

    private static CollectionFixtures fixtures;
    private static PublicCollectionService collections;
    private User ada;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
        collections = new PublicCollectionService(database.jdbi());
    }

    @BeforeEach
    void user() {
        ada = fixtures.user("ada");
    }

    @Nested
    class Get {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 150})
        void takesOneStatementForAnyNumberOfItems(int count) {
            long id = publish(fixtures.collectionOf(ada, count));
            List<PublicCollection> results = new ArrayList<>();

            assertEquals(1, StatementCounter.count(() -> results.add(collections.get(id, ALL))));

            assertEquals(count, results.getFirst().items().size());
            assertEquals(count, results.getFirst().itemCount());
            assertEquals(ada.username(), results.getFirst().ownerUsername());
        }

        @Test
        void showsTheSameListingsAsToTheOwner() {
            long id = publish(fixtures.collectionOf(ada, 3));
            List<Listing> owned =
                    fixtures.collections.get(Optional.of(ada), id, new CollectionQuery(100, 0, null)).items().stream()
                            .map(CollectionItem::listing)
                            .toList();

            assertEquals(
                    owned,
                    collections.get(id, ALL).items().stream()
                            .map(PublicItem::listing)
                            .toList());
            assertEquals(
                    owned.subList(1, 2),
                    collections.get(id, new PublicCollectionQuery(1, 1)).items().stream()
                            .map(PublicItem::listing)
                            .toList());
            assertEquals(
                    List.of(),
                    collections.get(id, new PublicCollectionQuery(0, 0)).items());
        }

        @Test
        void hidesNotesStatusAndOwnersOfListings() {
            DealCollection created = fixtures.emptyCollection(ada, Visibility.PUBLIC);
            fixtures.items.add(
                    ada,
                    created.id(),
                    new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.REJECTED, "secret", null));

            String json = Json.text(collections.get(created.id(), ALL));

            assertFalse(
                    json.contains("secret")
                            || json.contains("rejected")
                            || json.contains("owner_id")
                            || json.contains("user_id"),
                    json);
            assertTrue(json.contains("owner_username") && json.contains("\"cpu\":{\"id\""), json);
        }

        @ParameterizedTest
        @EnumSource(value = Visibility.class, names = "PUBLIC", mode = EnumSource.Mode.EXCLUDE)
        void hidesPrivateAndUnlistedCollections(Visibility visibility) {
            long id = fixtures.emptyCollection(ada, visibility).id();

            problem(404, () -> collections.get(id, ALL));
        }
    }

    @Nested
    class Discover {
        @Test
        void listsPublicCollectionsNewestFirstWithItemCountsInOneStatement() {
            long first = publish(fixtures.collectionOf(ada, 3));
            long second = publish(fixtures.collectionOf(ada, 1));
            fixtures.emptyCollection(ada, Visibility.PRIVATE);
            fixtures.emptyCollection(ada, Visibility.UNLISTED);
            List<PagedList<PublicCollection>> results = new ArrayList<>();

            assertEquals(1, StatementCounter.count(() -> results.add(discover(null, DiscoverOrder.RECENT, 20, 0))));

            List<PublicCollection> page = results.getFirst().items();
            assertEquals(List.of(second, first), ids(page));
            assertEquals(
                    List.of(1, 3),
                    page.stream().map(PublicCollection::itemCount).toList());
            assertEquals(2, results.getFirst().total());
            assertNull(page.getFirst().items());
            assertEquals(ada.username(), page.getFirst().ownerUsername());
        }

        @Test
        void ordersByViews() {
            long first = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();
            long second = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();
            long third = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();
            collections.addViews(List.of(first, second, third), List.of(2L, 5L, 2L), List.of(0L, 0L, 9L));

            PagedList<PublicCollection> results = discover(null, DiscoverOrder.POPULAR, 20, 0);

            assertEquals(List.of(second, third, first), ids(results.items()));
            assertEquals(
                    List.of(5L, 2L, 2L),
                    results.items().stream().map(PublicCollection::viewCount).toList());
        }

        @Test
        void findsLiteralWordsOfNameAndDescription() {
            create("Home lab", "100% quiet");
            create("Office", null);

            assertEquals(1, discover("LAB", DiscoverOrder.RECENT, 20, 0).total());
            assertEquals(1, discover("quiet ho", DiscoverOrder.POPULAR, 20, 0).total());
            assertEquals(2, discover(" ", DiscoverOrder.RECENT, 20, 0).total());
            for (String nothing : List.of("%", "_", "office | lab", "off_ce", "'", "\\", "<->", "ho*x", "!")) {
                assertEquals(0, discover(nothing, DiscoverOrder.RECENT, 20, 0).total(), nothing);
            }
            for (String punctuated : List.of("lab:*", "!office", "home & ' lab", "(lab)")) {
                assertEquals(
                        1, discover(punctuated, DiscoverOrder.RECENT, 20, 0).total(), punctuated);
            }
        }

        @Test
        void combinesFiltersWithPages() {
            for (int i = 0; i < 5; i++) {
                create("Lab " + i, "of ada");
            }
            User bob = fixtures.user("bob");
            fixtures.collections.create(bob, new CollectionInput("Lab of bob", null, Visibility.PUBLIC));

            PagedList<PublicCollection> page = discover("lab", DiscoverOrder.POPULAR, 2, 1);

            assertEquals(5, page.total());
            assertEquals(
                    List.of("Lab 3", "Lab 2"),
                    page.items().stream().map(PublicCollection::name).toList());
            PagedList<PublicCollection> beyond = discover("lab", DiscoverOrder.RECENT, 20, 100);
            assertEquals(List.of(), beyond.items());
            assertEquals(5, beyond.total());
            assertTrue(collections
                            .discover(new DiscoverQuery(null, null, DiscoverOrder.RECENT, 100, 0))
                            .total()
                    >= 6);
        }

        @Test
        void usesIndexes() {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO collection (user_id, name, visibility) "
                                    + "SELECT ?, 'many ' || n, CASE n % 2 WHEN 0 THEN 'public' ELSE 'private' END "
                                    + "FROM generate_series(1, 20000) n",
                            ada.id()));
            database.jdbi().useHandle(handle -> handle.execute("ANALYZE collection"));

            assertUses("collection_words_idx", new DiscoverQuery("lab", null, DiscoverOrder.RECENT, 20, 0));
            assertUses("collection_public_popular_idx", new DiscoverQuery(null, null, DiscoverOrder.POPULAR, 20, 0));
            assertUses("collection_public_recent_idx", new DiscoverQuery(null, null, DiscoverOrder.RECENT, 20, 0));
        }

        private static void assertUses(String index, DiscoverQuery query) {
            DiscoverSearch search = new DiscoverSearch(query);
            String plan = database.jdbi()
                    .withHandle(handle -> String.join(
                            "\n",
                            handle.createQuery("EXPLAIN " + search.sql())
                                    .bindMap(search.parameters())
                                    .mapTo(String.class)
                                    .list()));
            assertTrue(plan.contains(index), plan);
        }

        /** Searches the collections of one user, because other tests have public collections too. */
        private PagedList<PublicCollection> discover(String q, DiscoverOrder sort, int limit, int offset) {
            return collections.discover(new DiscoverQuery(q, ada.id(), sort, limit, offset));
        }

        private void create(String name, String description) {
            fixtures.collections.create(ada, new CollectionInput(name, description, Visibility.PUBLIC));
        }

        private static List<Long> ids(List<PublicCollection> results) {
            return results.stream().map(PublicCollection::id).toList();
        }
    }

    private long publish(DealCollection collection) {
        fixtures.service.update(ada, collection.id(), IfMatch.ANY, stored -> stored.withVisibility(Visibility.PUBLIC));
        return collection.id();
    }
}
