package dealbrain.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.http.IfMatch;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A deletion leaves gaps between the stored positions, which no client sees. */
class PositionGapsTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private User ada;
    private DealCollection collection;

    @BeforeAll
    static void connect() {
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @BeforeEach
    void collectionOfSix() {
        ada = fixtures.user("ada");
        collection = fixtures.collectionOf(ada, 6);
    }

    private List<CollectionItem> items() {
        return fixtures.collections
                .get(Optional.of(ada), collection.id(), new CollectionQuery(1000, 0, null))
                .items();
    }

    private List<Long> ids() {
        return items().stream().map(CollectionItem::id).toList();
    }

    private <T> T value(String query, Class<T> type) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(query)
                        .bind("id", collection.id())
                        .mapTo(type)
                        .one());
    }

    private String gaps() {
        return value("SELECT position_gaps::text FROM collection WHERE id = :id", String.class);
    }

    private void delete(int... positions) {
        List<CollectionItem> before = items();
        IntStream.of(positions).forEach(position -> fixtures.delete(ada, before.get(position)));
    }

    private CollectionItem add(Integer position) {
        return fixtures.items.add(
                ada,
                collection.id(),
                new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.UNDECIDED, null, position));
    }

    /** The positions of all ways to read items. */
    private void assertWithoutGaps(List<Long> expected) {
        assertEquals(expected, ids());
        List<Integer> positions = IntStream.range(0, expected.size()).boxed().toList();
        assertEquals(positions, items().stream().map(CollectionItem::position).toList());
        ItemQuery query = ItemQuery.ALL;
        assertEquals(
                positions,
                fixtures.collections.items(Optional.of(ada), collection.id(), query).items().stream()
                        .map(CollectionItem::position)
                        .toList());
        for (int i = 0; i < expected.size(); i++) {
            assertEquals(
                    i,
                    fixtures.items
                            .get(Optional.of(ada), collection.id(), expected.get(i))
                            .position());
        }
        assertEquals(expected.size(), value("SELECT item_count FROM collection WHERE id = :id", Integer.class));
    }

    private void assertGapsAreKnown() {
        assertEquals(
                value("SELECT find_position_gaps(:id)::text", String.class),
                gaps(),
                "the gaps that are stored, and those that there are");
    }

    @Test
    void areStoredByADeletionThatUpdatesNoOtherItem() {
        List<Long> ids = ids();
        long updated = database.jdbi().withHandle(handle -> {
            handle.execute("SELECT pg_stat_force_next_flush()"); // the statistics of the session start at 0
            handle.begin();
            handle.execute("DELETE FROM collection_item WHERE id IN (?, ?)", ids.get(0), ids.get(3));
            long result = handle.createQuery(
                            "SELECT n_tup_upd FROM pg_stat_xact_user_tables WHERE relname = 'collection_item'")
                    .mapTo(Long.class)
                    .one();
            handle.commit();
            return result;
        });

        assertEquals(0, updated);
        assertEquals("{0,3}", gaps());
        assertWithoutGaps(List.of(ids.get(1), ids.get(2), ids.get(4), ids.get(5)));
    }

    @Test
    void areLeftOutOfPagesAndFilters() {
        List<CollectionItem> before = items();
        fixtures.annotate(ada, before.get(4), ItemStatus.BOUGHT, "a note");
        delete(0, 2);

        DealCollection page =
                fixtures.collections.get(Optional.of(ada), collection.id(), new CollectionQuery(2, 1, null));
        assertEquals(
                List.of(1, 2),
                page.items().stream().map(CollectionItem::position).toList());
        DealCollection filtered = fixtures.collections.get(
                Optional.of(ada), collection.id(), new CollectionQuery(10, 0, ItemStatus.BOUGHT));
        assertEquals(2, filtered.items().getFirst().position());
    }

    @Test
    void areLeftOutForOtherViewers() {
        fixtures.setVisibility(ada, collection, Visibility.PUBLIC);
        delete(0, 2);

        assertEquals(
                List.of(0, 1, 2, 3),
                fixtures.getPublic(collection, new PublicCollectionQuery(10, 0)).items().stream()
                        .map(PublicItem::position)
                        .toList());
        assertEquals(
                List.of(1, 2),
                fixtures.getPublic(collection, new PublicCollectionQuery(2, 1)).items().stream()
                        .map(PublicItem::position)
                        .toList());
    }

    @Test
    void atTheEndAreNone() {
        delete(4, 5);

        assertEquals("{}", gaps());
        assertEquals(4, add(null).position());
    }

    @Test
    void ofAllItemsAreNone() {
        delete(0, 1, 2, 3, 4, 5);

        assertEquals("{}", gaps());
        assertEquals(0, add(null).position());
    }

    @Test
    void areKeptByAnAppendedItem() {
        delete(0);

        assertEquals(5, add(null).position());

        assertEquals("{0}", gaps());
    }

    @Test
    void areClosedByAnAppendedItemWhenTheyAreMoreThanTheItems() {
        delete(0, 1, 2, 3);
        assertEquals("{0,1,2,3}", gaps());
        List<Long> ids = new ArrayList<>(ids());

        ids.add(add(null).id());

        assertEquals("{}", gaps());
        assertWithoutGaps(ids);
    }

    @Test
    void areClosedByAReorder() {
        delete(0, 2);
        List<Long> reversed = new ArrayList<>(ids());
        Collections.reverse(reversed);

        fixtures.items.reorder(ada, collection.id(), IfMatch.ANY, reversed);

        assertEquals("{}", gaps());
        assertWithoutGaps(reversed);
    }

    /** A reorder increases the versions of those items only whose position changes. */
    @Test
    void areNoMovesForAReorder() {
        delete(0);
        List<Long> versions = items().stream().map(CollectionItem::version).toList();

        fixtures.items.reorder(ada, collection.id(), IfMatch.ANY, ids());

        assertEquals(versions, items().stream().map(CollectionItem::version).toList());
    }

    @Test
    void areFoundAfterAnItemHasLeftForAnotherCollection() {
        DealCollection other = fixtures.emptyCollection(ada, Visibility.PRIVATE);
        List<Long> ids = new ArrayList<>(ids());

        database.jdbi()
                .useHandle(handle -> handle.execute(
                        "UPDATE collection_item SET collection_id = ? WHERE id = ?", other.id(), ids.remove(2)));

        assertEquals("{2}", gaps());
        assertWithoutGaps(ids);
        collection = other;
        assertEquals("{0,1}", gaps());
    }

    @Test
    void areForgottenAfterTruncate() {
        delete(0);

        database.jdbi().useHandle(handle -> handle.execute("TRUNCATE collection_item CASCADE"));

        assertEquals("{}", gaps());
    }

    /** Compares random changes with those of a list. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void areSeenByNoSequenceOfChanges(long seed) {
        Random random = new Random(seed);
        List<Long> expected = new ArrayList<>(ids());
        int gaps = 0;
        for (int i = 0; i < 120; i++) {
            int size = expected.size();
            int at = random.nextInt(size + 1);
            switch (size == 0 ? 0 : random.nextInt(7)) {
                case 0 -> expected.add(add(null).id());
                case 1 -> expected.add(at, add(at).id());
                case 2 -> {
                    CollectionItem item = items().get(at % size);
                    int to = random.nextInt(size);
                    fixtures.move(ada, item, to);
                    expected.add(to, expected.remove(at % size));
                }
                case 3 -> {
                    Collections.shuffle(expected, random);
                    if (random.nextInt(4) == 0) {
                        fixtures.items.reorder(ada, collection.id(), IfMatch.ANY, expected);
                    } else {
                        expected = new ArrayList<>(ids());
                    }
                }
                case 4 -> {
                    fixtures.listings.delete(ada, items().get(at % size).listingId(), IfMatch.ANY);
                    expected.remove(at % size);
                }
                default -> {
                    fixtures.delete(ada, items().get(at % size));
                    expected.remove(at % size);
                    fixtures.items.add(
                            ada,
                            collection.id(),
                            new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.UNDECIDED, null, null));
                    expected.add(ids().getLast());
                }
            }
            assertWithoutGaps(expected);
            assertGapsAreKnown();
            gaps += gaps().equals("{}") ? 0 : 1;
        }
        assertTrue(gaps > 10, "the sequence made gaps " + gaps + " times");
    }
}
