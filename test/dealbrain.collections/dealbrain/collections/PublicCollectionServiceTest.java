package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.caching.PageSource;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.http.Total;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.testing.Rows;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.Statements;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
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
        collections = new PublicCollectionService(PageSource.of(database.jdbi()));
    }

    @BeforeEach
    void user() {
        ada = fixtures.user("ada");
    }

    @Nested
    class Get {
        @Statements(max = 1)
        void takesOneStatementForAnyNumberOfItems(Rows rows) {
            long id = publish(fixtures.collectionOf(ada, rows));

            PublicCollection found = rows.count(() -> collections.get(id, ALL));

            assertEquals(rows.number(), found.items().size());
            assertEquals(rows.number(), found.itemCount());
            assertEquals(ada.username(), found.ownerUsername());
        }

        @Test
        void showsTheSameListingsAsToOtherUsers() {
            long id = publish(fixtures.collectionOf(ada, 3));
            List<Listing> owned = fixtures
                    .collections
                    .get(Optional.of(fixtures.user("bob")), id, new CollectionQuery(100, 0, null))
                    .items()
                    .stream()
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
            assertEquals(2, results.getFirst().total().count());
            assertNull(page.getFirst().items());
            assertEquals(ada.username(), page.getFirst().ownerUsername());
        }

        @Test
        void ordersByViews() {
            long first = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();
            long second = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();
            long third = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();
            fixtures.view(first, 2);
            fixtures.view(second, 5);
            fixtures.view(third, 2);

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

            assertEquals(1, discover("LAB", DiscoverOrder.RECENT, 20, 0).total().count());
            assertEquals(
                    1,
                    discover("quiet ho", DiscoverOrder.POPULAR, 20, 0).total().count());
            assertEquals(2, discover(" ", DiscoverOrder.RECENT, 20, 0).total().count());
            for (String nothing : List.of("%", "_", "office | lab", "off_ce", "'", "\\", "<->", "ho*x", "!")) {
                assertEquals(
                        0,
                        discover(nothing, DiscoverOrder.RECENT, 20, 0).total().count(),
                        nothing);
            }
            for (String punctuated : List.of("lab:*", "!office", "home & ' lab", "(lab)")) {
                assertEquals(
                        1,
                        discover(punctuated, DiscoverOrder.RECENT, 20, 0)
                                .total()
                                .count(),
                        punctuated);
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

            assertEquals(5, page.total().count());
            assertEquals(
                    List.of("Lab 3", "Lab 2"),
                    page.items().stream().map(PublicCollection::name).toList());
            PagedList<PublicCollection> beyond = discover("lab", DiscoverOrder.RECENT, 20, 100);
            assertEquals(List.of(), beyond.items());
            assertEquals(5, beyond.total().count());
            assertTrue(collections
                            .discover(new DiscoverQuery(
                                    null, null, DiscoverOrder.RECENT, 100, 0, null, CountMode.LIMITED))
                            .total()
                            .count()
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
            CollectionDao.WORDS.fill(database.jdbi());
            database.jdbi().useHandle(handle -> handle.execute("ANALYZE collection, collection_words"));

            assertUses(
                    "collection_words_public_idx",
                    new DiscoverQuery("lab", null, DiscoverOrder.RECENT, 20, 0, null, CountMode.LIMITED));
            assertUses(
                    "collection_public_popular_idx",
                    new DiscoverQuery(null, null, DiscoverOrder.POPULAR, 20, 0, null, CountMode.LIMITED));
            assertUses(
                    "collection_public_recent_idx",
                    new DiscoverQuery(null, null, DiscoverOrder.RECENT, 20, 0, null, CountMode.LIMITED));
        }

        private static void assertUses(String index, DiscoverQuery query) {
            DiscoverSearch search = new DiscoverSearch(query, Optional.empty());
            String plan = database.jdbi().inTransaction(handle -> {
                handle.execute("SET LOCAL enable_seqscan = off"); // the words of so few rows are read as fast
                return String.join(
                        "\n",
                        handle.createQuery("EXPLAIN " + search.sql())
                                .bindMap(search.parameters())
                                .bind("limit", 21)
                                .bind("offset", 0)
                                .bind("maxRows", 10_001)
                                .mapTo(String.class)
                                .list());
            });
            assertTrue(plan.contains(index), plan);
        }

        /** Searches the collections of one user, because other tests have public collections too. */
        private PagedList<PublicCollection> discover(String q, DiscoverOrder sort, int limit, int offset) {
            return collections.discover(new DiscoverQuery(q, ada.id(), sort, limit, offset, null, CountMode.LIMITED));
        }

        private void create(String name, String description) {
            fixtures.collections.create(ada, new CollectionInput(name, description, Visibility.PUBLIC));
        }

        private static List<Long> ids(List<PublicCollection> results) {
            return results.stream().map(PublicCollection::id).toList();
        }
    }

    /** 3,000 public collections have the word zebra, and as many private ones; few have okapi, too. */
    @Nested
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    class CommonWords {
        private User owner;
        private User other;

        @BeforeAll
        void insert() {
            owner = fixtures.user("grace");
            other = fixtures.user("bob");
            insert(owner, 6000, 1500);
            insert(other, 20, 4);
            CollectionDao.WORDS.fill(database.jdbi());
            database.jdbi().useHandle(handle -> handle.execute("ANALYZE collection, collection_words"));
        }

        private static void insert(User owner, int count, int each) {
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO collection (user_id, name, visibility, view_count, created_at) "
                                    + "SELECT ?, 'zebra ' || n || CASE n % ? WHEN 0 THEN ' okapi' ELSE '' END,"
                                    + " CASE n % 2 WHEN 0 THEN 'public' ELSE 'private' END, n * 31 % 7,"
                                    + " now() - n % 1000 * interval '1 second' FROM generate_series(1, ?) n",
                            owner.id(), each, count));
        }

        private static List<Long> expected(String q, DiscoverOrder sort, @Nullable User owner) {
            String order = sort == DiscoverOrder.RECENT ? "created_at" : "view_count";
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT id FROM collection WHERE visibility = 'public'"
                                    + " AND name LIKE '%' || :q || '%' AND (:owner IS NULL OR user_id = :owner)"
                                    + " ORDER BY " + order + " DESC, id DESC")
                            .bind("q", q)
                            .bind("owner", owner == null ? null : owner.id())
                            .mapTo(Long.class)
                            .list());
        }

        private List<Long> byCursor(String q, DiscoverOrder sort, @Nullable User owner, long total) {
            List<Long> found = new ArrayList<>();
            String cursor = null;
            do {
                Long id = owner == null ? null : owner.id();
                DiscoverQuery query = new DiscoverQuery(q, id, sort, 100, 0, cursor, CountMode.LIMITED);
                PagedList<PublicCollection> page = collections.discover(query);
                page.items().forEach(each -> found.add(each.id()));
                assertEquals(new Total(total, true), page.total());
                cursor = page.nextCursor();
            } while (cursor != null);
            return found;
        }

        @ParameterizedTest
        @ValueSource(strings = {"zebra", "okapi"})
        void areFoundInEachOrderOnEachPage(String q) {
            for (DiscoverOrder sort : DiscoverOrder.values()) {
                for (User each : Arrays.asList(null, owner, other)) {
                    List<Long> expected = expected(q, sort, each);
                    assertEquals(expected, byCursor(q, sort, each, expected.size()), () -> q + sort + each);
                }
            }
        }

        @Test
        void areSortedIfTheyAreFewAndElseReadInTheirOrder() {
            assertTrue(orderIsRead("zebra", null));
            assertFalse(orderIsRead("okapi", null));
            assertFalse(orderIsRead("okapi", owner.id()));
            assertTrue(orderIsRead("okapi", other.id())); // a short list
        }

        /** Returns whether the index of the order is read, and not only planned. */
        private static boolean orderIsRead(String q, @Nullable Long ownerId) {
            DiscoverQuery query = new DiscoverQuery(q, ownerId, DiscoverOrder.RECENT, 20, 0, null, CountMode.NONE);
            DiscoverSearch search = new DiscoverSearch(query, Optional.empty());
            List<String> plan = database.jdbi()
                    .withHandle(handle -> handle.createQuery("EXPLAIN (ANALYZE, TIMING OFF) " + search.sql())
                            .bindMap(search.parameters())
                            .bind("limit", 21)
                            .bind("offset", 0)
                            .bind("maxRows", 0)
                            .mapTo(String.class)
                            .list());
            List<String> walks = plan.stream()
                    .filter(line -> line.contains(" each") && line.contains("collection_words_pkey"))
                    .toList();
            assertFalse(walks.isEmpty(), plan::toString);
            return walks.stream().anyMatch(line -> !line.contains("never executed"));
        }

        @Test
        void areThoseOfPublicCollectionsOnly() {
            DealCollection quagga =
                    fixtures.collections.create(owner, new CollectionInput("Quagga", null, Visibility.PRIVATE));
            assertEquals(0, byCursor("quagga", DiscoverOrder.RECENT, null, 0).size());

            for (Visibility visibility : List.of(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.PUBLIC)) {
                fixtures.service.update(owner, quagga.id(), IfMatch.ANY, stored -> stored.withVisibility(visibility));
                int expected = visibility == Visibility.PUBLIC ? 1 : 0;
                assertEquals(
                        expected,
                        byCursor("quagga", DiscoverOrder.RECENT, null, expected).size());
            }
            fixtures.service.update(
                    owner, quagga.id(), IfMatch.ANY, stored -> new CollectionInput("Bongo", null, stored.visibility()));
            assertEquals(0, byCursor("quagga", DiscoverOrder.RECENT, null, 0).size());
            assertEquals(1, byCursor("bongo", DiscoverOrder.RECENT, null, 1).size());
        }
    }

    private long publish(DealCollection collection) {
        fixtures.service.update(ada, collection.id(), IfMatch.ANY, stored -> stored.withVisibility(Visibility.PUBLIC));
        return collection.id();
    }
}
