package dealbrain.inbox;

import dealbrain.accounts.User;
import dealbrain.collections.CollectionFixtures;
import dealbrain.collections.CollectionQuery;
import dealbrain.collections.DealCollection;
import dealbrain.http.CountMode;
import dealbrain.http.PageQuery;
import dealbrain.json.Json;
import dealbrain.listings.Listing;
import dealbrain.notifications.Notifications;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Three users and a listing, for tests of shares between users. */
abstract class UserShareFixture {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    static final PageQuery FIRST = new PageQuery(100, 0, null, CountMode.LIMITED);

    static CollectionFixtures fixtures;
    static UserShareService shares;
    User ada;
    User bob;
    User eve;
    Listing listing;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
        shares = new UserShareService(
                database.jdbi(),
                fixtures.collections,
                new Notifications(database.jdbi(), fixtures.accounts.authentication()));
    }

    @BeforeEach
    void usersAndAListing() {
        ada = fixtures.user("ada");
        bob = fixtures.user("bob");
        eve = fixtures.user("eve");
        long id = fixtures.listings.create(ada, fixtures.completeListing()).id();
        listing = fixtures.listings.findAll(ada, List.of(id)).getFirst(); // a share has no valuation, as in lists
    }

    /** The stored notification of a user. */
    record StoredNotification(String type, String title, String message, Long shareId) {}

    static List<StoredNotification> notifications(User user) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT type, title, message, share_id FROM notification WHERE user_id = ? ORDER BY id")
                        .bind(0, user.id())
                        .map((row, _) -> new StoredNotification(
                                row.getString(1), row.getString(2), row.getString(3), row.getObject(4, Long.class)))
                        .list());
    }

    UserShareInput input(String message) {
        return new UserShareInput(bob.id(), null, listing.id(), message, 30);
    }

    UserShare share(String message) {
        return create(input(message));
    }

    UserShare create(UserShareInput input) {
        return shares.create(ada, input).share();
    }

    static UserShareView open(UserShare share, User viewer) {
        return shares.open(Optional.ofNullable(viewer), share.shareToken(), true);
    }

    static UserShareQuery all() {
        return new UserShareQuery(UserShareFilter.ALL, 100, 0, null, CountMode.LIMITED);
    }

    static void expire(UserShare share) {
        execute("UPDATE user_share SET expires_at = now() WHERE id = ?", share.id());
    }

    static void execute(String sql, Object... values) {
        database.jdbi().useHandle(handle -> handle.execute(sql, values));
    }

    DealCollection collection(long id) {
        return fixtures.collections.get(Optional.of(bob), id, new CollectionQuery(1000, 0, null));
    }

    List<Integer> sizesOfCollections() {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT item_count FROM collection WHERE user_id = ?")
                        .bind(0, bob.id())
                        .mapTo(Integer.class)
                        .list());
    }

    static List<String> names(Object value) {
        List<String> names = new ArrayList<>();
        Json.tree(value).fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** Returns the listing as another user sees it: without what only its owner sees. */
    Listing asSeenBy(User viewer) {
        return fixtures.listings.findAll(viewer, List.of(listing.id())).getFirst();
    }
}
