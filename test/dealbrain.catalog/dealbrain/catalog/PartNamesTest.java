package dealbrain.catalog;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.catalog.PartResolution.Basis;
import dealbrain.http.IfMatch;
import dealbrain.json.InputError.Candidate;
import dealbrain.testing.Fixtures;
import dealbrain.testing.Records;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PartNamesTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final StatementCounter statements = new StatementCounter(database::jdbi);

    private Catalog catalog;

    @BeforeEach
    void empty() {
        catalog = new Fixtures(database.jdbi()).catalog;
        execute("DELETE FROM cpu");
        execute("DELETE FROM gpu");
        execute("DELETE FROM ram_spec");
        execute("DELETE FROM ruleset");
    }

    private static void execute(String sql) {
        database.jdbi().useHandle(handle -> handle.execute(sql));
    }

    private long cpu(String name) {
        return catalog.create(PartKind.CPU, Fixtures.input(CpuInput.class, "{\"name\": \"" + name + "\"}"))
                .id();
    }

    private PartResolution resolve(PartKind<?, ?> kind, String name) {
        return Objects.requireNonNull(catalog.resolve(kind, List.of(name)).get(name));
    }

    private static List<String> names(PartResolution resolution) {
        return resolution.candidates().stream().map(Candidate::name).toList();
    }

    private void assertResolved(Basis basis, long id, String name) {
        assertEquals(new PartResolution(id, basis, List.of()), resolve(PartKind.CPU, name), name);
    }

    @Test
    void resolvesByTheNormalisedName() {
        long id = cpu("Intel Core i5-12500T");
        cpu("Intel Core i5-12500");

        for (String name : List.of(
                "Intel Core i5-12500T",
                "i5-12500T",
                " I5 12500t ",
                "12th Gen Intel(R) Core(TM) i5-12500T CPU @ 2.00GHz")) {
            assertResolved(Basis.NAME, id, name);
        }
    }

    @Test
    void resolvesByWordsThatOnePartHas() {
        long intel = cpu("Intel Core i5-12500T");
        long amd = cpu("AMD Ryzen 5 5600G");
        cpu("AMD Ryzen 5 5600");

        assertResolved(Basis.WORDS, intel, "12500T");
        assertResolved(Basis.WORDS, amd, "AMD 5600G");
    }

    @Test
    void doesNotResolveTheWordsOfSeveralParts() {
        long oneId = cpu("Intel Core i5-8500");
        long otherId = cpu("Intel Core i7-8500");

        PartResolution resolution = resolve(PartKind.CPU, "8500");

        assertEquals(Basis.AMBIGUOUS, resolution.basis());
        assertNull(resolution.id());
        assertEquals(
                List.of(new Candidate(oneId, "Intel Core i5-8500"), new Candidate(otherId, "Intel Core i7-8500")),
                resolution.candidates());
    }

    @Test
    void offersFiveOfAFamily() {
        IntStream.range(0, 8).forEach(i -> cpu("Intel Core i5-850" + i));

        PartResolution resolution = resolve(PartKind.CPU, "i5");

        assertEquals(Basis.AMBIGUOUS, resolution.basis());
        assertEquals(5, resolution.candidates().size());
    }

    @Test
    void doesNotTakeAFamilyForItsOnlyMember() {
        cpu("Intel Core i5-12500T");

        assertEquals(Basis.AMBIGUOUS, resolve(PartKind.CPU, "Core i5").basis());
        assertEquals(Basis.UNKNOWN, resolve(PartKind.CPU, "i5 8th gen").basis());
    }

    @Test
    void prefersTheEqualNameAmongThoseThatAreNormalisedAlike() {
        long plain = cpu("i5-12500T");
        long full = cpu("Intel Core i5-12500T");

        assertResolved(Basis.NAME, plain, "i5-12500T");
        assertResolved(Basis.NAME, full, "Intel Core i5-12500T");
        PartResolution other = resolve(PartKind.CPU, "Intel i5 12500T");
        assertEquals(Basis.AMBIGUOUS, other.basis());
        assertEquals(List.of("i5-12500T", "Intel Core i5-12500T"), names(other));
    }

    @Test
    void offersSimilarNamesForAnUnknownOne() {
        cpu("Intel Core i5-12500T");
        cpu("Intel Core i5-12600K");
        cpu("AMD Ryzen 5 5600G");

        assertEquals(
                List.of("Intel Core i5-12500T", "Intel Core i5-12600K"), names(resolve(PartKind.CPU, "i5-12500X")));
        assertEquals(List.of("AMD Ryzen 5 5600G"), names(resolve(PartKind.CPU, "5600G with a cooler")));
        assertEquals(new PartResolution(null, Basis.UNKNOWN, List.of()), resolve(PartKind.CPU, "Pentium III"));
    }

    @Test
    void offersTheShortestOfSimilarNamesFirst() {
        Stream.of("", "T", "K", "H", "F").forEach(suffix -> cpu("Intel Core i7-12700" + suffix));

        PartResolution resolution = resolve(PartKind.CPU, "i7-12700X");

        assertEquals(5, resolution.candidates().size());
        assertEquals("Intel Core i7-12700", resolution.candidates().getFirst().name());
    }

    @Test
    void resolvesNoNameOfNothing() {
        catalog.create(PartKind.RAM_SPEC, new RamSpecInput(null, DdrGeneration.DDR4, null, null, null, 8));

        for (String name : List.of(" ", "-", "***", "'", "\\", "😀")) {
            assertEquals(new PartResolution(null, Basis.UNKNOWN, List.of()), resolve(PartKind.RAM_SPEC, name), name);
        }
    }

    @Test
    void distinguishesModelsOfGraphicsCards() {
        catalog.create(PartKind.GPU, Fixtures.input(GpuInput.class, "{\"name\": \"GeForce GTX 1650 Super\"}"));

        PartResolution resolution = resolve(PartKind.GPU, "GTX 1650");

        assertEquals(Basis.UNKNOWN, resolution.basis());
        assertEquals(List.of("GeForce GTX 1650 Super"), names(resolution));
    }

    @Test
    void resolvesManyNamesInOneStatement() {
        long id = cpu("Intel Core i5-12500T");
        List<String> names = Stream.concat(
                        Stream.of("i5-12500T", "12500T"),
                        IntStream.range(0, 1000).mapToObj(i -> "Unknown " + i))
                .toList();

        Map<String, PartResolution> resolved = statements.expect(1, () -> catalog.resolve(PartKind.CPU, names));

        assertEquals(1002, resolved.size());
        assertEquals(id, Objects.requireNonNull(resolved.get("12500T")).id());
        assertNull(Objects.requireNonNull(resolved.get("Unknown 999")).id());
        assertEquals(Map.of(), statements.expect(0, () -> catalog.resolve(PartKind.CPU, List.of())));
    }

    @Test
    void resolvesEachKindOfPart() {
        for (PartKind<?, ?> kind : PartKind.all()) {
            assertEquals(Basis.UNKNOWN, resolve(kind, "No such thing").basis(), kind.name());
        }
        long id = catalog.create(
                        PartKind.RULESET, Fixtures.input(RulesetInput.class, "{\"name\": \"Office PCs 2026\"}"))
                .id();

        assertEquals(id, resolve(PartKind.RULESET, "office-pcs 2026").id());
        assertEquals(id, resolve(PartKind.RULESET, "2026").id());
    }

    @Test
    void followsARename() {
        long id = cpu("Intel Core i5-12500T");

        new PartService(database.jdbi())
                .update(
                        new Fixtures(database.jdbi()).user("admin"),
                        PartKind.CPU,
                        id,
                        IfMatch.ANY,
                        input -> Records.with(input, "{\"name\": \"AMD Ryzen 5 5600G\"}"));

        assertEquals(Basis.UNKNOWN, resolve(PartKind.CPU, "i5-12500T").basis());
        assertResolved(Basis.NAME, id, "Ryzen 5 5600G");
    }

    /** As by a script, or by a server of an older version. */
    @Test
    void resolvesPartsThatWereWrittenWithoutNormalisedNamesOnceTheyAreFilled() {
        execute("INSERT INTO cpu (name) VALUES ('Intel Core i5-12500T')");
        assertEquals(Basis.UNKNOWN, resolve(PartKind.CPU, "i5-12500T").basis());

        assertTrue(catalog.fillWords() > 0);
        assertEquals(Basis.NAME, resolve(PartKind.CPU, "i5-12500T").basis());

        execute("UPDATE cpu SET name = 'AMD Ryzen 5 5600G'");
        assertEquals(Basis.UNKNOWN, resolve(PartKind.CPU, "i5-12500T").basis());
        catalog.fillWords();
        assertEquals(Basis.NAME, resolve(PartKind.CPU, "Ryzen 5 5600G").basis());

        execute("UPDATE cpu SET cores = 6");
        assertEquals(0, catalog.fillWords());
    }

    @Test
    void createsMissingPartsWithTheirNames() {
        List<Long> ids = catalog.findOrCreate(
                PartKind.CPU, List.of(Fixtures.input(CpuInput.class, "{\"name\": \"Intel Core i5-12500T\"}")));

        assertResolved(Basis.NAME, ids.getFirst(), "i5-12500T");
    }

    @Test
    void readsIndexesOnlyInALargeCatalog() {
        execute("INSERT INTO cpu (name) SELECT 'Intel Core i' || 3 + n % 3 * 2 || '-' || 10000 + n"
                + " FROM generate_series(1, 10000) n");
        catalog.fillWords();
        execute("ANALYZE cpu_names");

        long read = database.jdbi().inTransaction(handle -> {
            long before = rowsReadWithoutIndex(handle); // also by earlier transactions of the connection
            Map<String, PartResolution> resolved = PartNames.resolve(
                    handle.attach(PartDao.class),
                    PartKind.CPU,
                    List.of("i5-12345X", "12346", "Intel Core i7-12347", "none"));
            assertEquals(
                    Basis.WORDS, Objects.requireNonNull(resolved.get("12346")).basis());
            return rowsReadWithoutIndex(handle) - before;
        });

        assertEquals(0, read);
    }

    private static long rowsReadWithoutIndex(Handle handle) {
        return handle.createQuery("SELECT seq_tup_read FROM pg_stat_xact_user_tables WHERE relname = 'cpu_names'")
                .mapTo(Long.class)
                .one();
    }
}
