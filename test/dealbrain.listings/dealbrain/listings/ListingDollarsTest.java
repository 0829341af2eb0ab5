package dealbrain.listings;

import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.catalog.Cpu;
import dealbrain.database.Transactions;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.StatementCounter;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** The stored dollars per mark, which lists are sorted by, and those that a listing shows. */
class ListingDollarsTest extends ListingFixture {
    private static final String DIFFERENT = """
            SELECT count(*) FROM listing l LEFT JOIN cpu c ON c.id = l.cpu_id LEFT JOIN listing_dollars d ON d.id = l.id
             WHERE (d.status, d.condition, d.gpu_id, d.price_usd, d.dollar_per_cpu_mark_multi,
                    d.dollar_per_cpu_mark_single) IS DISTINCT FROM
                   (l.status, l.condition, l.gpu_id, l.price_usd, round(l.price_usd / c.cpu_mark_multi, 6)::float8,
                    round(l.price_usd / c.cpu_mark_single, 6)::float8)
                OR d.id IS NULL
            """;

    private static void assertStored() {
        assertEquals(0, count(DIFFERENT));
    }

    private Listing create(Cpu cpu, int price) {
        return listings.create(ada, plain("{\"price_usd\": " + price + ", \"cpu_id\": " + cpu.id() + "}"));
    }

    private List<Long> cheapest(Cpu... cpus) {
        List<Long> wanted = List.of(cpus).stream().map(Cpu::id).toList();
        return listings
                .search(
                        ada,
                        new ListingQuery(
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                ListingOrder.DOLLAR_PER_MARK_SINGLE,
                                100,
                                0,
                                null,
                                CountMode.NONE))
                .items()
                .stream()
                .filter(each -> each.cpu() != null && wanted.contains(each.cpu().id()))
                .map(Listing::id)
                .toList();
    }

    @Test
    void followThePriceTheCpuAndItsMarksAtOnce() {
        Cpu slow = fixtures.cpu();
        Cpu fast = fixtures.cpu();
        long first = create(slow, 300).id();
        long second = create(fast, 400).id();
        assertEquals(List.of(first, second), cheapest(slow, fast));

        update("UPDATE cpu SET cpu_mark_single = cpu_mark_single * 2 WHERE id = " + fast.id());
        assertEquals(List.of(second, first), cheapest(slow, fast));

        listings.update(ada, first, IfMatch.ANY, input -> with(input, "{\"price_usd\": 100}"));
        assertEquals(List.of(first, second), cheapest(slow, fast));

        update("UPDATE cpu SET cpu_mark_single = NULL WHERE id = " + slow.id());
        assertEquals(List.of(second, first), cheapest(slow, fast));

        listings.update(ada, first, IfMatch.ANY, input -> with(input, "{\"cpu_id\": " + fast.id() + "}"));
        assertEquals(List.of(first, second), cheapest(slow, fast));
        assertStored();
    }

    @Test
    void ofAllListingsOfACpuChangeWithItInOneStatement() {
        Cpu cpu = fixtures.cpu();
        List<ListingInput> inputs =
                Collections.nCopies(500, plain("{\"price_usd\": 80, \"cpu_id\": " + cpu.id() + "}"));
        listings.createAll(ada, inputs);

        assertEquals(
                1, StatementCounter.count(() -> update("UPDATE cpu SET cpu_mark_multi = 8 WHERE id = " + cpu.id())));

        assertStored();
    }

    @Test
    void areRightWhenListingsAndMarksChangeAtTheSameTime() {
        Cpu cpu = fixtures.cpu();
        Cpu other = fixtures.cpu();
        long moving = create(cpu, 50).id();

        List<String> outcomes = Concurrently.run(6, thread -> {
            for (int i = 1; i <= 20; i++) {
                int number = i;
                switch (thread % 3) {
                    case 0 -> create(cpu, i);
                    case 1 ->
                        update("UPDATE cpu SET cpu_mark_multi = " + (thread * 100 + i) + ", cpu_mark_single = " + i
                                + " WHERE id = " + (i % 2 == 0 ? cpu : other).id());
                    default ->
                        listings.update(
                                ada,
                                moving,
                                IfMatch.ANY,
                                input -> with(
                                        input,
                                        "{\"price_usd\": " + number + ", \"cpu_id\": "
                                                + (number % 2 == 0 ? cpu : other).id() + "}"));
                }
            }
        });

        assertEquals(Collections.nCopies(6, "ok"), outcomes);
        assertStored();
        assertEquals(20, listings.get(ada, moving).priceUsd().intValue());
    }

    @Test
    void areThoseOfTheNewCpuIfTheMarksOfTheFormerOneChangeMeanwhile() {
        Cpu former = fixtures.cpu();
        Cpu other = fixtures.cpu();
        long moving = create(former, 300).id();
        CountDownLatch moved = new CountDownLatch(1);

        List<String> outcomes = Concurrently.run(2, thread -> {
            if (thread == 0) {
                Transactions.useTransaction(database.jdbi(), () -> {
                    update("UPDATE listing SET cpu_id = " + other.id() + " WHERE id = " + moving);
                    moved.countDown();
                    Await.until("the change of the marks waits", ListingFixture::isAnyTransactionBlocked);
                });
            } else {
                Await.until("the listing has the other CPU", () -> moved.getCount() == 0);
                update("UPDATE cpu SET cpu_mark_multi = 7, cpu_mark_single = 7 WHERE id = " + former.id());
            }
        });

        assertEquals(List.of("ok", "ok"), outcomes);
        assertStored();
    }

    @Test
    void areDeletedWithTheListing() {
        Listing listing = create(fixtures.cpu(), 10);

        listings.delete(ada, listing.id(), IfMatch.ANY);

        assertEquals(0, count("SELECT count(*) FROM listing_dollars WHERE id = " + listing.id()));
    }
}
