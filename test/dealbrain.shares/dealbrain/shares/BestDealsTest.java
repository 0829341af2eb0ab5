package dealbrain.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.collections.BestDeals;
import dealbrain.collections.CollectionFixtures;
import dealbrain.collections.CollectionItem;
import dealbrain.collections.CollectionQuery;
import dealbrain.collections.DealCollection;
import dealbrain.collections.ItemStatus;
import dealbrain.collections.PublicCollectionQuery;
import dealbrain.collections.Visibility;
import dealbrain.http.PublicUrl;
import dealbrain.listings.ListingInput;
import dealbrain.notifications.Notifications;
import dealbrain.testing.Records;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class BestDealsTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static CollectionFixtures fixtures;
    private static CollectionShareService shares;
    private final List<CollectionItem> items = new ArrayList<>();
    private User ada;
    private DealCollection collection;
    private String token;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new CollectionFixtures(database.jdbi());
        Notifications notifications = new Notifications(database.jdbi(), fixtures.accounts.authentication());
        shares = new CollectionShareService(
                database.jdbi(), fixtures.collections, notifications, PublicUrl.parse("https://deals.example.org"));
    }

    @BeforeEach
    void collectionWithTwoDeals() {
        ada = fixtures.user("ada");
        collection = fixtures.emptyCollection(ada, Visibility.UNLISTED);
        token = shares.create(ada, collection.id(), new ShareInput(null)).shareToken();
        add("{\"price_usd\": 300}");
        add("{\"price_usd\": 200}");
    }

    /** Adds a complete listing with changes; each has a CPU of its own with the same mark. */
    private CollectionItem add(String changes) {
        ListingInput active =
                Records.with(fixtures.completeListing(), "{\"status\": \"active\", \"adjusted_price_usd\": null}");
        long listing =
                fixtures.listings.create(ada, Records.with(active, changes)).id();
        CollectionItem item = fixtures.addItem(ada, collection, listing);
        items.add(item);
        return item;
    }

    /** Returns the best of the statement, which must be those of the items if it reads all of them. */
    private BestDeals best(int limit, int offset) {
        BestDeals best = read(limit, offset);
        if (limit >= items.size()) {
            CollectionQuery all = new CollectionQuery(limit, 0, null);
            List<CollectionItem> read = fixtures.collections
                    .get(Optional.of(ada), collection.id(), all)
                    .items();
            BestDeals ofItems = BestDeals.of(read);
            assertEquals(new BestDeals(best.cheapest(), best.bestValue(), best.fastest(), Set.of()), ofItems);
        }
        return best;
    }

    private BestDeals read(int limit, int offset) {
        return CollectionShareService.openWithBest(database.jdbi(), token, new PublicCollectionQuery(limit, offset))
                .orElseThrow()
                .best();
    }

    @Test
    void areTheLowestPricesAndTheHighestMark() {
        assertEquals(
                new BestDeals(items.get(1).id(), items.get(1).id(), items.get(0).id(), Set.of()), best(200, 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"price_usd\": 1, \"status\": \"archived\"}",
                "{\"price_usd\": 1, \"status\": \"pending\"}",
                "{\"price_usd\": 0}",
                "{\"price_usd\": null}"
            })
    void leaveOutWhatCannotBeBought(String changes) {
        CollectionItem first = add(changes);
        fixtures.move(ada, first, 0);

        assertEquals(
                new BestDeals(items.get(1).id(), items.get(1).id(), items.get(0).id(), Set.of()), best(200, 0));
    }

    @ParameterizedTest
    @EnumSource(
            value = ItemStatus.class,
            names = {"REJECTED", "BOUGHT"})
    void leaveOutWhatTheOwnerDecidedAbout(ItemStatus status) {
        fixtures.annotate(ada, add("{\"price_usd\": 1}"), status, "");

        assertEquals(items.get(1).id(), best(200, 0).cheapest());
    }

    @Test
    void compareWithTheDealsOfOtherPages() {
        CollectionItem cheapest = add("{\"price_usd\": 100}");

        for (int offset = 0; offset < 4; offset++) {
            BestDeals best = best(1, offset);
            assertEquals(cheapest.id(), best.cheapest());
            for (CollectionItem each : items) {
                assertTrue(best.tags().contains("listing:" + each.listingId()), best.toString());
            }
            assertEquals(
                    3,
                    best.tags().stream().filter(tag -> tag.startsWith("cpu:")).count());
        }
        assertEquals(cheapest.id(), best(0, 0).cheapest());
        assertEquals(Set.of(), best(3, 0).tags());
    }

    @Test
    void needTwoDealsToCompare() {
        fixtures.annotate(ada, items.get(0), ItemStatus.REJECTED, "");

        BestDeals best = best(200, 0);

        assertNull(best.cheapest());
        assertNull(best.bestValue());
        assertNull(best.fastest());
    }

    @Test
    void areReadWithThePageInOneStatement() {
        assertEquals(1, StatementCounter.count(() -> read(200, 0)));
    }

    @Test
    void areHighlightedOnThePage() {
        PublicCollectionQuery query = new PublicCollectionQuery(1, 1);
        CollectionShareTarget target = CollectionShareService.openWithBest(database.jdbi(), token, query)
                .orElseThrow();

        String page = CollectionHtml.of(
                target.collection(),
                target.best(),
                new SharedPageQuery(1, 1, null, false, false),
                PublicUrl.parse("https://deals.example.org"),
                token);

        assertTrue(page.contains("$200.00<small>best price</small>"), page);
        assertFalse(page.contains("fastest"), page);
    }
}
