package dealbrain.listings;

import static dealbrain.testing.Records.requireComplete;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.CpuInput;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartKind;
import dealbrain.http.PagedList;
import dealbrain.json.Json;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
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
            ListingOrder.SCORE,
                    nullsLast(Listing::scoreComposite, Comparator.reverseOrder())
                            .thenComparing(Listing::id, Comparator.reverseOrder()),
            ListingOrder.DOLLAR_PER_MARK,
                    nullsLast(ListingSearchTest::dollarsPerMark, Comparator.naturalOrder())
                            .thenComparing(Listing::id));

    private static Listings listings;
    private static List<Listing> all;
    private static List<Long> cpus;
    private static List<Long> gpus;

    @BeforeAll
    static void listings() {
        StatementCounter.listenTo(database.jdbi());
        Fixtures fixtures = new Fixtures(database.jdbi());
        listings = fixtures.listings;
        User ada = fixtures.user("ada");
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
            ids.addAll(listings.createAll(ada, inputs));
        }
        all = ids.stream().map(listings::get).toList();
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
                .put("cpu_id", random.nextInt(4) == 0 ? null : cpus.get(random.nextInt(3)))
                .put("gpu_id", random.nextInt(2) == 0 ? null : gpus.get(random.nextInt(2)));
    }

    private static <V> Comparator<Listing> nullsLast(Function<Listing, @Nullable V> value, Comparator<V> order) {
        return Comparator.comparing(value, Comparator.nullsLast(order));
    }

    private static @Nullable BigDecimal dollarsPerMark(Listing listing) {
        return listing.dollarPerCpuMarkMulti() == null
                ? null
                : listing.priceUsd().divide(new BigDecimal(listing.cpu().cpuMarkMulti()), MathContext.DECIMAL64);
    }

    private static List<Long> ids(List<Listing> results) {
        return results.stream().map(Listing::id).toList();
    }

    private static List<Long> expected(Predicate<Listing> filter, ListingOrder sort) {
        return ids(all.stream().filter(filter).sorted(ORDERS.get(sort)).toList());
    }

    private static ListingQuery page(ListingOrder sort, int limit, int offset) {
        return new ListingQuery(null, null, null, null, null, null, null, sort, limit, offset);
    }

    private static ListingQuery words(String q) {
        return new ListingQuery(q, null, null, null, null, null, null, ListingOrder.NEWEST, 100, 0);
    }

    /** Reads all pages of a query. Returns the ids in their order. */
    private static List<Long> everything(ListingQuery query) {
        List<Long> results = new ArrayList<>();
        for (int offset = 0; ; offset += 40) {
            PagedList<Listing> page = listings.search(new ListingQuery(
                    query.q(),
                    query.status(),
                    query.condition(),
                    query.cpuId(),
                    query.gpuId(),
                    query.minPrice(),
                    query.maxPrice(),
                    query.sort(),
                    40,
                    offset));
            results.addAll(ids(page.items()));
            if (page.items().isEmpty()) {
                assertEquals(results.size(), page.total());
                return results;
            }
        }
    }

    @Nested
    class PageRequest {
        @Test
        void takesOneStatementAndHasAllFieldsOfAllRelations() {
            List<PagedList<Listing>> results = new ArrayList<>();

            int statements =
                    StatementCounter.count(() -> results.add(listings.search(page(ListingOrder.NEWEST, 100, 0))));

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
            PagedList<Listing> results = listings.search(page(ListingOrder.PRICE, 20, Integer.MAX_VALUE));

            assertEquals(List.of(), results.items());
            assertEquals(all.size(), results.total());
        }
    }

    @Nested
    class Filters {
        @Test
        void workAlone() {
            for (ListingStatus status : ListingStatus.values()) {
                requireFound(
                        new ListingQuery(null, status, null, null, null, null, null, ListingOrder.NEWEST, 40, 0),
                        each -> each.status() == status);
            }
            for (Condition condition : Condition.values()) {
                requireFound(
                        new ListingQuery(null, null, condition, null, null, null, null, ListingOrder.PRICE, 40, 0),
                        each -> each.condition() == condition);
            }
            requireFound(
                    new ListingQuery(
                            null, null, null, cpus.get(1), null, null, null, ListingOrder.PRICE_DESCENDING, 40, 0),
                    each -> isOf(each.cpu(), cpus.get(1)));
            requireFound(
                    new ListingQuery(null, null, null, null, gpus.getFirst(), null, null, ListingOrder.SCORE, 40, 0),
                    each -> isOf(each.gpu(), gpus.getFirst()));
            requireFound(
                    new ListingQuery(
                            null, null, null, null, null, new BigDecimal("150"), null, ListingOrder.PRICE, 40, 0),
                    each -> each.priceUsd() != null && each.priceUsd().intValue() >= 150);
            requireFound(
                    new ListingQuery(
                            null, null, null, null, null, null, new BigDecimal("149.99"), ListingOrder.PRICE, 40, 0),
                    each -> each.priceUsd() != null && each.priceUsd().intValue() < 150);
        }

        private static boolean isOf(@Nullable Part part, long id) {
            return part != null && part.id() == id;
        }

        private static void requireFound(ListingQuery query, Predicate<Listing> filter) {
            List<Long> expected = expected(filter, query.sort());
            assertFalse(expected.isEmpty() || expected.size() == all.size(), query::toString);
            assertEquals(expected, everything(query), query::toString);
        }

        @Test
        void workTogether() {
            Random random = new Random(2);
            List<ListingOrder> sorts = ORDERS.keySet().stream().sorted().toList();
            for (int i = 0; i < 60; i++) {
                ListingStatus status = random.nextBoolean() ? null : ListingStatus.values()[random.nextInt(3)];
                Condition condition = random.nextBoolean() ? null : Condition.values()[random.nextInt(3)];
                Long cpu = random.nextBoolean() ? null : cpus.get(random.nextInt(3));
                Long gpu = random.nextBoolean() ? null : gpus.get(random.nextInt(2));
                BigDecimal min = random.nextBoolean() ? null : new BigDecimal(random.nextInt(300));
                BigDecimal max = random.nextBoolean() ? null : new BigDecimal(random.nextInt(400));
                String q = random.nextBoolean() ? null : "tiny";
                ListingQuery query =
                        new ListingQuery(q, status, condition, cpu, gpu, min, max, sorts.get(i % 5), 40, 0);

                assertEquals(
                        expected(
                                each -> (status == null || each.status() == status)
                                        && (condition == null || each.condition() == condition)
                                        && (cpu == null || isOf(each.cpu(), cpu))
                                        && (gpu == null || isOf(each.gpu(), gpu))
                                        && (min == null
                                                || each.priceUsd() != null
                                                        && each.priceUsd().compareTo(min) >= 0)
                                        && (max == null
                                                || each.priceUsd() != null
                                                        && each.priceUsd().compareTo(max) <= 0)
                                        && (q == null || each.title().contains("Tiny")),
                                query.sort()),
                        everything(query),
                        query::toString);
            }
        }

        @Test
        void doNotPutTheirValuesIntoTheStatement() {
            ListingQuery one = new ListingQuery(
                    "tiny",
                    ListingStatus.ACTIVE,
                    Condition.NEW,
                    1L,
                    2L,
                    BigDecimal.ONE,
                    BigDecimal.TEN,
                    ListingOrder.PRICE,
                    20,
                    0);
            ListingQuery two = new ListingQuery(
                    "' OR 1",
                    ListingStatus.PENDING,
                    Condition.USED,
                    77L,
                    88L,
                    BigDecimal.TWO,
                    BigDecimal.ZERO,
                    ListingOrder.PRICE,
                    7,
                    5);

            assertEquals(new ListingSearch(one).sql(), new ListingSearch(two).sql());
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
                    "50 off",
                    "50%",
                    "🚀",
                    "tiny & rocket"
                })
        void findTitlesWithAllWordsOrTheirBeginnings(String q) {
            List<Long> expected = expected(
                    each -> List.of(q.toLowerCase()
                                    .replaceAll("[%&]|(?<=o)'", " ")
                                    .split("[ /-]+"))
                            .stream()
                            .allMatch(word -> beginsAWord(each.title().toLowerCase(), word)),
                    ListingOrder.NEWEST);

            assertEquals(expected, everything(words(q)));
            assertEquals(q.equals("GRÖSS"), expected.isEmpty());
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
            assertEquals(all.size(), listings.search(words("")).total());
            assertEquals(all.size(), listings.search(words("  \t")).total());
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "😀", "'", "\\", "a ", "- ", "é", "a&", "1.", "a@b.c/", "<a>"})
        void mayBeLong(String part) {
            assertTrue(everything(words(part.repeat(200).substring(0, 200))).isEmpty());
        }
    }
}
