package dealbrain.catalog;

import static dealbrain.testing.Problems.problem;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.User;
import dealbrain.catalog.PartImport.PartImportReport;
import dealbrain.csv.CsvFile;
import dealbrain.http.ProblemException;
import dealbrain.json.InputError;
import dealbrain.json.InputSchemas;
import dealbrain.json.Json;
import dealbrain.testing.Concurrently;
import dealbrain.testing.Fixtures;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PartImportTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final StatementCounter statements = new StatementCounter(database::jdbi);

    private static User admin;

    private final PartService parts = new PartService(database.jdbi());
    private final PartImport imports = new PartImport(database.jdbi(), parts);

    @BeforeAll
    static void createAdmin() {
        admin = new Fixtures(database.jdbi()).user("admin");
    }

    @BeforeEach
    void empty() {
        database.jdbi().useHandle(handle -> handle.execute("DELETE FROM listing; DELETE FROM cpu"));
    }

    private PartImportReport run(String csv) {
        return imports.run(admin, PartKind.CPU, CsvFile.read(csv.getBytes(StandardCharsets.UTF_8), 5000));
    }

    private List<String> refused(String csv) {
        return problem(422, () -> run(csv)).errors().stream()
                .map(InputError::detail)
                .toList();
    }

    private long create(String json) {
        CpuInput input = new InputSchemas().bind(Json.parse(json.getBytes(StandardCharsets.UTF_8)), CpuInput.class);
        return parts.create(PartKind.CPU, input).id();
    }

    private static double number(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Double.class).one());
    }

    private Cpu get(long id) {
        return parts.get(PartKind.CPU, id);
    }

    private Cpu find(String name) {
        long id = database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT id FROM cpu WHERE name = :name")
                        .bind("name", name)
                        .mapTo(Long.class)
                        .one());
        return get(id);
    }

    @Test
    void createsAndChangesInAFixedNumberOfStatements() {
        run("name,tdp_w\nA,10\nB,20\n");
        String csv = "name;TDP (W);cpu-mark multi\n"
                + IntStream.range(0, 500)
                        .mapToObj(i -> "new " + i + ";35;1000\n")
                        .collect(Collectors.joining())
                + "a;10;900\nB;;\n";
        PartImportReport report = statements.expect(7, () -> run(csv));
        assertEquals(new PartImportReport(500, 1, 1), report);
        assertEquals(1000, find("new 499").cpuMarkMulti());
        assertEquals(900, find("A").cpuMarkMulti());
        assertEquals(new PartImportReport(0, 0, 502), statements.expect(5, () -> run(csv)));
    }

    @Nested
    class Changes {
        @Test
        void keepTheOtherMembersAndTheName() {
            long id = create("""
                    {"name": "Intel Core i5-12500T", "socket": "LGA1700", "tdp_w": 30, "notes": "n",
                     "attributes": {"a": 1}}
                    """);
            Cpu before = get(id);
            run("cpu_mark_multi,NAME,tdp_w,socket\n\"17,500\",Intel(R) Core(TM) i5-12500T CPU @ 2.00GHz,35,\n");
            Cpu after = get(id);
            assertEquals("Intel Core i5-12500T", after.name());
            assertEquals(17_500, after.cpuMarkMulti());
            assertEquals(35, after.tdpW());
            assertEquals("LGA1700", after.socket());
            assertEquals("n", after.notes());
            assertEquals(before.attributes(), after.attributes());
            assertEquals(before.rowVersion() + 1, after.rowVersion());
            assertTrue(after.updatedAt().isAfter(before.updatedAt()));
        }

        @Test
        void areNoneIfNothingDiffers() {
            long id = create("{\"name\": \"A\", \"tdp_w\": 35}");
            run("name,tdp_w\nA,35\n");
            assertEquals(1, get(id).rowVersion());
        }

        @ParameterizedTest
        @CsvSource(
                delimiter = '|',
                value = {"17500|17500", "17,500|17500", "17.500|17500", "1 234 567|1234567"})
        void readIntegersInGroups(String cell, int value) {
            run("name;cpu_mark_multi\nA;" + cell + "\n");
            assertEquals(value, find("A").cpuMarkMulti());
        }

        @Test
        void updateTheDollarsOfListings() {
            long id = create("{\"name\": \"A\", \"cpu_mark_multi\": 100}");
            database.jdbi()
                    .useHandle(handle -> handle.execute(
                            "INSERT INTO listing (owner_id, title, price_usd, cpu_id) SELECT min(id), 'PC', 200, ? FROM user_account",
                            id));
            run("name,cpu_mark_multi\nA,400\n");
            assertEquals(0.5, number("SELECT dollar_per_cpu_mark_multi FROM listing_dollars"));
        }

        @Test
        void areInTheChangeLog() {
            long id = create("{\"name\": \"A\", \"cpu_mark_multi\": 100}");
            run("name,cpu_mark_multi\nA,400\n");
            List<String> tags = database.jdbi()
                    .withHandle(handle -> handle.createQuery("SELECT tag FROM change_log")
                            .mapTo(String.class)
                            .list());
            assertTrue(tags.contains("cpu:" + id), tags::toString);
        }
    }

    @Nested
    class Errors {
        @Test
        void nameTheRowAndTheMember() {
            assertEquals(
                    List.of(
                            "row 2: cores must be between 1 and 1024, was 0",
                            "row 2: tdp_w must be an integer, was \"35 W\"",
                            "row 4: name is required",
                            "row 5: tdp_w must be an integer, was \"12.5\""),
                    refused("name,tdp_w,cores\nA,35 W,0\n\n,35,\nB,12.5,\n"));
        }

        @Test
        void haveAPointer() {
            ProblemException problem = problem(422, () -> run("name,tdp_w\nA,x\n"));
            assertEquals("/2/tdp_w", problem.errors().getFirst().pointer());
        }

        @Test
        void nameEachUnknownColumn() {
            String columns = "name, manufacturer, socket, cores, threads, tdp_w, igpu_model, cpu_mark_multi,"
                    + " cpu_mark_single, igpu_mark, release_year, notes";
            assertEquals(
                    List.of(
                            "the column Benchmark is unknown; the columns are " + columns,
                            "the column attributes is unknown; the columns are " + columns,
                            "the column name is missing"),
                    refused("Benchmark,attributes\n1,2\n"));
        }

        @Test
        void nameBothRowsOfADuplicate() {
            create("{\"name\": \"Intel Core i3-8100\"}");
            assertEquals(
                    List.of(
                            "row 3: name is that of row 2, was Core i3 8100",
                            "row 5: name is that of row 4, was NEW 1"),
                    refused("name\ni3-8100\nCore i3 8100\nNew-1\nNEW 1\n"));
        }

        @Test
        void nameAnAmbiguousPart() {
            create("{\"name\": \"Core i3-8100\"}");
            create("{\"name\": \"Intel Core i3-8100\"}");
            assertEquals(List.of("row 2: name fits 2 parts, was i3-8100"), refused("name\ni3-8100\n"));
            assertEquals(new PartImportReport(0, 1, 0), run("name,tdp_w\nIntel Core i3-8100,65\n"));
        }

        @Test
        void leaveEverythingAsItWas() {
            long id = create("{\"name\": \"A\", \"tdp_w\": 10}");
            refused("name,tdp_w\nA,20\nB,0\n");
            refused("name,tdp_w\nA,20\nB,1\nb,1\n");
            assertEquals(10, get(id).tdpW());
            assertEquals(1, number("SELECT count(*) FROM cpu"));
        }

        @Test
        void areLimitedInNumber() {
            String rows = IntStream.range(0, 300).mapToObj(i -> i + ",x\n").collect(Collectors.joining());
            assertEquals(100, refused("name,tdp_w\n" + rows).size());
        }
    }

    /** A deadlock cancels one of the two, so that it is seen after some rounds. */
    @Test
    void doesNotDeadlockWithListingsOfTheSameCpus() {
        run("name\n" + IntStream.range(0, 100).mapToObj(i -> "CPU " + i + "\n").collect(Collectors.joining()));
        List<String> outcomes = Concurrently.run(4, thread -> {
            for (int round = 0; round < 10; round++) {
                int mark = 1 + 10 * round + thread;
                if (thread % 2 == 0) {
                    run("name,cpu_mark_multi\n"
                            + IntStream.range(0, 100)
                                    .mapToObj(i -> "CPU " + i + "," + mark + "\n")
                                    .collect(Collectors.joining()));
                } else {
                    database.jdbi()
                            .useHandle(
                                    handle -> handle.execute("INSERT INTO listing (owner_id, title, price_usd, cpu_id)"
                                            + " SELECT (SELECT min(id) FROM user_account), 'PC', 100, id FROM cpu"
                                            + " ORDER BY random()"));
                }
            }
        });
        assertEquals(List.of("ok", "ok", "ok", "ok"), outcomes);
        assertEquals(0, number("""
                                SELECT count(*) FROM listing l JOIN cpu c ON c.id = l.cpu_id
                                  JOIN listing_dollars d ON d.id = l.id
                                 WHERE d.dollar_per_cpu_mark_multi
                                       IS DISTINCT FROM round(l.price_usd / c.cpu_mark_multi, 6)::float8
                                """));
    }

    @Test
    void acceptsAFileWithoutRows() {
        assertEquals(new PartImportReport(0, 0, 0), run("name\n"));
    }
}
