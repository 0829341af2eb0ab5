package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Rows;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.Statements;
import dealbrain.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ItemServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private User ada;
    private DealCollection collection;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @BeforeEach
    void collectionOfFour() {
        ada = fixtures.user("ada");
        collection = fixtures.collectionOf(ada, 4);
    }

    @Nested
    class Add {
        @Test
        void appendsWithoutAPosition() {
            CollectionItem created = add(null);

            assertEquals(4, created.position());
            assertEquals(created, items().getLast());
        }

        @Test
        void shiftsTheItemsBehindThePosition() {
            List<CollectionItem> before = items();

            CollectionItem created = add(1);

            assertEquals(List.of(0, 1, 2, 3, 4), positions());
            assertEquals(
                    List.of(
                            before.get(0).id(),
                            created.id(),
                            before.get(1).id(),
                            before.get(2).id(),
                            before.get(3).id()),
                    ids());
        }

        @Test
        void appendsIfThePositionIsBehindTheEnd() {
            assertEquals(4, add(1_000_000).position());
        }

        @Test
        void keepsKeysDistinctAndShortAfterHundredsOfInsertsAtOnePlace() {
            List<Long> listings = fixtures.listings(ada, 300);

            for (long listing : listings) {
                fixtures.items.add(ada, collection.id(), new ItemInput(listing, ItemStatus.UNDECIDED, null, 1));
            }

            List<CollectionItem> items = items();
            assertEquals(IntStream.range(0, 304).boxed().toList(), positions());
            assertEquals(
                    listings.reversed(),
                    items.subList(1, 301).stream()
                            .map(CollectionItem::listingId)
                            .toList());
            assertTrue(IntStream.range(1, 304)
                    .allMatch(i ->
                            items.get(i - 1).orderKey().compareTo(items.get(i).orderKey()) < 0));
            assertTrue(items.stream()
                            .map(CollectionItem::orderKey)
                            .mapToInt(BigDecimal::scale)
                            .max()
                            .orElseThrow()
                    <= 201);
        }

        @Test
        void changesVersionTimeAndItemCountOfTheCollection() {
            DealCollection before = get();

            add(null);

            assertEquals(before.itemCount() + 1, get().itemCount());
            assertNotEquals(before.version(), get().version());
            assertTrue(get().updatedAt().isAfter(before.updatedAt()));
        }

        @Test
        void reportsAnUnknownListing() {
            ProblemException problem =
                    problem(422, () -> fixtures.items.add(ada, collection.id(), input(999_999, null)));

            assertEquals(
                    List.of(InputError.at("/listing_id", "listing_id must be the id of a listing, was 999999")),
                    problem.errors());
        }

        @Test
        void rejectsADuplicateListingWithAndWithoutAPosition() {
            long listing = items().getFirst().listingId();
            DealCollection before = get();

            assertEquals(
                    "duplicate-item",
                    problem(409, () -> fixtures.items.add(ada, collection.id(), input(listing, null)))
                            .type()
                            .code());
            assertEquals(
                    "duplicate-item",
                    problem(409, () -> fixtures.items.add(ada, collection.id(), input(listing, 2)))
                            .type()
                            .code());
            assertEquals(before, get());
        }

        @Test
        void isAllowedForTheOwnerOnly() {
            User bob = fixtures.user("bob");
            long listing = fixtures.listings(bob, 1).getFirst();

            problem(404, () -> fixtures.items.add(bob, collection.id(), input(listing, null)));
            fixtures.service.update(
                    ada, collection.id(), IfMatch.ANY, stored -> stored.withVisibility(Visibility.PUBLIC));
            problem(403, () -> fixtures.items.add(bob, collection.id(), input(listing, null)));
        }

        @Test
        void addsAListingOnceIfSixteenRequestsAddItAtOnce() {
            long listing = fixtures.listings(ada, 1).getFirst();

            List<String> outcomes = Concurrently.run(
                    16, i -> fixtures.items.add(ada, collection.id(), input(listing, i % 2 == 0 ? null : 0)));

            assertEquals(1, Collections.frequency(outcomes, "ok"));
            assertEquals(15, Collections.frequency(outcomes, "duplicate-item"), outcomes::toString);
            assertEquals(5, get().itemCount());
            assertEquals(5, new HashSet<>(positions()).size());
        }
    }

    @Nested
    class AddAll {
        @Test
        void keepsTheOrderAndSkipsDuplicates() {
            List<Long> added = fixtures.listings(ada, 3);
            List<Long> requested = new ArrayList<>(added.reversed());
            requested.add(1, items().getFirst().listingId());
            requested.add(added.getFirst());

            int count = fixtures.items.addAll(ada, collection.id(), requested);

            assertEquals(3, count);
            assertEquals(
                    added.reversed(),
                    items().subList(4, 7).stream()
                            .map(CollectionItem::listingId)
                            .toList());
            assertEquals(List.of(0, 1, 2, 3, 4, 5, 6), positions());
        }

        @Statements(max = 2)
        void takesTwoStatementsForAnyNumberOfListings(Rows rows) {
            List<Long> listings = fixtures.listings(ada, rows);

            assertEquals(rows.number(), rows.count(() -> fixtures.items.addAll(ada, collection.id(), listings)));
        }

        @Test
        void reportsEachUnknownListingAndAddsNone() {
            long existing = fixtures.listings(ada, 1).getFirst();

            ProblemException problem = problem(
                    422, () -> fixtures.items.addAll(ada, collection.id(), List.of(777_777L, existing, 888_888L)));

            assertEquals(
                    List.of("/listing_ids/0", "/listing_ids/2"),
                    problem.errors().stream().map(InputError::pointer).toList());
            assertEquals(4, get().itemCount());
        }
    }

    @Nested
    class Update {
        @Test
        void changesStatusAndNotes() {
            CollectionItem item = items().get(2);

            CollectionItem changed = fixtures.items.update(
                    ada,
                    collection.id(),
                    item.id(),
                    IfMatch.ANY,
                    stored -> new ItemChange(ItemStatus.BOUGHT, "mine!", stored.position()));

            assertEquals(ItemStatus.BOUGHT, changed.status());
            assertEquals("mine!", changed.notes());
            assertEquals(changed, items().get(2));
        }

        @Test
        void movesAnItemFromEachPositionToEachOther() {
            for (int from = 0; from < 4; from++) {
                for (int to = 0; to < 4; to++) {
                    List<Long> expected = new ArrayList<>(ids());
                    expected.add(to, expected.remove(from));

                    move(from, to);

                    assertEquals(expected, ids(), from + " to " + to);
                    assertEquals(List.of(0, 1, 2, 3), positions());
                    assertEquals(expected, idsByOrderKey());
                }
            }
        }

        @Test
        void movesToTheEndIfThePositionIsBehindIt() {
            long first = ids().getFirst();

            move(0, 1000);

            assertEquals(first, ids().getLast());
            assertEquals(List.of(0, 1, 2, 3), positions());
        }

        @Test
        void doesNotFindAnItemOfAnotherCollection() {
            CollectionItem other =
                    get(fixtures.collectionOf(ada, 1).id()).items().getFirst();

            problem(404, () -> fixtures.items.update(ada, collection.id(), other.id(), IfMatch.ANY, stored -> stored));
            problem(404, () -> fixtures.items.delete(ada, collection.id(), other.id(), IfMatch.ANY));
        }
    }

    @Nested
    class Version {
        @Test
        void increasesWithChangesOfTheItemItselfOnly() {
            List<CollectionItem> before = items();

            move(0, 2);

            assertEquals(
                    List.of(
                            before.get(1).version(),
                            before.get(2).version(),
                            before.get(0).version() + 1,
                            before.get(3).version()),
                    items().stream().map(CollectionItem::version).toList());
            add(0);
            assertEquals(before.get(3).version(), items().getLast().version());
            fixtures.items.update(
                    ada,
                    collection.id(),
                    before.get(3).id(),
                    IfMatch.ANY,
                    stored -> new ItemChange(ItemStatus.BOUGHT, null, stored.position()));
            assertEquals(before.get(3).version() + 1, items().getLast().version());
        }

        @Test
        void increasesForItemsThatAReorderMoves() {
            List<CollectionItem> before = items();

            fixtures.items.reorder(
                    ada,
                    collection.id(),
                    IfMatch.ANY,
                    List.of(
                            before.get(0).id(),
                            before.get(2).id(),
                            before.get(1).id(),
                            before.get(3).id()));

            assertEquals(
                    List.of(0L, 1L, 1L, 0L),
                    items().stream()
                            .map(item -> item.version() - before.getFirst().version())
                            .toList());
        }

        @Test
        void rejectsChangesOfAnOutdatedVersion() {
            CollectionItem item = items().get(1);
            IfMatch read = tag(item.version());
            assertEquals(
                    "seen",
                    fixtures.items
                            .update(
                                    ada,
                                    collection.id(),
                                    item.id(),
                                    read,
                                    stored -> new ItemChange(stored.status(), "seen", 1))
                            .notes());

            problem(
                    412,
                    () -> fixtures.items.update(
                            ada,
                            collection.id(),
                            item.id(),
                            read,
                            stored -> new ItemChange(stored.status(), "unseen", 1)));
            problem(412, () -> fixtures.items.delete(ada, collection.id(), item.id(), read));

            assertEquals("seen", items().get(1).notes());
            fixtures.items.delete(ada, collection.id(), item.id(), tag(item.version() + 1));
            assertEquals(3, get().itemCount());
        }

        @Test
        void ofTheCollectionIsTheConditionOfAReorder() {
            IfMatch read = tag(get().version());
            List<Long> reversed = ids().reversed();
            move(0, 1);
            List<Long> moved = ids();

            problem(412, () -> fixtures.items.reorder(ada, collection.id(), read, reversed));

            assertEquals(moved, ids());
            fixtures.items.reorder(ada, collection.id(), tag(get().version()), reversed);
            assertEquals(reversed, ids());
        }

        private static IfMatch tag(long version) {
            return new IfMatch(List.of(version + "-anything"));
        }
    }

    @Nested
    class Reorder {
        @Test
        void reordersAllItems() {
            List<Long> reversed = ids().reversed();

            fixtures.items.reorder(ada, collection.id(), IfMatch.ANY, reversed);

            assertEquals(reversed, ids());
            assertEquals(reversed, idsByOrderKey());
            assertEquals(List.of(0, 1, 2, 3), positions());
        }

        @Test
        void rejectsAnOrderThatDoesNotContainEachItemOnce() {
            List<Long> ids = ids();
            DealCollection before = get();

            for (List<Long> wrong : List.of(
                    ids.subList(0, 3),
                    List.of(ids.get(0), ids.get(0), ids.get(1), ids.get(2)),
                    List.of(ids.get(0), ids.get(1), ids.get(2), 999_999L),
                    List.<Long>of())) {
                assertEquals(
                        "order-mismatch",
                        problem(409, () -> fixtures.items.reorder(ada, collection.id(), IfMatch.ANY, wrong))
                                .type()
                                .code());
            }
            assertEquals(before, get());
        }
    }

    @Nested
    class Concurrency {
        @Test
        void keepsPositionsDistinctAndLosesNoItem() {
            List<Long> listings = fixtures.listings(ada, 60);
            List<Long> existing = ids();

            List<String> outcomes = Concurrently.run(12, worker -> {
                Random random = new Random(worker);
                for (int i = 0; i < 5; i++) {
                    fixtures.items.add(
                            ada,
                            collection.id(),
                            input(listings.get(worker * 5 + i), random.nextBoolean() ? null : random.nextInt(10)));
                    long moved = existing.get(random.nextInt(4));
                    fixtures.items.update(
                            ada,
                            collection.id(),
                            moved,
                            IfMatch.ANY,
                            stored -> new ItemChange(stored.status(), null, random.nextInt(20)));
                    reorderOnce();
                }
            });

            assertEquals(Collections.nCopies(12, "ok"), outcomes);
            assertEquals(64, get().itemCount());
            assertEquals(64, new HashSet<>(positions()).size());
            assertEquals(ids(), idsByOrderKey());
            assertTrue(items().stream().map(CollectionItem::listingId).toList().containsAll(listings));
        }

        private void reorderOnce() {
            List<Long> order = new ArrayList<>(ids());
            Collections.shuffle(order, new Random(order.size()));
            try {
                fixtures.items.reorder(ada, collection.id(), IfMatch.ANY, order);
            } catch (ProblemException e) {
                assertEquals("order-mismatch", e.type().code()); // another worker has added an item
            }
        }
    }

    private CollectionItem add(Integer position) {
        return fixtures.items.add(
                ada, collection.id(), input(fixtures.listings(ada, 1).getFirst(), position));
    }

    private static ItemInput input(long listing, Integer position) {
        return new ItemInput(listing, ItemStatus.UNDECIDED, null, position);
    }

    private void move(int from, int to) {
        fixtures.items.update(
                ada,
                collection.id(),
                ids().get(from),
                IfMatch.ANY,
                stored -> new ItemChange(stored.status(), stored.notes(), to));
    }

    private DealCollection get() {
        return get(collection.id());
    }

    private DealCollection get(long id) {
        return fixtures.collections.get(Optional.of(ada), id, new CollectionQuery(10_000, 0, null));
    }

    private List<CollectionItem> items() {
        return get().items();
    }

    private List<Long> ids() {
        return items().stream().map(CollectionItem::id).toList();
    }

    private List<Integer> positions() {
        return items().stream().map(CollectionItem::position).toList();
    }

    private List<Long> idsByOrderKey() {
        return fixtures
                .collections
                .items(
                        Optional.of(ada),
                        collection.id(),
                        new ItemQuery(10_000, 0, null, null, ItemOrder.POSITION, CountMode.LIMITED))
                .items()
                .stream()
                .map(CollectionItem::id)
                .toList();
    }
}
