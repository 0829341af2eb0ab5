package dealbrain.catalog;

import static dealbrain.testing.Problems.problem;
import static dealbrain.testing.Records.requireAsGiven;
import static dealbrain.testing.Records.requireComplete;
import static dealbrain.testing.Records.with;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.accounts.User;
import dealbrain.catalog.CatalogHandler.PartQuery;
import dealbrain.http.CountMode;
import dealbrain.http.IfMatch;
import dealbrain.http.PagedList;
import dealbrain.json.InputError;
import dealbrain.json.Json;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import dealbrain.valuation.RuleComponent;
import dealbrain.valuation.RuleMetric;
import dealbrain.valuation.ValuationRule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartServiceTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final String ALL_KINDS = "dealbrain.catalog.PartServiceTest#kinds";

    private static Fixtures fixtures;
    private static Catalog catalog;
    private static PartService service;
    private static User admin;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new Fixtures(database.jdbi());
        catalog = fixtures.catalog;
        service = new PartService(database.jdbi());
        admin = fixtures.accounts.createUser("admin", Fixtures.PASSWORD, null);
    }

    /** The service for one kind of part. */
    record Parts<P extends Part, I extends Record & PartInput>(PartKind<P, I> kind) {
        PagedList<P> list(String q, int limit, int offset) {
            return service.list(kind, new PartQuery(q, limit, offset, null, CountMode.LIMITED));
        }

        P get(long id) {
            return service.get(kind, id);
        }

        P create(I input) {
            return service.create(kind, input);
        }

        P update(long id, IfMatch condition, UnaryOperator<I> edit) {
            return service.update(admin, kind, id, condition, edit);
        }

        void delete(long id, IfMatch condition) {
            service.delete(admin, kind, id, condition);
        }
    }

    /**
     * One kind of part.
     *
     * @param text    the member that is searched
     * @param member  the member of a listing that refers to it
     * @param numbered an input with every member, of which no two have the same natural key
     */
    record Kind<P extends Part, I extends Record & PartInput>(
            String name, String text, String member, Parts<P, I> parts, IntFunction<I> numbered) {
        I input() {
            return numbered.apply(NUMBER.incrementAndGet());
        }

        I input(String called) {
            return with(input(), "{\"" + text + "\": " + Json.text(called) + "}");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Kind<?, ?>> kinds() {
        return Stream.of(
                new Kind<>(
                        "cpu",
                        "name",
                        "cpu_id",
                        new Parts<>(PartKind.CPU),
                        i -> new CpuInput(
                                "CPU " + i,
                                "Intel",
                                "LGA1700",
                                12,
                                20,
                                65,
                                "UHD 770",
                                30_600,
                                3850,
                                1850,
                                2022,
                                "notes",
                                attributes())),
                new Kind<>(
                        "gpu",
                        "name",
                        "gpu_id",
                        new Parts<>(PartKind.GPU),
                        i -> new GpuInput("GPU " + i, "NVIDIA", 17_000, 90_000, "notes", attributes())),
                new Kind<>(
                        "ram spec",
                        "label",
                        "ram_spec_id",
                        new Parts<>(PartKind.RAM_SPEC),
                        i -> new RamSpecInput("RAM " + i, DdrGeneration.LPDDR5X, 4800, 2, 16, i)),
                new Kind<>(
                        "storage profile",
                        "label",
                        "primary_storage_profile_id",
                        new Parts<>(PartKind.STORAGE_PROFILE),
                        i -> new StorageProfileInput(
                                "Disk " + i, StorageMedium.SATA_SSD, "SATA III", "2.5 in", i, "entry")),
                new Kind<>(
                        "ports profile",
                        "name",
                        "ports_profile_id",
                        new Parts<>(PartKind.PORTS_PROFILE),
                        i -> new PortsProfileInput(
                                "Ports " + i,
                                "a case",
                                List.of(
                                        new Port("usb_a", 4, "3.2"),
                                        new Port("hdmi", 1, null),
                                        new Port("usb_a", 2, "2.0")))),
                new Kind<>(
                        "scoring profile",
                        "name",
                        "active_profile_id",
                        new Parts<>(PartKind.SCORING_PROFILE),
                        i -> new ScoringProfileInput(
                                "Scoring " + i,
                                "weights",
                                Map.of(
                                        "cpu",
                                        new BigDecimal("0.7500"),
                                        "größe",
                                        new BigDecimal("-2"),
                                        "ports",
                                        BigDecimal.ONE),
                                Json.read("{\"ports\": [12.50, 1]}", ObjectNode.class),
                                false)),
                new Kind<>(
                        "ruleset",
                        "name",
                        "ruleset_id",
                        new Parts<>(PartKind.RULESET),
                        i -> new RulesetInput(
                                "Ruleset " + i,
                                "rules",
                                "2.0.1",
                                false,
                                List.of(new ValuationRule(
                                        RuleComponent.GPU,
                                        RuleMetric.PER_1000_MARKS,
                                        new BigDecimal("12.50"),
                                        BigDecimal.ONE,
                                        new BigDecimal("0.750"),
                                        BigDecimal.ZERO)),
                                false)));
    }

    private static ObjectNode attributes() {
        return Json.read(
                "{\"b\": 1.50, \"a\": {\"\": null, \"ключ\": [true, \"it's \\\"quoted\\\" \\\\ 😀\"]}}",
                ObjectNode.class);
    }

    private static List<Long> ids(PagedList<? extends Part> results) {
        return results.items().stream().map(Part::id).toList();
    }

    @Nested
    class Create {
        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void storesEveryMemberInOneStatement(Kind<P, I> kind) {
            I input = kind.input();
            List<P> created = new ArrayList<>();

            int statements = StatementCounter.count(() -> created.add(kind.parts.create(input)));

            assertEquals(1, statements);
            P part = created.getFirst();
            requireComplete((Record) part, kind.name);
            requireAsGiven(input, (Record) part);
            assertEquals(part, kind.parts.get(part.id()));
        }

        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void rejectsADuplicateNaturalKey(Kind<P, I> kind) {
            I input = kind.input();
            kind.parts.create(input);

            assertEquals(
                    409,
                    problem("duplicate-component", () -> kind.parts.create(input))
                            .type()
                            .status());
        }

        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void acceptsANaturalKeyOnceFromConcurrentRequests(
                Kind<P, I> kind) {
            I input = kind.input();

            List<String> outcomes = Concurrently.run(10, _ -> kind.parts.create(input));

            assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            assertEquals(9, Collections.frequency(outcomes, "duplicate-component"), outcomes::toString);
        }

        @Test
        void comparesNaturalKeysWithNulls() {
            catalog.create(PartKind.RAM_SPEC, new RamSpecInput("one", DdrGeneration.HBM3, null, null, null, null));
            catalog.create(
                    PartKind.STORAGE_PROFILE,
                    new StorageProfileInput("one", StorageMedium.UFS, null, null, null, null));

            problem(
                    "duplicate-component",
                    () -> catalog.create(
                            PartKind.RAM_SPEC, new RamSpecInput("two", DdrGeneration.HBM3, null, null, null, null)));
            problem(
                    "duplicate-component",
                    () -> catalog.create(
                            PartKind.STORAGE_PROFILE,
                            new StorageProfileInput("two", StorageMedium.UFS, null, null, null, null)));
            catalog.create(PartKind.RAM_SPEC, new RamSpecInput("one", DdrGeneration.HBM3, null, 1, null, null));
        }

        @Test
        void allowsOneDefaultScoringProfile() {
            List<String> outcomes = Concurrently.run(
                    5,
                    i -> catalog.create(
                            PartKind.SCORING_PROFILE,
                            new ScoringProfileInput("Default " + i, null, Map.of(), Json.object(), true)));

            assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            ScoringProfile created = service.list(
                            PartKind.SCORING_PROFILE, new PartQuery("default", 100, 0, null, CountMode.LIMITED))
                    .items()
                    .getFirst();
            String why = problem(
                            "duplicate-component",
                            () -> catalog.create(
                                    PartKind.SCORING_PROFILE,
                                    new ScoringProfileInput("Another", null, Map.of(), Json.object(), true)))
                    .getMessage();
            assertTrue(why.contains("is the default"), why);

            service.update(
                    admin,
                    PartKind.SCORING_PROFILE,
                    created.id(),
                    IfMatch.ANY,
                    input -> with(input, "{\"is_default\": false}"));
            assertTrue(catalog.create(
                            PartKind.SCORING_PROFILE,
                            new ScoringProfileInput("Another", null, Map.of(), Json.object(), true))
                    .isDefault());
        }

        @Test
        void keepsTheOrderOfPorts() {
            List<Port> ports = List.of(new Port("b", 2, null), new Port("a", 1, "x"), new Port("b", 2, null));

            assertEquals(
                    ports,
                    catalog.create(PartKind.PORTS_PROFILE, new PortsProfileInput("Order", null, ports))
                            .ports());
        }

        @Test
        void keepsTheDigitsOfWeights() {
            Map<String, BigDecimal> weights = new LinkedHashMap<>(
                    Map.of("a", new BigDecimal("0.10"), "b", new BigDecimal("1234567890.123456789")));

            assertEquals(
                    weights,
                    catalog.create(
                                    PartKind.SCORING_PROFILE,
                                    new ScoringProfileInput("Digits", null, weights, Json.object(), false))
                            .weights());
        }

        @Test
        void rejectsLongFreeFormMembers() {
            ObjectNode large = attributes().put("text", "x".repeat(FreeForm.MAX_LENGTH));
            Map<String, BigDecimal> heavy = Map.of("x".repeat(FreeForm.MAX_LENGTH), BigDecimal.ONE);

            List<InputError> gpu = problem(
                            "invalid-input",
                            () -> catalog.create(PartKind.GPU, new GpuInput("Large", null, null, null, null, large)))
                    .errors();
            List<InputError> profile = problem(
                            "invalid-input",
                            () -> catalog.create(
                                    PartKind.SCORING_PROFILE,
                                    new ScoringProfileInput("Heavy", null, heavy, Json.object(), false)))
                    .errors();

            assertEquals(
                    List.of("/attributes"),
                    gpu.stream().map(InputError::pointer).toList());
            assertEquals(
                    List.of("/weights"),
                    profile.stream().map(InputError::pointer).toList());
        }
    }

    @Nested
    class Find {
        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void doesNotFindAnUnknownId(Kind<P, I> kind) {
            problem("not-found", () -> kind.parts.get(Long.MAX_VALUE));
            problem("not-found", () -> kind.parts.get(-1));
        }

        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void listsAllByIdInPages(Kind<P, I> kind) {
            for (int i = 0; i < 3; i++) {
                kind.parts.create(kind.input());
            }
            List<Long> pages = new ArrayList<>();
            long total = kind.parts.list(null, 100, 0).total().count();
            for (int offset = 0; offset < total; offset += 2) {
                pages.addAll(ids(kind.parts.list(null, 2, offset)));
            }

            assertEquals(pages.stream().sorted().distinct().toList(), pages);
            assertEquals(total, pages.size());
            assertEquals(total, kind.parts.list(" ", 1, 1000).total().count());
        }

        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void findsByAllWordsOrTheirBeginnings(Kind<P, I> kind) {
            long id = kind.parts
                    .create(kind.input("Zeta O'Neil i5-8500T/16GB/512GB DDR4-3200 <neu> Größe"))
                    .id();
            kind.parts.create(kind.input("Another thing"));

            for (String q : List.of(
                    "zeta",
                    "ZET",
                    "neil",
                    "o'neil",
                    "8500t zeta",
                    "i5-8500T",
                    "512gb",
                    "16GB/512GB",
                    "3200",
                    "DDR4-3200",
                    "neu",
                    "<neu>",
                    "größ",
                    "zeta & neil",
                    "zeta !!! +",
                    "\"zeta\"",
                    "zeta:*")) {
                assertEquals(List.of(id), ids(kind.parts.list(q, 100, 0)), q);
                assertEquals(1, kind.parts.list(q, 100, 0).total().count(), q);
            }
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "nothing",
                    "Omega nothing",
                    "mega",
                    "omega | another",
                    "'",
                    "''",
                    "\\",
                    "&",
                    "|",
                    "!",
                    ":*",
                    "omega:nothing",
                    "%",
                    "_",
                    "(",
                    ")",
                    "<->",
                    "😀",
                    "'; DROP TABLE cpu; --",
                    "-",
                    "/",
                    "*",
                    "!omega"
                })
        void matchesCharactersLiterally(String q) {
            catalog.create(
                    PartKind.CPU,
                    new CpuInput(
                            "Omega " + NUMBER.incrementAndGet(),
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            null,
                            attributes()));

            boolean findsOmega =
                    service.list(PartKind.CPU, new PartQuery(q, 100, 0, null, CountMode.LIMITED)).items().stream()
                            .anyMatch(cpu -> cpu.name().startsWith("Omega"));

            assertEquals(q.equals("!omega"), findsOmega);
        }

        @ParameterizedTest
        @ValueSource(strings = {"x", "😀", "'", "\\", "a ", "- ", "é", "a&", "9.", "a@b.c/", "<a>"})
        void acceptsLongQueries(String part) {
            String q = part.repeat(200).substring(0, 200);

            assertEquals(
                    0,
                    service.list(PartKind.GPU, new PartQuery(q, 100, 0, null, CountMode.LIMITED))
                            .total()
                            .count());
        }
    }

    @Nested
    class Update {
        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void changesOnlyTheGivenMembers(Kind<P, I> kind) {
            I input = kind.input();
            P created = kind.parts.create(input);
            String change = "{\"" + kind.text + "\": \"changed " + created.id() + "\"}";

            P changed = kind.parts.update(
                    created.id(), new IfMatch(List.of(created.version() + "-tag")), stored -> with(stored, change));

            requireAsGiven(with(input, change), (Record) changed);
            assertEquals(created.version() + 1, changed.version());
            assertEquals(created.createdAt(), changed.createdAt());
            assertTrue(changed.updatedAt().isAfter(created.updatedAt()));
            assertEquals(changed, kind.parts.get(created.id()));
        }

        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void rejectsAnOutdatedVersion(Kind<P, I> kind) {
            P created = kind.parts.create(kind.input());
            IfMatch seen = new IfMatch(List.of(created.version() + "-tag"));
            kind.parts.update(created.id(), seen, input -> input);

            problem("precondition-failed", () -> kind.parts.update(created.id(), seen, input -> input));
            problem("precondition-failed", () -> kind.parts.delete(created.id(), seen));
            problem("not-found", () -> kind.parts.update(Long.MAX_VALUE, IfMatch.ANY, input -> input));
        }

        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void rejectsTheNaturalKeyOfAnotherPart(Kind<P, I> kind) {
            I other = kind.input();
            kind.parts.create(other);
            P created = kind.parts.create(kind.input());

            problem("duplicate-component", () -> kind.parts.update(created.id(), IfMatch.ANY, _ -> other));
            assertEquals(created, kind.parts.get(created.id()));
        }

        @Test
        void keepsAllConcurrentChanges() {
            Cpu created = fixtures.cpu();
            List<String> changes = List.of(
                    "{\"cores\": 3}",
                    "{\"threads\": 6}",
                    "{\"tdp_w\": 15}",
                    "{\"notes\": null}",
                    "{\"igpu_mark\": 99}");

            List<String> outcomes = Concurrently.run(
                    5,
                    i -> service.update(
                            admin, PartKind.CPU, created.id(), IfMatch.ANY, stored -> with(stored, changes.get(i))));

            assertEquals(5, Collections.frequency(outcomes, "ok"), outcomes::toString);
            Cpu stored = service.get(PartKind.CPU, created.id());
            assertEquals(
                    List.of(3, 6, 15, 99), List.of(stored.cores(), stored.threads(), stored.tdpW(), stored.igpuMark()));
            assertEquals(null, stored.notes());
        }
    }

    @Nested
    class Delete {
        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void deletesAnUnusedPart(Kind<P, I> kind) {
            P created = kind.parts.create(kind.input());

            kind.parts.delete(created.id(), IfMatch.ANY);

            problem("not-found", () -> kind.parts.get(created.id()));
            problem("not-found", () -> kind.parts.delete(created.id(), IfMatch.ANY));
        }

        @ParameterizedTest
        @MethodSource(ALL_KINDS)
        <P extends Part, I extends Record & PartInput> void doesNotDeleteAUsedPart(Kind<P, I> kind) {
            P created = kind.parts.create(kind.input());
            long listing = insertListing(kind.member, created.id());

            assertEquals(
                    409,
                    problem("component-in-use", () -> kind.parts.delete(created.id(), IfMatch.ANY))
                            .type()
                            .status());

            database.jdbi().useHandle(handle -> handle.execute("DELETE FROM listing WHERE id = ?", listing));
            kind.parts.delete(created.id(), IfMatch.ANY);
        }

        @Test
        void deletesAPartOrCreatesAListingOfItButNeverBoth() {
            for (int round = 0; round < 5; round++) {
                Cpu cpu = fixtures.cpu();

                List<String> outcomes = Concurrently.run(2, i -> {
                    if (i == 0) {
                        service.delete(admin, PartKind.CPU, cpu.id(), IfMatch.ANY);
                    } else {
                        insertListing("cpu_id", cpu.id());
                    }
                });

                assertEquals(1, Collections.frequency(outcomes, "ok"), outcomes::toString);
            }
        }

        /** Inserts a listing that refers to a part. The module listings is above this one. */
        private long insertListing(String foreignKey, long partId) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("INSERT INTO listing (owner_id, title, " + foreignKey
                                    + ") VALUES (:ownerId, 'PC', :partId) RETURNING id")
                            .bind("ownerId", fixtures.user("ada").id())
                            .bind("partId", partId)
                            .mapTo(Long.class)
                            .one());
        }
    }

    @Test
    void hasSevenKinds() {
        assertEquals(7, kinds().count());
        assertFalse(kinds().anyMatch(kind -> kind.input().equals(kind.input())));
    }
}
