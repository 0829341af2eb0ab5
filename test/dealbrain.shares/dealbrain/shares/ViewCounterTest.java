package dealbrain.shares;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.accounts.User;
import dealbrain.collections.ViewTotal;
import dealbrain.shares.ViewCounter.Kind;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ViewCounterTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static Fixtures fixtures;
    private final List<Long> people = new ArrayList<>();
    private ListingShareService shares;
    private final ViewTotals totals = new ViewTotals(_ -> {});
    private ViewCounter views;
    private ListingShare share;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new Fixtures(database.jdbi());
    }

    @BeforeEach
    void shareOfAListing() {
        User ada = fixtures.user("ada");
        shares = new ListingShareService(database.jdbi(), fixtures.listings, "https://deals.example.org");
        views = new ViewCounter(database.jdbi(), (_, counts, _) -> written(counts), totals);
        share = shares.create(ada, fixtures.listings(ada, 1).getFirst(), new ShareInput(1));
    }

    @Test
    void countsExactlyWhileItIsFlushed() {
        Concurrently.run(8, worker -> {
            for (int i = 0; i < 50; i++) {
                views.count(Kind.LISTING_SHARE, share.id(), Visitor.PERSON);
                if (i % 10 == worker) {
                    views.flush();
                }
            }
        });
        views.close();

        assertEquals(400, viewCount());
    }

    @Test
    void writesOneStatementForManyViewsOfManyShares() {
        for (int i = 0; i < 1000; i++) {
            views.count(Kind.LISTING_SHARE, share.id() + i % 3, Visitor.PERSON);
        }

        assertEquals(1, StatementCounter.count(views::flush));
        assertEquals(0, StatementCounter.count(views::flush));
        assertEquals(334, viewCount());
    }

    @Test
    void countsCrawlersApartAndNobodyNot() {
        views.count(Kind.LISTING_SHARE, share.id(), Visitor.CRAWLER);
        views.count(Kind.LISTING_SHARE, share.id(), Visitor.NOBODY);
        views.flush();

        assertEquals(0, viewCount());
        assertEquals(
                1,
                database.jdbi()
                        .<Integer, RuntimeException>withHandle(
                                handle -> handle.createQuery("SELECT crawler_count FROM listing_share WHERE id = :id")
                                        .bind("id", share.id())
                                        .mapTo(Integer.class)
                                        .one()));
    }

    @Test
    void keepsWhatCannotBeWritten() {
        int[] failures = {1};
        ViewCounter faulty = new ViewCounter(
                database.jdbi(),
                (_, counts, _) -> {
                    if (failures[0]-- > 0) {
                        throw new IllegalStateException("the database is away");
                    }
                    return written(counts);
                },
                totals);
        faulty.count(Kind.COLLECTION, 1, Visitor.PERSON);

        assertThrows(IllegalStateException.class, faulty::flush);
        faulty.count(Kind.COLLECTION, 1, Visitor.PERSON);
        faulty.flush();

        assertEquals(List.of(2L), people);
    }

    private long viewCount() {
        return shares.open(share.listingId(), share.shareToken())
                .orElseThrow()
                .share()
                .viewCount();
    }

    private List<ViewTotal> written(List<Long> counts) {
        people.addAll(counts);
        return List.of();
    }
}
