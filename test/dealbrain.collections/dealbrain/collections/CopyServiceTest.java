package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dealbrain.accounts.User;
import dealbrain.http.IfMatch;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Rows;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.Statements;
import dealbrain.testing.TestDatabase;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CopyServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private static CopyService copies;
    private User ada;
    private User bob;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
        copies = new CopyService(database.jdbi());
    }

    @BeforeEach
    void users() {
        ada = fixtures.user("ada");
        bob = fixtures.user("bob");
    }

    @Statements(max = 2)
    void takesTwoStatementsForAnyNumberOfItems(Rows rows) {
        long source = fixtures.collectionOf(ada, rows).id();

        assertEquals(
                rows.number(), rows.count(() -> copies.copy(ada, source, null)).itemCount());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1500})
    void copiesAllItems(int count) {
        long source = fixtures.collectionOf(ada, count).id();

        assertEquals(count, copies.copy(ada, source, null).itemCount());
    }

    @Test
    void copiesListingsOrderNotesAndStatusOfAnOwnCollection() {
        DealCollection source = fixtures.collectionOf(ada, 4);
        List<CollectionItem> before = items(ada, source.id());
        fixtures.items.delete(ada, source.id(), before.get(1).id(), IfMatch.ANY);
        fixtures.items.update(
                ada, source.id(), before.get(3).id(), IfMatch.ANY, _ -> new ItemChange(ItemStatus.BOUGHT, "mine", 0));
        setVisibility(source.id(), Visibility.PUBLIC);

        DealCollection copy = copies.copy(ada, source.id(), "Second");

        assertEquals("Second", copy.name());
        assertEquals(source.description(), copy.description());
        assertEquals(Visibility.PRIVATE, copy.visibility());
        assertEquals(3, copy.itemCount());
        assertNull(copy.items());
        List<CollectionItem> copied = items(ada, copy.id());
        assertEquals(listings(items(ada, source.id())), listings(copied));
        assertEquals(
                List.of(0, 1, 2), copied.stream().map(CollectionItem::position).toList());
        assertEquals(ItemStatus.BOUGHT, copied.getFirst().status());
        assertEquals("mine", copied.getFirst().notes());
        assertEquals(1, fixtures.items.addAll(ada, copy.id(), fixtures.listings(ada, 1)));
    }

    @Test
    void copiesAPublicCollectionWithoutNotesAndStatus() {
        DealCollection source = fixtures.emptyCollection(ada, Visibility.PUBLIC);
        fixtures.items.add(
                ada,
                source.id(),
                new ItemInput(fixtures.listings(ada, 1).getFirst(), ItemStatus.REJECTED, "secret", null));

        DealCollection copy = copies.copy(bob, source.id(), null);

        assertEquals(source.name(), copy.name());
        assertEquals(bob.id(), copy.userId());
        assertNotEquals(source.id(), copy.id());
        CollectionItem item = items(bob, copy.id()).getFirst();
        assertEquals(ItemStatus.UNDECIDED, item.status());
        assertNull(item.notes());
    }

    @Test
    void copiesOnlyCollectionsThatTheUserMayRead() {
        long closed = fixtures.emptyCollection(ada, Visibility.PRIVATE).id();
        long unlisted = fixtures.emptyCollection(ada, Visibility.UNLISTED).id();

        problem(404, () -> copies.copy(bob, closed, null));
        problem(404, () -> copies.copy(bob, unlisted, null));
        problem(404, () -> copies.copy(bob, Long.MAX_VALUE, null));
        assertEquals(Optional.empty(), copies.copyByLink(bob, closed, null));
        assertEquals(0, copies.copyByLink(bob, unlisted, null).orElseThrow().itemCount());
        assertEquals(0, copies.copy(ada, unlisted, null).itemCount());
    }

    /** The source contains either the odd or the even listings. Each swap is one transaction. */
    @Test
    void copiesOneSnapshotWhileTheSourceChanges() {
        DealCollection source = fixtures.collectionOf(ada, 20);
        List<Long> odd = listings(items(ada, source.id()));
        List<Long> even = fixtures.listings(ada, 20);
        setVisibility(source.id(), Visibility.PUBLIC);
        ConcurrentLinkedQueue<DealCollection> created = new ConcurrentLinkedQueue<>();
        AtomicInteger copying = new AtomicInteger(3);

        List<String> outcomes = Concurrently.run(4, number -> {
            if (number == 0) {
                for (int i = 0; copying.get() > 0; i++) {
                    swapListings(source.id(), i % 2 == 0 ? odd : even, i % 2 == 0 ? even : odd);
                }
            } else {
                try {
                    for (int i = 0; i < 15; i++) {
                        created.add(copies.copy(bob, source.id(), null));
                    }
                } finally {
                    copying.decrementAndGet();
                }
            }
        });

        assertEquals(Collections.nCopies(4, "ok"), outcomes);
        assertEquals(45, created.size());
        Set<List<Long>> wholes = Set.of(odd, even);
        for (DealCollection copy : created) {
            List<CollectionItem> items = items(bob, copy.id());
            assertEquals(20, copy.itemCount());
            assertEquals(
                    IntStream.range(0, 20).boxed().toList(),
                    items.stream().map(CollectionItem::position).toList());
            assertEquals(
                    true,
                    wholes.contains(listings(items)),
                    () -> listings(items).toString());
        }
    }

    private void swapListings(long id, List<Long> before, List<Long> after) {
        database.jdbi().useTransaction(handle -> {
            handle.createQuery("SELECT id FROM collection WHERE id = :id FOR UPDATE")
                    .bind("id", id)
                    .mapTo(Long.class)
                    .one();
            handle.createUpdate("DELETE FROM collection_item WHERE collection_id = :id AND listing_id = ANY(:listings)")
                    .bind("id", id)
                    .bindArray("listings", Long.class, before)
                    .execute();
            database.jdbi().onDemand(ItemDao.class).appendAll(id, after);
        });
    }

    /** A listing that is deleted while the copy is created is not in the copy, and the copy succeeds. */
    @Test
    void leavesOutListingsThatAreDeletedInTheMeantime() {
        DealCollection source = fixtures.collectionOf(ada, 60);
        List<Long> listings = listings(items(ada, source.id()));
        Set<Integer> sizes = Collections.synchronizedSet(new HashSet<>());

        List<String> outcomes = Concurrently.run(4, number -> {
            for (int i = 0; i < 20; i++) {
                if (number == 0) {
                    fixtures.listings.delete(ada, listings.get(i), IfMatch.ANY);
                } else {
                    sizes.add(copies.copy(ada, source.id(), null).itemCount());
                }
            }
        });

        assertEquals(Collections.nCopies(4, "ok"), outcomes);
        assertEquals(40, copies.copy(ada, source.id(), null).itemCount());
    }

    private void setVisibility(long id, Visibility visibility) {
        fixtures.service.update(ada, id, IfMatch.ANY, stored -> stored.withVisibility(visibility));
    }

    private static List<CollectionItem> items(User user, long id) {
        return fixtures.collections
                .get(Optional.of(user), id, new CollectionQuery(1000, 0, null))
                .items();
    }

    private static List<Long> listings(List<CollectionItem> items) {
        return items.stream().map(CollectionItem::listingId).toList();
    }
}
