package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.annotation.JsonInclude;
import dealbrain.accounts.User;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingInput;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CollectionServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final CollectionQuery ALL = new CollectionQuery(1000, 0, null);

    private static CollectionFixtures fixtures;
    private User ada;
    private User bob;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @BeforeEach
    void users() {
        ada = fixtures.user("ada");
        bob = fixtures.user("bob");
    }

    @Nested
    class Get {
        @ParameterizedTest
        @ValueSource(ints = {0, 1, 10, 150, 1000})
        void takesOneStatementForAnyNumberOfItems(int count) {
            long id = fixtures.collectionOf(ada, count).id();
            List<DealCollection> results = new ArrayList<>();

            int statements = StatementCounter.count(() -> results.add(get(id, ada, ALL)));

            assertEquals(1, statements);
            assertEquals(count, results.getFirst().items().size());
            assertEquals(count, results.getFirst().itemCount());
        }

        @Test
        void showsEveryFieldOfEveryRelation() throws ReflectiveOperationException {
            DealCollection created = fixtures.emptyCollection(ada, Visibility.PRIVATE);
            Listing listing = fixtures.listings.create(ada, fixtures.completeListing());
            fixtures.items.add(
                    ada,
                    created.id(),
                    new ItemInput(listing.id(), ItemStatus.SHORTLISTED, "ask for the charger", null));

            CollectionItem item = get(created.id(), ada, ALL).items().getFirst();

            requireComplete(item, "item");
            assertEquals(fixtures.listings.findAll(ada, List.of(listing.id())), List.of(item.listing()));
        }

        private static void requireComplete(Record record, String path) throws ReflectiveOperationException {
            for (RecordComponent component : record.getClass().getRecordComponents()) {
                Object value = component.getAccessor().invoke(record);
                String name = path + "." + component.getName();
                if (component.getAccessor().isAnnotationPresent(JsonInclude.class)) {
                    continue; // absent in lists
                }
                assertNotNull(value, name);
                assertFalse(value instanceof List<?> list && list.isEmpty(), name);
                if (value instanceof Record nested && nested.getClass().getModule() == Listing.class.getModule()) {
                    requireComplete(nested, name);
                }
            }
        }

        @Test
        void showsOnePageInTheOrderOfPositions() {
            long id = fixtures.collectionOf(ada, 10).id();

            List<CollectionItem> page =
                    get(id, ada, new CollectionQuery(3, 4, null)).items();

            assertEquals(
                    List.of(4, 5, 6),
                    page.stream().map(CollectionItem::position).toList());
        }

        @Test
        void filtersByStatus() {
            DealCollection created = fixtures.collectionOf(ada, 3);
            CollectionItem second = get(created.id(), ada, ALL).items().get(1);
            fixtures.items.update(ada, created.id(), second.id(), IfMatch.ANY, change(ItemStatus.REJECTED));

            List<CollectionItem> rejected = get(created.id(), ada, new CollectionQuery(10, 0, ItemStatus.REJECTED))
                    .items();

            assertEquals(
                    List.of(second.id()),
                    rejected.stream().map(CollectionItem::id).toList());
        }

        @Test
        void showsNoItemsWithALimitOfZero() {
            DealCollection empty = get(fixtures.collectionOf(ada, 3).id(), ada, new CollectionQuery(0, 0, null));

            assertEquals(List.of(), empty.items());
            assertEquals(3, empty.itemCount());
        }

        @ParameterizedTest
        @ValueSource(strings = {"PRIVATE", "UNLISTED"})
        void hidesPrivateAndUnlistedCollectionsFromOthers(Visibility visibility) {
            long id = fixtures.emptyCollection(ada, visibility).id();

            String hidden = problem(404, () -> get(id, bob, ALL)).getMessage();
            String absent = problem(404, () -> get(Long.MAX_VALUE, bob, ALL)).getMessage();

            assertEquals(absent.replace(String.valueOf(Long.MAX_VALUE), String.valueOf(id)), hidden);
            problem(404, () -> fixtures.collections.get(Optional.empty(), id, ALL));
        }

        @Test
        void showsAPublicCollectionToOthersWithoutNotesAndStatus() {
            DealCollection created = fixtures.emptyCollection(ada, Visibility.PUBLIC);
            fixtures.items.add(
                    ada,
                    created.id(),
                    new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.BOUGHT, "secret", null));

            CollectionItem seen = fixtures.collections
                    .get(Optional.empty(), created.id(), ALL)
                    .items()
                    .getFirst();

            assertNull(seen.notes());
            assertNull(seen.status());
            problem(403, () -> get(created.id(), bob, new CollectionQuery(10, 0, ItemStatus.BOUGHT)));
        }
    }

    @Nested
    class Items {
        @ParameterizedTest
        @EnumSource(ItemOrder.class)
        void readsEachItemOnceAndInOrderByCursor(ItemOrder sort) {
            long id = fixtures.collectionOf(ada, 25).id();
            fixtures.items.add(
                    ada,
                    id,
                    new ItemInput(
                            fixtures.listings.create(ada, priceless("A")).id(), ItemStatus.UNDECIDED, null, null));
            fixtures.items.add(
                    ada,
                    id,
                    new ItemInput(fixtures.listings.create(ada, priceless("B")).id(), ItemStatus.UNDECIDED, null, 3));
            List<Long> whole = ids(items(id, new ItemQuery(1000, 0, null, null, sort, CountMode.LIMITED))
                    .items());

            List<Long> paged = new ArrayList<>();
            String cursor = null;
            do {
                PagedList<CollectionItem> page = items(id, new ItemQuery(4, 0, cursor, null, sort, CountMode.LIMITED));
                paged.addAll(ids(page.items()));
                cursor = page.nextCursor();
                assertEquals(27, page.total().count());
            } while (cursor != null);

            assertEquals(27, new HashSet<>(whole).size());
            assertEquals(whole, paged);
        }

        @Test
        void neitherMissesNorRepeatsItemsWhileOthersAreAddedAndDeleted() {
            DealCollection created = fixtures.collectionOf(ada, 40);
            List<CollectionItem> before = get(created.id(), ada, ALL).items();
            List<Long> others = fixtures.listings(ada, 40);
            Set<Long> removed = new HashSet<>();
            List<Long> seen = new ArrayList<>();
            String cursor = null;
            int round = 0;
            do {
                PagedList<CollectionItem> page =
                        items(created.id(), new ItemQuery(3, 0, cursor, null, ItemOrder.POSITION, CountMode.LIMITED));
                seen.addAll(ids(page.items()));
                cursor = page.nextCursor();
                // before and after the cursor, and the item of the cursor itself
                fixtures.items.add(
                        ada, created.id(), new ItemInput(others.get(round++), ItemStatus.UNDECIDED, null, 0));
                fixtures.items.add(
                        ada, created.id(), new ItemInput(others.get(round++), ItemStatus.UNDECIDED, null, 1000));
                if (round < 20) {
                    for (long id : List.of(
                            page.items().getLast().id(), before.get(40 - round).id())) {
                        if (removed.add(id)) {
                            fixtures.items.delete(ada, created.id(), id, IfMatch.ANY);
                        }
                    }
                }
            } while (cursor != null && round < others.size());

            List<Long> remaining = before.stream()
                    .map(CollectionItem::id)
                    .filter(id -> !removed.contains(id))
                    .toList();
            assertEquals(remaining, seen.stream().filter(remaining::contains).toList());
        }

        @Test
        void countsOnlyItemsWithTheStatus() {
            DealCollection created = fixtures.collectionOf(ada, 5);
            CollectionItem first = get(created.id(), ada, ALL).items().getFirst();
            fixtures.items.update(ada, created.id(), first.id(), IfMatch.ANY, change(ItemStatus.BOUGHT));

            assertEquals(
                    1,
                    items(
                                    created.id(),
                                    new ItemQuery(2, 0, null, ItemStatus.BOUGHT, ItemOrder.POSITION, CountMode.LIMITED))
                            .total()
                            .count());
            assertEquals(
                    4,
                    items(
                                    created.id(),
                                    new ItemQuery(
                                            2, 0, null, ItemStatus.UNDECIDED, ItemOrder.POSITION, CountMode.LIMITED))
                            .total()
                            .count());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "x",
                    "",
                    "!!!",
                    "cG9zaXRpb24gMSB4",
                    "cG9zaXRpb24gMSAxOyBEUk9QIFRBQkxF",
                    "LWFkZGVkX2F0IDEgMjAyNi0xMy0zMVQxMjowMDowMFo",
                    "LWFkZGVkX2F0IDEgMQ",
                    "cG9zaXRpb24"
                })
        void rejectsAMalformedCursor(String cursor) {
            long id = fixtures.collectionOf(ada, 1).id();

            problem(422, () -> items(id, new ItemQuery(10, 0, cursor, null, ItemOrder.POSITION, CountMode.LIMITED)));
            problem(422, () -> items(id, new ItemQuery(10, 0, cursor, null, ItemOrder.NEWEST, CountMode.LIMITED)));
        }

        @Test
        void takesOneStatement() {
            long id = fixtures.collectionOf(ada, 12).id();

            assertEquals(
                    1,
                    StatementCounter.count(() -> items(
                            id,
                            new ItemQuery(
                                    5, 0, null, ItemStatus.UNDECIDED, ItemOrder.PRICE_DESCENDING, CountMode.LIMITED))));
        }
    }

    @Nested
    class ListOwn {
        @Test
        void listsOwnCollectionsNewestFirstWithoutItemsInOneStatement() {
            DealCollection first = fixtures.collectionOf(ada, 2);
            DealCollection second = fixtures.emptyCollection(ada, Visibility.PUBLIC);
            fixtures.emptyCollection(bob, Visibility.PUBLIC);
            List<PagedList<DealCollection>> results = new ArrayList<>();

            int statements = StatementCounter.count(() -> results.add(
                    fixtures.service.list(ada, new CollectionListQuery(null, null, 20, 0, null, CountMode.LIMITED))));

            assertEquals(1, statements);
            assertEquals(
                    List.of(second.id(), first.id()),
                    results.getFirst().items().stream().map(DealCollection::id).toList());
            assertEquals(
                    List.of(0, 2),
                    results.getFirst().items().stream()
                            .map(DealCollection::itemCount)
                            .toList());
            assertNull(results.getFirst().items().getFirst().items());
        }

        @Test
        void returnsTheTotalBeyondTheEnd() {
            fixtures.emptyCollection(ada, Visibility.PRIVATE);

            PagedList<DealCollection> page =
                    fixtures.service.list(ada, new CollectionListQuery(null, null, 20, 40, null, CountMode.LIMITED));

            assertEquals(List.of(), page.items());
            assertEquals(1, page.total().count());
        }

        @Test
        void filtersByVisibilityAndByLiteralWords() {
            fixtures.collections.create(ada, new CollectionInput("Home lab", "100% quiet", Visibility.PUBLIC));
            fixtures.collections.create(ada, new CollectionInput("Office", null, Visibility.PRIVATE));

            assertEquals(1, total("lab", null));
            assertEquals(1, total("quiet ho", null));
            assertEquals(0, total("%", null));
            assertEquals(0, total("office | lab", null));
            assertEquals(0, total("!office", Visibility.PUBLIC));
            assertEquals(1, total(null, Visibility.PUBLIC));
            assertEquals(0, total("office", Visibility.PUBLIC));
        }

        private long total(String q, Visibility visibility) {
            return fixtures.service
                    .list(ada, new CollectionListQuery(q, visibility, 20, 0, null, CountMode.LIMITED))
                    .total()
                    .count();
        }
    }

    @Nested
    class Cursor {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "2026-01-01T00:00:00+18:00",
                    "2026-01-01T00:00:00-18:00",
                    "2026-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999999Z"
                })
        void readsATimeWithAnyOffsetAsUtc(String time) {
            long id = fixtures.collectionOf(ada, 1).id();

            assertEquals(
                    1,
                    items(id, new ItemQuery(10, 0, cursor(id, time), null, ItemOrder.NEWEST, CountMode.LIMITED))
                            .total()
                            .count());
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "1969-12-31T23:59:59Z",
                    "1970-01-01T00:00:00+01:00",
                    "9999-12-31T23:59:59-18:00",
                    "+10000-01-01T00:00:00Z",
                    "-0001-01-01T00:00:00Z",
                    "+1000000000-12-31T23:59:59Z",
                    "now"
                })
        void rejectsATimeOutsideTheSupportedRange(String time) {
            long id = fixtures.collectionOf(ada, 1).id();

            problem(
                    422,
                    () -> items(id, new ItemQuery(10, 0, cursor(id, time), null, ItemOrder.NEWEST, CountMode.LIMITED)));
        }

        @Test
        void rejectsAnOffsetWithACursor() {
            long id = fixtures.collectionOf(ada, 3).id();
            String next = items(id, new ItemQuery(1, 0, null, null, ItemOrder.POSITION, CountMode.LIMITED))
                    .nextCursor();

            ProblemException problem = problem(
                    422, () -> items(id, new ItemQuery(1, 1, next, null, ItemOrder.POSITION, CountMode.LIMITED)));

            assertEquals("offset", problem.errors().getFirst().parameter());
        }

        private static String cursor(long id, String time) {
            ItemQuery query = new ItemQuery(10, 0, null, null, ItemOrder.NEWEST, CountMode.LIMITED);
            return ItemCursor.of(id, query).after(0, 1, time);
        }
    }

    @Nested
    class Change {
        @Test
        void increasesVersionAndTime() {
            DealCollection created = fixtures.emptyCollection(ada, Visibility.PRIVATE);

            DealCollection changed = setVisibility(ada, created.id(), IfMatch.ANY, Visibility.PUBLIC);

            assertEquals(Visibility.PUBLIC, changed.visibility());
            assertNotEquals(created.version(), changed.version());
            assertTrue(changed.updatedAt().isAfter(created.updatedAt()));
        }

        @Test
        void isAllowedForTheOwnerOnly() {
            long open = fixtures.emptyCollection(ada, Visibility.PUBLIC).id();
            long closed = fixtures.emptyCollection(ada, Visibility.PRIVATE).id();

            problem(403, () -> setVisibility(bob, open, IfMatch.ANY, Visibility.PRIVATE));
            problem(404, () -> setVisibility(bob, closed, IfMatch.ANY, Visibility.PUBLIC));
            problem(403, () -> fixtures.service.delete(bob, open, IfMatch.ANY));
            problem(404, () -> fixtures.service.delete(bob, closed, IfMatch.ANY));
        }

        @Test
        void isRejectedForAnOutdatedVersion() {
            DealCollection created = fixtures.emptyCollection(ada, Visibility.PRIVATE);
            IfMatch read = new IfMatch(List.of(created.version() + "-anything"));
            fixtures.items.add(
                    ada,
                    created.id(),
                    new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.UNDECIDED, null, null));

            problem(412, () -> setVisibility(ada, created.id(), read, Visibility.PUBLIC));
            problem(412, () -> fixtures.service.delete(ada, created.id(), read));
        }

        @Test
        void deletesTheItemsWithTheCollection() {
            DealCollection created = fixtures.collectionOf(ada, 3);

            fixtures.service.delete(ada, created.id(), IfMatch.ANY);

            problem(404, () -> get(created.id(), ada, ALL));
            int left = database.jdbi()
                    .withHandle(handle -> handle.createQuery(
                                    "SELECT count(*) FROM collection_item WHERE collection_id = :id")
                            .bind("id", created.id())
                            .mapTo(Integer.class)
                            .one());
            assertEquals(0, left);
        }
    }

    private PagedList<CollectionItem> items(long id, ItemQuery query) {
        return fixtures.collections.items(Optional.of(ada), id, query);
    }

    private static DealCollection get(long id, User viewer, CollectionQuery query) {
        return fixtures.collections.get(Optional.of(viewer), id, query);
    }

    private static List<Long> ids(List<CollectionItem> items) {
        return items.stream().map(CollectionItem::id).toList();
    }

    private static ListingInput priceless(String title) {
        return fixtures.plainListing(title, null);
    }

    private static UnaryOperator<ItemChange> change(ItemStatus status) {
        return stored -> new ItemChange(status, stored.notes(), stored.position());
    }

    private static DealCollection setVisibility(User user, long id, IfMatch condition, Visibility visibility) {
        return fixtures.service.update(user, id, condition, stored -> stored.withVisibility(visibility));
    }
}
