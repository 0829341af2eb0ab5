package dealbrain.collections;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dealbrain.accounts.User;
import dealbrain.listings.Listing;
import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The deletion of a user locks rows in the order of docs/decisions/0021-lock-order.md. */
class UserDeletionLocksTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private final CollectionFixtures fixtures = new CollectionFixtures(database.jdbi());

    /** As changes of rulesets and memory do, which lock the verdicts of listings in the order of their ids. */
    @Test
    void locksVerdictsInTheOrderOfTheirIdsAlsoOfReleasedListings() {
        User ada = fixtures.user("ada");
        User bob = fixtures.user("bob");
        Listing deleted = fixtures.listings.create(ada, fixtures.completeListing());
        Listing released = fixtures.listings.create(ada, fixtures.completeListing());
        fixtures.addItem(bob, fixtures.emptyCollection(bob, Visibility.PRIVATE), released.id());

        CompletableFuture<Integer> deletion = database.jdbi().inTransaction(handle -> {
            lockVerdict(handle, deleted);
            CompletableFuture<Integer> waiting =
                    CompletableFuture.supplyAsync(() -> delete(ada), Thread::startVirtualThread);
            Await.until("the deletion waits for the verdict", () -> isBlocking(handle));
            assertEquals(List.of(released.id()), lockVerdict(handle, released));
            return waiting;
        });

        assertEquals(1, deletion.join());
        assertNull(fixtures.listings.get(bob, released.id()).ownerId());
    }

    private static List<Long> lockVerdict(Handle handle, Listing listing) {
        return handle.createQuery("SELECT id FROM listing_verdict WHERE id = ? FOR UPDATE SKIP LOCKED")
                .bind(0, listing.id())
                .mapTo(Long.class)
                .list();
    }

    private static boolean isBlocking(Handle handle) {
        return handle.createQuery(
                        "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))")
                .mapTo(Boolean.class)
                .one();
    }

    private static int delete(User user) {
        return database.jdbi().withHandle(handle -> handle.execute("DELETE FROM user_account WHERE id = ?", user.id()));
    }
}
