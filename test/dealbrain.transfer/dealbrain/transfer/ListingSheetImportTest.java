package dealbrain.transfer;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.catalog.PartKind;
import dealbrain.csv.CsvFile;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.listings.Listing;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import dealbrain.transfer.ListingSheetReport.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ListingSheetImportTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static Fixtures fixtures;
    private static ListingSheetImport imports;
    private User ada;
    /** A marketplace that no other test uses. */
    private String market;

    @BeforeAll
    static void connect() {
        StatementCounter.listenTo(database.jdbi());
        fixtures = new Fixtures(database.jdbi());
        imports = service();
    }

    private static ListingSheetImport service() {
        return new ListingSheetImport(database.jdbi(), fixtures.catalog, fixtures.listings);
    }

    @BeforeEach
    void user() {
        ada = fixtures.user("ada");
        market = "m-" + UUID.randomUUID();
    }

    private static CsvFile file(String text) {
        return CsvFile.read(text.getBytes(StandardCharsets.UTF_8), ListingSheet.MAX_ROWS);
    }

    private ListingSheetReport run(String text) {
        return imports.run(ada, file(text), false);
    }

    private List<Listing> stored() {
        return fixtures.listings.ownAfter(ada, 0, 10_000);
    }

    private static List<Outcome> outcomes(ListingSheetReport report) {
        return report.rows().stream().map(ListingSheetReport.RowReport::outcome).toList();
    }

    @Test
    void createsListingsWithTheirParts() {
        String cpu = fixtures.cpu().name();

        ListingSheetReport report = run("""
                Titel;Preis;Zustand;Prozessor;Arbeitsspeicher;Festplatte
                A;1.179,50;neu;%1$s;16 GB DDR4-3200;512 GB NVMe
                B;149;gebraucht;%1$s;2x8GB DDR4 3200;256 GB
                """.formatted(cpu));

        assertEquals(List.of(Outcome.CREATED, Outcome.CREATED), outcomes(report));
        assertEquals(2, report.created());
        List<Listing> stored = stored();
        assertEquals(
                report.rows().stream().map(ListingSheetReport.RowReport::id).toList(),
                stored.stream().map(Listing::id).toList());
        Listing first = stored.getFirst();
        assertEquals("1179.50", String.valueOf(first.priceUsd()));
        assertEquals(cpu, first.cpu() == null ? null : first.cpu().name());
        assertNotNull(first.ramSpec());
        assertEquals(16, first.ramSpec().totalCapacityGb());
        assertEquals(3200, first.ramSpec().speedMhz());
        assertNotNull(first.primaryStorageProfile());
        assertEquals(512, first.primaryStorageProfile().capacityGb());
        assertEquals(256, stored.getLast().primaryStorageGb());
        assertNull(stored.getLast().primaryStorageProfile());
    }

    @Test
    void changesOnlyTheColumnsOfTheFile() {
        run("title,marketplace,item id,price,notes,manufacturer\nA,%s,1,100,mine,Dell\n".formatted(market));
        long id = stored().getFirst().id();

        ListingSheetReport report = run("title,marketplace,item id,price,notes\nB,%s,1,90,\n".formatted(market));

        assertEquals(List.of(Outcome.UPDATED), outcomes(report));
        Listing changed = stored().getFirst();
        assertEquals(id, changed.id());
        assertEquals("B", changed.title());
        assertEquals("90.00", String.valueOf(changed.priceUsd()));
        assertEquals("Dell", changed.manufacturer());
        assertNull(changed.notes());
        assertEquals(2, changed.rowVersion());
    }

    @Test
    void isFoundByItsNewWords() {
        run("title,marketplace,item id,manufacturer\nalpha,%s,1,Dell\n".formatted(market));
        run("title,marketplace,item id\nomega,%s,1\n".formatted(market));

        List<String> texts = database.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT text || ' ' || (words IS NOT NULL) FROM listing_words WHERE id = :id")
                        .bind("id", stored().getFirst().id())
                        .mapTo(String.class)
                        .list());
        assertEquals(List.of("omega Dell true"), texts);
    }

    @Test
    void storesNothingTheSecondTime() {
        String text = """
                title,price,condition,ram,attributes,marketplace,item id,date
                same,100,used,8 GB,,,,
                same,100,used,8 GB,,,,
                other,99.9,,16 GB DDR4,"{""a"": 1}",,,2026-01-31
                keyed,1,new,,,%s,1,
                """.formatted(market);
        assertEquals(4, run(text).created());
        List<Listing> before = stored();

        ListingSheetReport again = run(text);

        assertEquals(4, again.unchanged());
        assertEquals(before, stored());
        assertEquals(
                4,
                again.rows().stream()
                        .map(ListingSheetReport.RowReport::id)
                        .distinct()
                        .count());
    }

    @Test
    void ignoresMembersThatTheFileDoesNotHave() {
        run("title,price,notes\nPC,100,mine\n");

        assertEquals(List.of(Outcome.UNCHANGED), outcomes(run("title,price\nPC,100\n")));
        assertEquals(List.of(Outcome.CREATED), outcomes(run("title,price,notes\nPC,100,\n")));
    }

    @Test
    void neverMatchesListingsOfOthers() {
        User bob = fixtures.user("bob");
        imports.run(bob, file("title,price\nPC,100\n"), false);

        assertEquals(List.of(Outcome.CREATED), outcomes(run("title,price\nPC,100\n")));
    }

    @Test
    void storesNothingIfARowIsInvalid() {
        String text = "title,price,ram,cpu\nA,1,%d GB DDR3,\nB,x,,no such CPU\n,2,,\n".formatted(60_000);

        ProblemException problem = problem("invalid-input", () -> run(text));

        assertEquals(
                List.of("/3/price_usd", "/3/cpu", "/4/title"),
                problem.errors().stream().map(InputError::pointer).toList());
        assertEquals(
                "row 3, column price: price_usd must be a number of US dollars such as 1234.56, was 'x'",
                problem.errors().getFirst().detail());
        assertEquals(List.of(), stored());
        assertEquals(
                0,
                database.jdbi()
                        .<Integer, RuntimeException>withHandle(handle -> handle.createQuery(
                                        "SELECT count(*) FROM ram_spec WHERE total_capacity_gb = 60000")
                                .mapTo(Integer.class)
                                .one()));
    }

    @Test
    void reportsInADryRunWhatItWouldDo() {
        run("title,marketplace,item id,price\nA,%1$s,1,1\nB,%1$s,2,2\n".formatted(market));
        List<Listing> before = stored();

        ListingSheetReport report = imports.run(
                ada,
                file("title,marketplace,item id,price\nA,%1$s,1,1\nB,%1$s,2,3\nC,%1$s,3,4\nD,,,x\n".formatted(market)),
                true);

        assertEquals(List.of(Outcome.UNCHANGED, Outcome.UPDATED, Outcome.CREATED, Outcome.INVALID), outcomes(report));
        assertEquals(
                List.of(1, 1, 1, 1), List.of(report.unchanged(), report.updated(), report.created(), report.invalid()));
        assertEquals(before.getFirst().id(), report.rows().get(0).id());
        assertEquals(before.getLast().id(), report.rows().get(1).id());
        assertNull(report.rows().get(2).id());
        assertEquals(5, report.rows().get(3).row());
        assertEquals("price", report.rows().get(3).errors().getFirst().column());
        assertEquals(before, stored());
    }

    @Test
    void offersCandidatesForAnAmbiguousName() {
        String number = Integer.toString(1000 + ada.hashCode() % 1000);
        for (String maker : List.of("Alpha", "Beta")) {
            fixtures.part(PartKind.PORTS_PROFILE, "{\"name\": \"" + maker + " Ports " + number + market + "\"}");
        }

        ListingSheetReport report = imports.run(ada, file("title,ports\nA,Ports " + number + market + "\n"), true);

        ListingSheetReport.CellError error = report.rows().getFirst().errors().getFirst();
        assertEquals("ports_profile", error.field());
        assertEquals("ports", error.column());
        assertNotNull(error.candidates());
        assertEquals(2, error.candidates().size(), error::toString);
    }

    @Test
    void needsFewStatementsForAThousandRows() {
        Map<String, String> parts = Map.of(
                "cpu", fixtures.cpu().name(),
                "gpu", fixtures.gpu().name(),
                "ports",
                        fixtures.part(PartKind.PORTS_PROFILE, "{\"name\": \"Ports %1$d\"}")
                                .name(),
                "profile",
                        fixtures.part(PartKind.SCORING_PROFILE, "{\"name\": \"Profile %1$d\"}")
                                .name(),
                "ruleset",
                        fixtures.part(PartKind.RULESET, "{\"name\": \"Rules %1$d\"}")
                                .name());
        List<String> columns = List.copyOf(parts.keySet());
        String named = columns.stream().map(parts::get).collect(Collectors.joining(","));
        Function<String, String> text = price -> IntStream.range(0, 1000)
                .mapToObj(i -> "PC " + i + "," + price + "," + (i % 2 == 0 ? market + "," + i : ",")
                        + ",%d GB DDR4,%d GB NVMe,%d GB HDD,".formatted(i % 30 + 1, i % 40 + 1, i % 50 + 1) + named)
                .collect(Collectors.joining(
                        "\n",
                        "title,price,marketplace,item id,ram,ssd,second drive," + String.join(",", columns) + "\n",
                        "\n"));
        List<ListingSheetReport> reports = new ArrayList<>();

        int creating = StatementCounter.count(() -> reports.add(run(text.apply("100"))));
        int mixed = StatementCounter.count(() -> reports.add(run(text.apply("101"))));

        assertEquals(1000, reports.getFirst().created());
        assertEquals(500, reports.getLast().updated());
        assertEquals(500, reports.getLast().created());
        assertTrue(creating <= 20 && mixed <= 20, creating + " and " + mixed + " statements");
        assertEquals(1500, stored().size());
    }

    /** A change of a listing locks it before the unique keys, too; in the other order they would deadlock. */
    @Test
    void waitsForListingsBeforeItLocksTheUniqueKeys() {
        String text = "title,marketplace,item id\n%s,%s,1\n";
        long id = run(text.formatted("A", market)).rows().getFirst().id();

        CompletableFuture<ListingSheetReport> imported = database.jdbi().inTransaction(handle -> {
            handle.execute("SELECT FROM listing WHERE id = ? FOR NO KEY UPDATE", id);
            CompletableFuture<ListingSheetReport> waiting =
                    CompletableFuture.supplyAsync(() -> run(text.formatted("B", market)), Thread::startVirtualThread);
            Await.until(
                    "the import waits for the listing",
                    () -> isTrue(
                            handle,
                            "SELECT EXISTS (SELECT FROM pg_locks WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid)))"));
            assertTrue(isTrue(handle, "SELECT pg_try_advisory_xact_lock(hashtext('dealbrain import'))"));
            return waiting;
        });

        assertEquals(1, imported.join().updated());
        assertEquals("B", stored().getFirst().title());
    }

    private static boolean isTrue(Handle handle, String query) {
        return handle.createQuery(query).mapTo(Boolean.class).one();
    }

    @Test
    void createsEachListingOnceFromConcurrentImportsOfSeveralInstances() {
        String text = "title,marketplace,item id,ram\nA,%s,1,%d GB DDR5\nB,,,8 GB DDR5\n".formatted(market, 123);
        ConcurrentLinkedQueue<ListingSheetReport> reports = new ConcurrentLinkedQueue<>();

        List<String> results = Concurrently.run(6, _ -> reports.add(service().run(ada, file(text), false)));

        assertEquals(6, results.stream().filter("ok"::equals).count(), results::toString);
        assertEquals(2, stored().size());
        assertEquals(2, reports.stream().mapToInt(ListingSheetReport::created).sum());
        assertEquals(
                10, reports.stream().mapToInt(ListingSheetReport::unchanged).sum());
    }
}
