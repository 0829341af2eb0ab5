package dealbrain.listings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.PartKind;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.json.Json;
import dealbrain.testing.Fixtures;
import dealbrain.valuation.Valuation;
import dealbrain.valuation.ValuationLine;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for the verdicts on all listings, tried with random ones, by the default ruleset and profile. */
class VerdictPropertiesTest extends ListingFixture {
    private static final int LISTINGS = 250;
    private static final Comparator<BigDecimal> LAST_IF_NULL = Comparator.nullsLast(Comparator.naturalOrder());

    private static User owner;
    private static List<Long> cpus;
    private static List<Long> gpus;
    private static List<Long> ids;

    @BeforeAll
    static void randomListings() {
        fixtures.part(PartKind.RULESET, """
                {"name": "Default %1$d", "is_default": true, "rules": [
                 {"component": "ram", "metric": "per_gb", "unit_value_usd": 1.77, "condition_used": 0.55},
                 {"component": "primary_storage", "metric": "per_tb", "unit_value_usd": 47.49},
                 {"component": "secondary_storage", "metric": "flat", "unit_value_usd": 12.15},
                 {"component": "gpu", "metric": "per_1000_marks", "unit_value_usd": 9.99},
                 {"component": "cpu", "metric": "per_1000_marks", "unit_value_usd": 1.11},
                 {"component": "os_license", "metric": "flat", "unit_value_usd": 19.95}]}
                """);
        fixtures.part(PartKind.SCORING_PROFILE, """
                {"name": "Default %1$d", "is_default": true,
                 "weights": {"cpu_mark_multi": 0.3, "gpu_mark": 0.2, "perf_per_watt": 0.1, "ram_gb": 0.2,
                             "storage_gb": 0.1, "price_per_mark": 0.1},
                 "references": {"cpu_mark_multi": 25000, "gpu_mark": 15000, "perf_per_watt": 400, "ram_gb": 64,
                                "storage_gb": 2048, "price_per_mark": [0.005, 0.06]}}
                """);
        Random random = new Random(2026);
        cpus = new ArrayList<>();
        gpus = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            cpus.add(fixtures.part(
                            PartKind.CPU,
                            "{\"name\": \"Random %1$d\", \"cpu_mark_multi\": " + (1 + random.nextInt(40_000))
                                    + ", \"tdp_w\": " + (random.nextInt(3) == 0 ? "null" : 15 + random.nextInt(80))
                                    + "}")
                    .id());
            gpus.add(fixtures.part(
                            PartKind.GPU,
                            "{\"name\": \"Random %1$d\", \"gpu_mark\": " + (1 + random.nextInt(20_000)) + "}")
                    .id());
        }
        owner = fixtures.user("random");
        ids = listings.createAll(
                owner,
                random.ints(LISTINGS).mapToObj(seed -> input(new Random(seed))).toList());
    }

    private static ListingInput input(Random random) {
        ObjectNode listing = Json.object().put("title", "PC");
        if (random.nextInt(10) > 0) {
            listing.put("price_usd", BigDecimal.valueOf(random.nextInt(90_000), 2));
        }
        switch (random.nextInt(4)) {
            case 0 -> listing.put("condition", "new");
            case 1 -> listing.put("condition", "refurb");
            case 2 -> listing.put("condition", "used");
            default -> listing.putNull("condition");
        }
        if (random.nextInt(5) > 0) {
            listing.put("cpu_id", cpus.get(random.nextInt(cpus.size())));
        }
        if (random.nextInt(3) == 0) {
            listing.put("gpu_id", gpus.get(random.nextInt(gpus.size())));
        }
        if (random.nextInt(5) > 0) {
            listing.put("ram_gb", random.nextInt(65)).put("primary_storage_gb", random.nextInt(2049));
        }
        if (random.nextInt(5) == 0) {
            listing.put("secondary_storage_gb", random.nextInt(4000));
        }
        listing.putObject("attributes").put("os_license", random.nextBoolean());
        return Fixtures.input(ListingInput.class, Json.text(listing));
    }

    @Test
    void linesAddUp() {
        int reachedZero = 0;
        for (Listing listing : ids.stream().map(id -> listings.get(owner, id)).toList()) {
            Valuation valuation = Objects.requireNonNull(listing.valuation());
            BigDecimal sum =
                    valuation.lines().stream().map(ValuationLine::amountUsd).reduce(BigDecimal.ZERO, BigDecimal::add);
            assertEquals(0, sum.compareTo(valuation.totalUsd()));
            BigDecimal price = listing.priceUsd();
            if (price != null) {
                BigDecimal adjusted = Objects.requireNonNull(listing.adjustedPriceUsd());
                assertEquals(0, price.subtract(adjusted).compareTo(sum.min(price)), listing::toString);
                reachedZero += adjusted.signum() == 0 ? 1 : 0;
            }
        }
        assertTrue(reachedZero > 3 && reachedZero < LISTINGS / 2, "with and without a remainder: " + reachedZero);
    }

    @ParameterizedTest
    @EnumSource(names = {"SCORE", "ADJUSTED_PRICE", "ADJUSTED_PRICE_DESCENDING"})
    void nothingIsOutOfOrder(ListingOrder order) {
        Function<Listing, @Nullable BigDecimal> key =
                order == ListingOrder.SCORE ? Listing::scoreComposite : Listing::adjustedPriceUsd;
        List<@Nullable BigDecimal> keys = sorted(order).stream().map(key).toList();

        List<BigDecimal> expected = new ArrayList<>();
        ids.forEach(id -> expected.add(key.apply(listings.get(owner, id))));
        expected.sort(
                order == ListingOrder.ADJUSTED_PRICE ? LAST_IF_NULL : Comparator.nullsLast(Comparator.reverseOrder()));
        assertEquals(expected, keys);
        assertTrue(expected.contains(null) && expected.stream().distinct().count() > LISTINGS / 4);
    }

    private static List<Listing> sorted(ListingOrder order) {
        List<Listing> all = new ArrayList<>();
        for (int offset = 0; offset < LISTINGS; offset += 100) {
            all.addAll(listings.search(
                            owner,
                            new ListingQuery(
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    null,
                                    order,
                                    100,
                                    offset,
                                    null,
                                    CountMode.NONE))
                    .items());
        }
        return all.stream().filter(listing -> ids.contains(listing.id())).toList();
    }

    @Test
    void scoresAreBetween0And100() {
        for (Listing listing : listings.findAll(owner, ids)) {
            BigDecimal score = listing.scoreComposite();
            assertTrue(score == null
                    || score.signum() >= 0 && score.compareTo(BigDecimal.valueOf(100)) <= 0 && score.scale() == 1);
        }
    }

    @Test
    void theScoreDoesNotDependOnOtherListings() {
        List<@Nullable BigDecimal> before = new ArrayList<>();
        listings.findAll(owner, ids).forEach(listing -> before.add(listing.scoreComposite()));
        long fast = fixtures.part(PartKind.CPU, "{\"name\": \"Fast %1$d\", \"cpu_mark_multi\": 9000000}")
                .id();
        List<Long> more = listings.createAll(
                ada, List.of(plain("{\"cpu_id\": " + fast + ", \"ram_gb\": 65536}"), plain("{\"ram_gb\": 1}")));

        List<@Nullable BigDecimal> after = new ArrayList<>();
        listings.findAll(owner, ids).forEach(listing -> after.add(listing.scoreComposite()));

        assertEquals(before, after);
        more.forEach(id -> listings.delete(ada, id, IfMatch.ANY));
    }
}
