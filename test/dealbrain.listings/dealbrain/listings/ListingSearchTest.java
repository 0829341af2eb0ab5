package dealbrain.listings;

import static dealbrain.testing.Records.requireComplete;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartKind;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.http.Total;
import dealbrain.json.Json;
import dealbrain.listings.ListingSearch.Limits;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares the results of searches with those of filters and sort orders in Java. */
class ListingSearchTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** Reads the index of the order for any number of matches. */
    private static final Limits WALK = new Limits(0, 0, 5_000, 10);

    private static final Limits CUT_AT_ONCE = new Limits(0, 0, 3, 0);
    /** Some reads end before the limit, so that the rows without a key are read as well. */
    private static final Limits CUT_LATER = new Limits(0, 0, 60, 0);

    private static final List<Limits> LIMITS = List.of(Limits.DEFAULT, WALK, CUT_AT_ONCE, CUT_LATER);

    private static final List<String> WORDS =
            List.of("Tiny", "OptiPlex 3060/16GB", "O'Neil <neu>", "DDR4-3200", "50% off", "Größe_L", "🚀 Rocket");
    private static final Comparator<Listing> OLDEST_FIRST =
            Comparator.comparing(Listing::createdAt).thenComparing(Listing::id);
    private static final Map<ListingOrder, Comparator<Listing>> ORDERS = Map.of(
            ListingOrder.NEWEST, OLDEST_FIRST.reversed(),
            ListingOrder.PRICE,
                    nullsLast(Listing::priceUsd, Comparator.naturalOrder()).thenComparing(Listing::id),
            ListingOrder.PRICE_DESCENDING,
                    nullsLast(Listing::priceUsd, Comparator.reverseOrder())
                            .thenComparing(Listing::id, Comparator.reverseOrder()),
            ListingOrder.ADJUSTED_PRICE,
                    nullsLast(Listing::adjustedPriceUsd, Comparator.naturalOrder())
                            .thenComparing(Listing::id),
            ListingOrder.ADJUSTED_PRICE_DESCENDING,
                    nullsLast(Listing::adjustedPriceUsd, Comparator.reverseOrder())
                            .thenComparing(Listing::id, Comparator.reverseOrder()),
            ListingOrder.SCORE,
                    nullsLast(Listing::scoreComposite, Comparator.reverseOrder())
                            .thenComparing(Listing::id, Comparator.reverseOrder()),
            ListingOrder.DOLLAR_PER_MARK_MULTI,
                    nullsLast(Listing::dollarPerCpuMarkMulti, Comparator.naturalOrder())
                            .thenComparing(Listing::id),
            ListingOrder.DOLLAR_PER_MARK_SINGLE,
                    nullsLast(Listing::dollarPerCpuMarkSingle, Comparator.naturalOrder())
                            .thenComparing(Listing::id));

    private static Fixtures fixtures;
    private static Listings listings;
    private static User ada;
    private static List<Listing> all;
    private static List<Long> cpus;
    private static List<Long> gpus;

    @BeforeAll
    static void listings() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new Fixtures(database.jdbi());
        listings = fixtures.listings;
        ada = fixtures.user("ada");
        ListingInput complete = fixtures.completeListing();
        cpus = List.of(cpu(fixtures, 1000), cpu(fixtures, 2000), cpu(fixtures, null));
        gpus = List.of(fixtures.gpu().id(), fixtures.gpu().id());
        Random random = new Random(1);
        List<Long> ids = new ArrayList<>();
        for (int batch = 0; batch < 3; batch++) {
            List<ListingInput> inputs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                inputs.add(with(complete, random(random).toString()));
            }
            ids.addAll(listings.createAll(batch == 1 ? fixtures.user("eve") : ada, inputs));
        }
        all = listings.findAll(ada, ids);
    }

    private static long cpu(Fixtures fixtures, @Nullable Integer mark) {
        return fixtures.catalog
                .create(
                        PartKind.CPU,
                        new CpuInput(
                                "Mark " + mark,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                mark,
                                null,
                                null,
                                null,
                                null,
                                JsonNodeFactory.instance.objectNode()))
                .id();
    }

    /** Uses nulls and few different values, so that many listings have equal ones. */
    private static ObjectNode random(Random random) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("title", WORDS.get(random.nextInt(WORDS.size())) + " " + WORDS.get(random.nextInt(WORDS.size())))
                .put("vendor_item_id", (String) null)
                .put(
                        "status",
                        Json.tree(ListingStatus.values()[random.nextInt(3)]).asText())
                .put(
                        "condition",
                        Json.tree(Condition.values()[random.nextInt(3)]).asText())
                .put("price_usd", random.nextInt(4) == 0 ? null : new BigDecimal(random.nextInt(8) * 50))
                .put("score_composite", random.nextInt(4) == 0 ? null : new BigDecimal(random.nextInt(5)))
                .put("adjusted_price_usd", random.nextInt(4) == 0 ? null : new BigDecimal(random.nextInt(8) * 40))
                .putNull("active_profile_id")
                .putNull("ruleset_id")
                .putNull("perf_per_watt")
                .put("cpu_id", random.nextInt(4) == 0 ? null : cpus.get(random.nextInt(3)))
                .put("gpu_id", random.nextInt(2) == 0 ? null : gpus.get(random.nextInt(2)));
    }

    private static <V> Comparator<Listing> nullsLast(Function<Listing, @Nullable V> value, Comparator<V> order) {
        return Comparator.comparing(value, Comparator.nullsLast(order));
    }

    private static List<Long> ids(List<Listing> results) {
        return results.stream().map(Listing::id).toList();
    }

    private static List<Long> expected(Predicate<Listing> filter, ListingOrder sort) {
        return ids(all.stream().filter(filter).sorted(ORDERS.get(sort)).toList());
    }

    private static ListingQuery page(ListingOrder sort, int limit, int offset) {
        return new ListingQuery(
                null, null, null, null, null, null, null, null, sort, limit, offset, null, CountMode.LIMITED);
    }

    private static ListingQuery words(String q) {
        return new ListingQuery(
                q, null, null, null, null, null, null, null, ListingOrder.NEWEST, 100, 0, null, CountMode.LIMITED);
    }

    /** Reads all pages of a query in each way. Returns the ids in their order. */
    private static List<Long> everything(ListingQuery query) {
        List<Long> results = pages(query, Limits.DEFAULT, ListingSearchTest::nextOffset);
        for (Limits limits : LIMITS) {
            assertEquals(
                    results,
                    pages(query, limits, ListingSearchTest::nextOffset),
                    () -> "by offset, " + limits + ": " + query);
            assertEquals(
                    results,
                    pages(query, limits, ListingSearchTest::nextCursor),
                    () -> "by cursor, " + limits + ": " + query);
        }
        return results;
    }

    private static List<Long> pages(
            ListingQuery query, Limits limits, BiFunction<ListingQuery, PagedList<Listing>, ListingQuery> next) {
        List<Long> results = new ArrayList<>();
        PagedList<Listing> page = listings.search(ada, query, limits);
        results.addAll(ids(page.items()));
        for (ListingQuery each = query; page.nextCursor() != null; ) {
            each = next.apply(each, page);
            page = listings.search(ada, each, limits);
            results.addAll(ids(page.items()));
        }
        assertEquals(new Total(results.size(), true), page.total());
        return results;
    }

    private static ListingQuery nextOffset(ListingQuery query, PagedList<Listing> page) {
        return at(query, query.offset() + query.limit(), null);
    }

    private static ListingQuery nextCursor(ListingQuery query, PagedList<Listing> page) {
        return at(query, 0, page.nextCursor());
    }

    private static ListingQuery at(ListingQuery query, int offset, @Nullable String cursor) {
        return new ListingQuery(
                query.q(),
                query.status(),
                query.condition(),
                query.cpuId(),
                query.gpuId(),
                query.owner(),
                query.minPrice(),
                query.maxPrice(),
                query.sort(),
                query.limit(),
                offset,
                cursor,
                query.count());
    }

    @Nested
    class PageRequest {
        @Test
        void takesOneStatementAndHasAllFieldsOfAllRelations() {
            List<PagedList<Listing>> results = new ArrayList<>();

            int statements =
                    StatementCounter.count(() -> results.add(listings.search(ada, page(ListingOrder.NEWEST, 100, 0))));

            assertEquals(1, statements);
            assertEquals(100, results.getFirst().items().size());
            Listing complete = results.getFirst().items().stream()
                    .filter(each -> each.dollarPerCpuMarkMulti() != null && each.gpu() != null)
                    .filter(each -> each.scoreComposite() != null)
                    .findFirst()
                    .orElseThrow();
            requireComplete(complete.gpu(), "gpu");
            requireComplete(complete.portsProfile(), "ports_profile");
            results.getFirst().items().forEach(each -> assertEquals(all.get(ids(all).indexOf(each.id())), each));
        }

        @ParameterizedTest
        @EnumSource(ListingOrder.class)
        void containsEachListingOnceInSortOrder(ListingOrder sort) {
            assertEquals(expected(_ -> true, sort), everything(page(sort, 40, 0)));
        }

        @Test
        void beyondTheEndHasTheTotal() {
            PagedList<Listing> results = listings.search(ada, page(ListingOrder.PRICE, 20, 10_000));

            assertEquals(List.of(), results.items());
            assertEquals(all.size(), results.total().count());
        }
    }

    @Nested
    class Count {
        private static PagedList<Listing> page(CountMode count, @Nullable String q) {
            return listings.search(
                    ada,
                    new ListingQuery(
                            q, null, null, null, null, null, null, null, ListingOrder.SCORE, 10, 0, null, count));
        }

        @Test
        void isExactIfRequested() {
            assertEquals(
                    new Total(all.size(), true), page(CountMode.EXACT, null).total());
            assertEquals(
                    page(CountMode.LIMITED, "tiny").total(),
                    page(CountMode.EXACT, "tiny").total());
        }

        @Test
        void isLeftOutIfRequested() {
            assertNull(page(CountMode.NONE, null).total());
            assertNull(page(CountMode.NONE, "tiny").total());
            assertEquals(
                    page(CountMode.LIMITED, "tiny").items(),
                    page(CountMode.NONE, "tiny").items());
        }
    }

    @Nested
    class Prices {
        /** Both sides of the limits of the ranges that filters are read in. */
        @Test
        void atTheLimitsOfRangesAreFound() {
            List<Long> ids = new ArrayList<>();
            User ben = fixtures.user("ben");
            for (String price : List.of("0", "0.99", "1", "99.99", "100", "100.01", "50000", "1000000")) {
                ids.add(listings.create(ben, fixtures.plainListing("Ranges", price))
                        .id());
            }
            try {
                assertEquals(ids.subList(3, 6).reversed(), priced("99.99", "100.01"));
                assertEquals(ids.subList(4, 5), priced("100", "100"));
                assertEquals(ids.subList(0, 3).reversed(), priced(null, "1"));
                assertEquals(ids.subList(6, 8).reversed(), priced("50000", null));
                assertEquals(List.of(), priced("2", "1"));
            } finally {
                ids.forEach(id -> listings.delete(ben, id, IfMatch.ANY));
            }
        }

        /** Searches in each way. Lists by score are read range by range; here none has a score, so the ids decide. */
        private static List<Long> priced(@Nullable String min, @Nullable String max) {
            Set<List<Long>> results = new LinkedHashSet<>();
            for (ListingOrder sort : List.of(ListingOrder.NEWEST, ListingOrder.SCORE)) {
                for (String q : Arrays.asList(null, "ranges")) {
                    ListingQuery query = new ListingQuery(
                            q,
                            null,
                            null,
                            null,
                            null,
                            null,
                            min == null ? null : new BigDecimal(min),
                            max == null ? null : new BigDecimal(max),
                            sort,
                            100,
                            0,
                            null,
                            CountMode.NONE);
                    LIMITS.forEach(limits -> results.add(own(listings.search(ada, query, limits))));
                }
            }
            assertEquals(1, results.size(), results::toString);
            return results.iterator().next();
        }

        private static List<Long> own(PagedList<Listing> page) {
            return page.items().stream()
                    .filter(each -> each.title().equals("Ranges"))
                    .map(Listing::id)
                    .toList();
        }
    }

    @Nested
    class Filters {
        @Test
        void workAlone() {
            for (ListingOrder sort : ORDERS.keySet()) {
                workAlone(sort);
            }
        }

        private static void workAlone(ListingOrder sort) {
            for (ListingStatus status : ListingStatus.values()) {
                requireFound(
                        new ListingQuery(
                                null, status, null, null, null, null, null, null, sort, 40, 0, null, CountMode.LIMITED),
                        each -> each.status() == status);
            }
            for (Condition condition : Condition.values()) {
                requireFound(
                        new ListingQuery(
                                null,
                                null,
                                condition,
                                null,
                                null,
                                null,
                                null,
                                null,
                                sort,
                                40,
                                0,
                                null,
                                CountMode.LIMITED),
                        each -> each.condition() == condition);
            }
            requireFound(
                    new ListingQuery(
                            null,
                            null,
                            null,
                            cpus.get(1),
                            null,
                            null,
                            null,
                            null,
                            sort,
                            40,
                            0,
                            null,
                            CountMode.LIMITED),
                    each -> isOf(each.cpu(), cpus.get(1)));
            requireFound(
                    new ListingQuery(
                            null,
                            null,
                            null,
                            null,
                            null,
                            ListingOwner.ME,
                            null,
                            null,
                            sort,
                            40,
                            0,
                            null,
                            CountMode.LIMITED),
                    each -> each.ownerId() == ada.id());
            requireFound(
                    new ListingQuery(
                            null,
                            null,
                            null,
                            null,
                            gpus.getFirst(),
                            null,
                            null,
                            null,
                            sort,
                            40,
                            0,
                            null,
                            CountMode.LIMITED),
                    each -> isOf(each.gpu(), gpus.getFirst()));
            requireFound(
                    new ListingQuery(
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            new BigDecimal("150"),
                            null,
                            sort,
                            40,
                            0,
                            null,
                            CountMode.LIMITED),
                    each -> each.priceUsd() != null && each.priceUsd().intValue() >= 150);
            requireFound(
                    new ListingQuery(
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            new BigDecimal("149.99"),
                            sort,
                            40,
                            0,
                            null,
                            CountMode.LIMITED),
                    each -> each.priceUsd() != null && each.priceUsd().intValue() < 150);
        }

        /** The statement sorts them by the price. */
        @Test
        void byOneCpuKeepTheOrderOfDollarsPerMark() {
            ListingOrder sort = ListingOrder.DOLLAR_PER_MARK_MULTI;
            ListingQuery query = new ListingQuery(
                    null, null, null, cpus.get(1), null, null, null, null, sort, 40, 0, null, CountMode.LIMITED);

            assertEquals(expected(each -> isOf(each.cpu(), cpus.get(1)), sort), everything(query));
        }

        private static boolean isOf(@Nullable Part part, long id) {
            return part != null && part.id() == id;
        }

        private static void requireFound(ListingQuery query, Predicate<Listing> filter) {
            List<Long> expected = expected(filter, query.order());
            assertFalse(expected.isEmpty() || expected.size() == all.size(), query::toString);
            assertEquals(expected, everything(query), query::toString);
        }

        @Test
        void workTogether() {
            Random random = new Random(2);
            List<ListingOrder> sorts = ORDERS.keySet().stream().sorted().toList();
            for (int i = 0; i < 150; i++) {
                ListingStatus status = random.nextBoolean() ? null : ListingStatus.values()[random.nextInt(3)];
                Condition condition = random.nextBoolean() ? null : Condition.values()[random.nextInt(3)];
                Long cpu = random.nextBoolean() ? null : cpus.get(random.nextInt(3));
                Long gpu = random.nextBoolean() ? null : gpus.get(random.nextInt(2));
                BigDecimal min = random.nextBoolean() ? null : new BigDecimal(random.nextInt(300));
                BigDecimal max = random.nextBoolean() ? null : new BigDecimal(random.nextInt(400));
                String q = random.nextBoolean() ? null : "tiny";
                ListingOwner owner = random.nextBoolean() ? null : ListingOwner.ME;
                ListingQuery query = new ListingQuery(
                        q,
                        status,
                        condition,
                        cpu,
                        gpu,
                        owner,
                        min,
                        max,
                        sorts.get(i % sorts.size()),
                        40,
                        0,
                        null,
                        CountMode.LIMITED);

                assertEquals(
                        expected(
                                each -> (status == null || each.status() == status)
                                        && (condition == null || each.condition() == condition)
                                        && (cpu == null || isOf(each.cpu(), cpu))
                                        && (gpu == null || isOf(each.gpu(), gpu))
                                        && (owner == null || each.ownerId() == ada.id())
                                        && (min == null
                                                || each.priceUsd() != null
                                                        && each.priceUsd().compareTo(min) >= 0)
                                        && (max == null
                                                || each.priceUsd() != null
                                                        && each.priceUsd().compareTo(max) <= 0)
                                        && (q == null || each.title().contains("Tiny")),
                                query.order()),
                        everything(query),
                        query::toString);
            }
        }

        private static String sql(ListingQuery query) {
            return new ListingSearch(ada.id(), query, Optional.empty(), Limits.DEFAULT).sql();
        }

        @Test
        void doNotPutTheirValuesIntoTheStatement() {
            ListingQuery one = new ListingQuery(
                    "tiny",
                    ListingStatus.ARCHIVED,
                    Condition.NEW,
                    1L,
                    2L,
                    null,
                    BigDecimal.ONE,
                    BigDecimal.TEN,
                    ListingOrder.PRICE,
                    20,
                    0,
                    null,
                    CountMode.LIMITED);
            ListingQuery two = new ListingQuery(
                    "' OR 1",
                    ListingStatus.PENDING,
                    Condition.USED,
                    77L,
                    88L,
                    null,
                    BigDecimal.TWO,
                    BigDecimal.ZERO,
                    ListingOrder.PRICE,
                    7,
                    5,
                    null,
                    CountMode.LIMITED);

            assertEquals(sql(one), sql(two));
        }
    }

    @Nested
    class Words {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "tiny",
                    "TIN",
                    "tiny rocket",
                    "rocket tiny",
                    "optiplex",
                    "3060",
                    "16GB",
                    "3060/16gb",
                    "o'neil",
                    "neil",
                    "neu",
                    "3200",
                    "ddr4-3200",
                    "größe",
                    "GRÖSS",
                    "grosse",
                    "50 off",
                    "50%",
                    "🚀",
                    "tiny & rocket"
                })
        void findTitlesWithAllWordsOrTheirBeginnings(String q) {
            List<Long> expected = expected(
                    each -> List.of(q.toLowerCase()
                                    .replaceAll("gr[oö]ss", "größ")
                                    .replaceAll("[%&]|(?<=o)'", " ")
                                    .split("[ /-]+"))
                            .stream()
                            .allMatch(word -> beginsAWord(each.title().toLowerCase(), word)),
                    ListingOrder.NEWEST);

            assertEquals(expected, everything(words(q)));
            assertFalse(expected.isEmpty());
        }

        private static boolean beginsAWord(String title, String word) {
            return (" " + title.replaceAll("[/'<>%_-]", " ")).contains(" " + word);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nothing",
                    "iny",
                    "tiny nothing",
                    "tiny | nothing",
                    "'",
                    "''",
                    "\\",
                    "&",
                    "!",
                    "|",
                    ":*",
                    "%",
                    "_",
                    "-",
                    "/",
                    "<->",
                    "()",
                    "\"",
                    "*",
                    "tiny\\:*",
                    "'; DROP TABLE listing; --"
                })
        void matchCharactersLiterally(String q) {
            assertEquals(q.equals("tiny\\:*") ? everything(words("tiny")) : List.of(), everything(words(q)));
        }

        @Test
        void areIgnoredInABlankQuery() {
            assertEquals(all.size(), listings.search(ada, words("")).total().count());
            assertEquals(all.size(), listings.search(ada, words("  \t")).total().count());
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "😀", "'", "\\", "a ", "- ", "é", "a&", "0.", "a@b.c/", "<a>"})
        void mayBeLong(String part) {
            assertTrue(everything(words(part.repeat(200).substring(0, 200))).isEmpty());
        }
    }
}
