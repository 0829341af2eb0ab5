package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.http.ProblemException;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A cursor neither misses nor repeats an item that stays in its place while others change. */
class ItemCursorTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private User ada;
    private long id;
    private List<Long> whole;

    @BeforeAll
    static void connect() {
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @BeforeEach
    void collection() {
        ada = fixtures.user("ada");
        id = fixtures.collectionOf(ada, 12).id();
        whole = ids(page(null, 100));
    }

    private PagedList<CollectionItem> page(@Nullable String cursor, int limit) {
        return fixtures.collections.items(
                Optional.of(ada), id, new ItemQuery(limit, 0, cursor, null, ItemOrder.POSITION, CountMode.LIMITED));
    }

    private static List<Long> ids(PagedList<CollectionItem> page) {
        return page.items().stream().map(CollectionItem::id).toList();
    }

    private void move(long item, int position) {
        fixtures.items.update(
                ada, id, item, IfMatch.ANY, stored -> new ItemChange(stored.status(), stored.notes(), position));
    }

    private void insertAt(int position) {
        long listing = fixtures.listings(ada, 1).getFirst();
        fixtures.items.add(ada, id, new ItemInput(listing, ItemStatus.UNDECIDED, null, position));
    }

    /** Makes the keys between the first two items so long that the next insertion there replaces all keys. */
    private void replaceKeys() {
        int before = generation();
        database.jdbi()
                .useHandle(handle -> handle.execute("UPDATE collection_item SET order_key ="
                        + " (SELECT order_key FROM collection_item WHERE collection_id = " + id + " AND position = 0)"
                        + " + 1e-200 WHERE collection_id = " + id + " AND position = 1"));
        insertAt(1);
        assertEquals(before + 1, generation());
    }

    private int generation() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT key_generation FROM collection WHERE id = " + id)
                        .mapTo(Integer.class)
                        .one());
    }

    private int formerKeys() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT count(*) FROM former_order_key WHERE collection_id = " + id)
                        .mapTo(Integer.class)
                        .one());
    }

    /** Reads the pages after a cursor; returns the items of the first page and of these. */
    private List<Long> readOn(PagedList<CollectionItem> first) {
        List<Long> seen = new ArrayList<>(ids(first));
        String cursor = first.nextCursor();
        while (cursor != null) {
            PagedList<CollectionItem> page = page(cursor, 3);
            seen.addAll(ids(page));
            cursor = page.nextCursor();
        }
        return seen;
    }

    private void assertComplete(List<Long> touched, List<Long> seen) {
        List<Long> untouched = new ArrayList<>(whole);
        untouched.removeAll(touched);
        assertEquals(untouched, seen.stream().filter(untouched::contains).toList());
    }

    @Nested
    class Replacement {
        @Test
        void ofTheKeysLeavesTheCursorInItsPlace() {
            PagedList<CollectionItem> first = page(null, 4);
            replaceKeys();

            assertComplete(List.of(), readOn(first));
        }

        @Test
        void mayHappenSeveralTimes() {
            PagedList<CollectionItem> first = page(null, 4);
            replaceKeys();
            replaceKeys();
            insertAt(4);
            replaceKeys();

            assertComplete(List.of(), readOn(first));
        }

        @Test
        void mayFollowTheDeletionOfAllItemsBeforeTheCursor() {
            PagedList<CollectionItem> first = page(null, 4);
            replaceKeys();
            List<Long> deleted = whole.subList(0, 4);
            deleted.forEach(item -> fixtures.items.delete(ada, id, item, IfMatch.ANY));

            assertComplete(deleted, readOn(first));
        }

        @Test
        void mayFollowAMoveOfTheLastItemToTheEnd() {
            PagedList<CollectionItem> first = page(null, 4);
            replaceKeys();
            move(whole.get(3), 100);

            assertComplete(List.of(whole.get(3)), readOn(first));
        }

        @Test
        void happensRarely() {
            IntStream.range(0, 30).forEach(_ -> insertAt(1));

            assertEquals(0, generation());
            int longest = page(null, 100).items().stream()
                    .mapToInt(item -> item.orderKey().scale())
                    .max()
                    .orElseThrow();
            assertTrue(longest <= 12, () -> "the longest key has " + longest + " digits");
        }

        @Test
        void makesACursorTooOldWhenItsKeysAreDeleted() {
            String cursor = page(null, 4).nextCursor();
            replaceKeys();
            assertEquals(12, formerKeys());
            fixtures.collections.deleteFormerKeys(-1, 5);
            assertEquals(7, formerKeys());
            fixtures.collections.deleteFormerKeys(-1, 100);

            ProblemException problem = problem(422, () -> page(cursor, 3));
            assertEquals("cursor is too old: leave it out to start again", problem.getMessage());
        }
    }

    @Nested
    class Reorder {
        @Test
        void leavesItemsThatStayInTheirPlaceToTheCursor() {
            insertAt(5); // keys that are no integers
            insertAt(5);
            whole = ids(page(null, 100));
            PagedList<CollectionItem> first = page(null, 7);
            List<Long> order = new ArrayList<>(whole);
            Collections.swap(order, 1, 12);
            fixtures.items.reorder(ada, id, IfMatch.ANY, order);

            assertComplete(List.of(whole.get(1), whole.get(12)), readOn(first));
        }

        @Test
        void deletesTheFormerKeysOfMovedItems() {
            replaceKeys();
            List<Long> order = new ArrayList<>(ids(page(null, 100)));
            Collections.swap(order, 3, 4);
            fixtures.items.reorder(ada, id, IfMatch.ANY, order);

            assertEquals(10, formerKeys());
            move(order.get(7), 0);
            assertEquals(9, formerKeys());
        }
    }

    @Nested
    class OtherList {
        private static final String REASON = "cursor belongs to another list: send it with the path, filters and"
                + " sort of the page that it is from, or leave it out to start again";

        private void rejects(long collection, String cursor, @Nullable ItemStatus status, ItemOrder sort) {
            ProblemException problem = problem(
                    422,
                    () -> fixtures.collections.items(
                            Optional.of(ada),
                            collection,
                            new ItemQuery(3, 0, cursor, status, sort, CountMode.LIMITED)));
            assertEquals(REASON, problem.getMessage());
        }

        @Test
        void isRejected() {
            String cursor = page(null, 3).nextCursor();

            rejects(fixtures.collectionOf(ada, 5).id(), cursor, null, ItemOrder.POSITION);
            rejects(id, cursor, ItemStatus.UNDECIDED, ItemOrder.POSITION);
            rejects(id, cursor, null, ItemOrder.NEWEST);
            rejects(id, cursor, null, ItemOrder.PRICE);
        }

        @Test
        void isRejectedWithAFilter() {
            String cursor = fixtures.collections
                    .items(
                            Optional.of(ada),
                            id,
                            new ItemQuery(3, 0, null, ItemStatus.UNDECIDED, ItemOrder.PRICE, CountMode.LIMITED))
                    .nextCursor();

            assertNotEquals(null, cursor);
            rejects(id, cursor, ItemStatus.BOUGHT, ItemOrder.PRICE);
            rejects(id, cursor, null, ItemOrder.PRICE);
            rejects(id, cursor, ItemStatus.UNDECIDED, ItemOrder.PRICE_DESCENDING);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0 1 x",
                "0 1",
                "0 1 1;DROPTABLE",
                "x 1 1",
                "0 x 1",
                "99999999999999999999 1 1",
                "1 1 1",
                "-1 1 1"
            })
    void isRejectedIfItIsForged(String keys) {
        ItemQuery query = new ItemQuery(3, 0, null, null, ItemOrder.POSITION, CountMode.LIMITED);
        String cursor = ItemCursor.of(id, query).after((Object[]) keys.split(" "));

        problem(422, () -> page(cursor, 3));
    }

    @Test
    void positionsHaveNoGapsAfterDeletions() {
        fixtures.items.delete(ada, id, whole.get(1), IfMatch.ANY);
        CollectionItem fifth = page(null, 100).items().get(5);
        fixtures.listings.delete(ada, fifth.listingId(), IfMatch.ANY);
        move(whole.getFirst(), 1);

        List<CollectionItem> items = page(null, 100).items();
        assertEquals(
                IntStream.range(0, 10).boxed().toList(),
                items.stream().map(CollectionItem::position).toList());
        assertEquals(whole.getFirst(), items.get(1).id());
    }
}
