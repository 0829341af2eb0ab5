package dealbrain.collections;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.http.IfMatch;
import dealbrain.testing.Concurrently;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Deleting a listing deletes its items in its owner's collections; {@link ReleasedListingTest} has those of others. */
class ListingDeletionTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private User ada;

    @BeforeAll
    static void connect() {
        fixtures = new CollectionFixtures(database.jdbi());
    }

    @BeforeEach
    void user() {
        ada = fixtures.user("ada");
    }

    @Test
    void deletesItsItemsInAllCollections() {
        DealCollection first = fixtures.collectionOf(ada, 3);
        DealCollection second = fixtures.collectionOf(ada, 2);
        long listing = read(ada, first).items().get(1).listingId();
        fixtures.collections.addAll(ada, second.id(), List.of(listing));

        fixtures.listings.delete(ada, listing, IfMatch.ANY);

        assertSize(2, read(ada, first));
        assertSize(2, read(ada, second));
        problem("not-found", () -> fixtures.listings.get(ada, listing));
    }

    @Test
    void doesNotDeadlockWithRequestsThatAddItems() {
        DealCollection collection = fixtures.collectionOf(ada, 12);
        List<Long> ids = read(ada, collection).items().stream()
                .map(CollectionItem::listingId)
                .toList();

        List<String> outcomes = Concurrently.run(8, i -> {
            if (i % 2 == 0) {
                IntStream.range(0, 3).forEach(n -> fixtures.listings.delete(ada, ids.get(i / 2 * 3 + n), IfMatch.ANY));
            } else {
                List<Long> rotated = new ArrayList<>(ids);
                Collections.rotate(rotated, i);
                rotated.forEach(id -> fixtures.collections.addAll(ada, collection.id(), List.of(id)));
            }
        });

        // adding a deleted listing is invalid; nothing else fails
        assertTrue(List.of("ok", "invalid-input").containsAll(outcomes), outcomes::toString);
        assertEquals(
                4,
                IntStream.of(0, 2, 4, 6)
                        .filter(i -> outcomes.get(i).equals("ok"))
                        .count(),
                outcomes::toString);
        assertSize(0, read(ada, collection));
    }

    private static DealCollection read(User owner, DealCollection collection) {
        return fixtures.collections.get(Optional.of(owner), collection.id(), new CollectionQuery(1000, 0, null));
    }

    private static void assertSize(int expected, DealCollection collection) {
        assertEquals(expected, collection.itemCount());
        assertEquals(expected, collection.items().size());
    }
}
