package dealbrain.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StarterCatalogTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final StatementCounter statements = new StatementCounter(database::jdbi);

    private static final List<CpuInput> CPUS =
            StarterCatalog.table(PartKind.CPU, new InputSchemas(), "starter-cpus.csv");
    private static final List<GpuInput> GPUS =
            StarterCatalog.table(PartKind.GPU, new InputSchemas(), "starter-gpus.csv");

    @Nested
    class Processors {
        private static final Set<String> SOCKETS = Set.of(
                "LGA1150",
                "LGA1151",
                "LGA1200",
                "LGA1700",
                "LGA2011-3",
                "LGA2066",
                "FCBGA1090",
                "FCBGA1168",
                "FCBGA1170",
                "FCBGA1264",
                "FCBGA1296",
                "FCBGA1338",
                "AM4",
                "AM5",
                "FM2+",
                "FP5",
                "FP6",
                "FP8");

        /** Fails with the names of the processors that break a rule. */
        private static void assertAll(String pattern, Predicate<CpuInput> rule) {
            List<CpuInput> matching =
                    CPUS.stream().filter(cpu -> cpu.name().matches(pattern)).toList();
            assertFalse(matching.isEmpty(), pattern);
            assertEquals(
                    List.of(),
                    matching.stream().filter(rule.negate()).map(CpuInput::name).toList());
        }

        private static boolean isBetween(@Nullable Integer value, int min, int max) {
            return value == null || (value >= min && value <= max);
        }

        @Test
        void areThoseOfTheLastTwelveYears() {
            assertTrue(CPUS.size() > 300, CPUS.size() + " processors");
            assertAll(".*", cpu -> isBetween(Objects.requireNonNull(cpu.releaseYear()), 2013, 2026));
        }

        @Test
        void haveTheirMakerInTheName() {
            assertAll(".*", cpu -> cpu.name().startsWith(cpu.manufacturer() + " "));
            assertAll(".*", cpu -> Set.of("Intel", "AMD", "Apple").contains(cpu.manufacturer()));
        }

        @Test
        void haveDifferentNames() {
            Map<String, String> byKey = new HashMap<>();
            CPUS.forEach(cpu ->
                    assertNull(byKey.put(PartName.of(PartKind.CPU, cpu.name()).key(), cpu.name()), cpu.name()));
        }

        @Test
        void havePlausibleNumbers() {
            assertAll(".*", cpu -> isBetween(cpu.cores(), 2, 32) && isBetween(cpu.tdpW(), 6, 140));
            assertAll(
                    ".*",
                    cpu -> cpu.threads() == null
                            || isBetween(cpu.threads(), Objects.requireNonNull(cpu.cores()), 2 * cpu.cores()));
            assertAll(".*", cpu -> cpu.socket() == null || SOCKETS.contains(cpu.socket()));
        }

        @Test
        void haveThePowerThatTheirSuffixMeans() {
            assertAll("Intel (Core|Pentium|Celeron).*\\dT", cpu -> Objects.equals(cpu.tdpW(), 35));
            assertAll("AMD .*\\dGE", cpu -> Objects.equals(cpu.tdpW(), 35));
            assertAll("AMD (Ryzen \\d (PRO )?|Athlon Gold PRO )\\d{4}G", cpu -> Objects.equals(cpu.tdpW(), 65));
            assertAll("Intel Core.*\\dU", cpu -> isBetween(cpu.tdpW(), 15, 28));
            assertAll("Intel Core.*\\dP", cpu -> Objects.equals(cpu.tdpW(), 28));
            assertAll("Intel Core.*\\d(H|HK|HQ)", cpu -> Objects.equals(cpu.tdpW(), 45));
            assertAll("AMD Ryzen .*\\dU", cpu -> cpu.tdpW() == null || cpu.tdpW() == 15);
        }

        @Test
        void haveNoGraphicsIfTheirSuffixSaysSo() {
            assertAll(".*\\dF", cpu -> cpu.igpuModel() == null);
            assertAll("AMD Ryzen .*\\dX", cpu -> cpu.igpuModel() == null);
            assertAll("Intel Core i\\d-\\d+[TKSUPH]?", cpu -> cpu.igpuModel() != null);
            assertAll("Intel Xeon E-2\\d+G", cpu -> cpu.igpuModel() != null);
            assertAll("AMD Ryzen .*\\d(G|GE|U|H|HS)", cpu -> cpu.igpuModel() != null);
        }

        /** The generation of a Core processor for desktops decides about its socket and year. */
        @ParameterizedTest
        @CsvSource({
            "4,LGA1150,2013,2015", "6,LGA1151,2015,2015", "7,LGA1151,2017,2017", "8,LGA1151,2017,2018",
            "9,LGA1151,2018,2019", "10,LGA1200,2020,2021", "11,LGA1200,2021,2021", "12,LGA1700,2021,2022",
            "13,LGA1700,2023,2023", "14,LGA1700,2024,2024"
        })
        void haveTheSocketOfTheirGeneration(String generation, String socket, int first, int last) {
            assertAll(
                    "Intel Core i\\d-" + generation + "\\d{3}[FKST]?",
                    cpu -> socket.equals(cpu.socket()) && isBetween(cpu.releaseYear(), first, last));
        }

        @Test
        void haveNoMarks() {
            assertAll(".*", cpu -> cpu.cpuMarkMulti() == null && cpu.cpuMarkSingle() == null && cpu.igpuMark() == null);
        }
    }

    @Nested
    class GraphicsCards {
        @Test
        void haveDifferentNamesWithTheirMaker() {
            assertTrue(GPUS.size() >= 60, GPUS.size() + " graphics cards");
            Map<String, String> byKey = new HashMap<>();
            for (GpuInput gpu : GPUS) {
                assertTrue(gpu.name().startsWith(gpu.manufacturer() + " "), gpu.name());
                assertTrue(gpu.name().matches("(NVIDIA|AMD|Intel) [A-Za-z0-9 ]+"), gpu.name());
                assertNull(byKey.put(PartName.of(PartKind.GPU, gpu.name()).key(), gpu.name()), gpu.name());
                assertNull(gpu.gpuMark());
            }
        }
    }

    @Nested
    class Addition {
        private final Catalog catalog = new Fixtures(database.jdbi()).catalog;

        @BeforeEach
        void empty() {
            execute("DELETE FROM cpu; DELETE FROM gpu; DELETE FROM scoring_profile; DELETE FROM ruleset;"
                    + " DELETE FROM starter_catalog");
        }

        private static void execute(String statements) {
            database.jdbi().useHandle(handle -> handle.execute(statements));
        }

        private static int count(String from) {
            return database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT count(*) FROM " + from)
                            .mapTo(Integer.class)
                            .one());
        }

        private CpuInput cpu(String json) {
            return Json.read(json.replace('\'', '"'), CpuInput.class);
        }

        @Test
        void isDoneOnce() {
            assertTrue(statements.expect(1, catalog::isUnused));
            assertEquals(CPUS.size() + GPUS.size() + 4, statements.expect(9, catalog::addStarterCatalog));
            assertEquals(CPUS.size(), count("cpu"));
            assertEquals(GPUS.size(), count("gpu"));
            assertFalse(catalog.isUnused());
            assertEquals(0, catalog.addStarterCatalog());
        }

        @Test
        void isNotRepeatedAfterAllPartsWereDeleted() {
            catalog.addStarterCatalog();
            execute("DELETE FROM cpu; DELETE FROM gpu; DELETE FROM scoring_profile; DELETE FROM ruleset");
            assertFalse(catalog.isUnused());
            assertEquals(0, catalog.addStarterCatalog());
            assertEquals(0, count("cpu"));
        }

        @Test
        void isDoneByOneOfSeveralInstances() {
            AtomicInteger added = new AtomicInteger();
            assertEquals(
                    List.of("ok", "ok", "ok", "ok"),
                    Concurrently.run(4, _ -> added.addAndGet(catalog.addStarterCatalog())));
            assertEquals(CPUS.size() + GPUS.size() + 4, added.get());
            assertEquals(CPUS.size(), count("cpu"));
        }

        @Test
        void keepsPartsThatExist() {
            long id = catalog.findOrCreate(
                            PartKind.CPU,
                            List.of(cpu("{'name': 'Intel Core i5-12500T', 'cpu_mark_multi': 17500, 'attributes': {}}")))
                    .getFirst();
            assertFalse(catalog.isUnused());
            catalog.addStarterCatalog();
            assertEquals(CPUS.size(), count("cpu"));
            assertEquals(1, count("cpu WHERE cpu_mark_multi = 17500 AND id = " + id));
        }

        @Test
        void hasOneDefaultProfileAndKeepsThatOfTheAdministrator() {
            catalog.addStarterCatalog();
            assertEquals(3, count("scoring_profile WHERE description <> ''"));
            assertEquals(1, count("scoring_profile WHERE is_default AND name = 'Home server'"));
            execute("DELETE FROM starter_catalog; DELETE FROM scoring_profile;"
                    + " INSERT INTO scoring_profile (name, is_default) VALUES ('Mine', true)");
            catalog.addStarterCatalog();
            assertEquals(4, count("scoring_profile"));
            assertEquals(1, count("scoring_profile WHERE is_default AND name = 'Mine'"));
        }

        @Test
        void hasOneDefaultRulesetAndKeepsThatOfTheAdministrator() {
            catalog.addStarterCatalog();
            assertEquals(1, count("ruleset WHERE is_default AND name = 'Used office PCs'"));
            execute("DELETE FROM starter_catalog; DELETE FROM ruleset;"
                    + " INSERT INTO ruleset (name, is_default) VALUES ('Mine', true)");
            catalog.addStarterCatalog();
            assertEquals(2, count("ruleset"));
            assertEquals(1, count("ruleset WHERE is_default AND name = 'Mine'"));
        }

        @Test
        void isFoundByTheNamesThatPeopleWrite() {
            catalog.addStarterCatalog();
            List<String> cpus = List.of(
                    "i5-12500T",
                    "Intel(R) Core(TM) i5-12500T CPU @ 2.00GHz",
                    "12500T",
                    "Core i7 8700",
                    "J4125",
                    "Celeron N5105",
                    "N100",
                    "Intel Processor N100",
                    "i3-N305",
                    "N305",
                    "Ryzen 5 PRO 4650GE",
                    "5750GE",
                    "Xeon E3-1245 v5",
                    "E3-1245 v5",
                    "W-2135",
                    "M1",
                    "Apple M4",
                    "Pentium Gold G5400T",
                    "Athlon 200GE",
                    "A10-9700E",
                    "AMD Ryzen 7 5700U with Radeon Graphics");
            List<String> gpus = List.of(
                    "GTX 1050 Ti",
                    "NVIDIA GeForce GTX 1650",
                    "Quadro P620",
                    "RX 6600",
                    "T1000",
                    "Arc A380",
                    "WX 3100",
                    "RTX A2000");
            assertEquals(List.of(), unknown(PartKind.CPU, cpus));
            assertEquals(List.of(), unknown(PartKind.GPU, gpus));
        }

        private List<String> unknown(PartKind<?, ?> kind, List<String> names) {
            Map<String, PartResolution> resolved = catalog.resolve(kind, names);
            return names.stream()
                    .filter(name -> Objects.requireNonNull(resolved.get(name)).id() == null)
                    .map(name -> name + " " + resolved.get(name))
                    .toList();
        }

        @Test
        void writesTheWordsForSearches() {
            catalog.addStarterCatalog();
            assertEquals(0, count("cpu_words WHERE words IS NULL"));
            assertEquals(1, count("cpu_words WHERE text = 'Intel Core i5-12500T'"));
        }
    }
}
