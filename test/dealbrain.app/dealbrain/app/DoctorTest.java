package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.postgres.EmbeddedPostgres;
import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DoctorTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestDatabase empty = TestDatabase.empty();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru");

    private record Report(boolean isOk, String text) {}

    @TempDir
    Path folder;

    @BeforeEach
    void restorePolicy() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    }

    private static Report examine(Map<String, String> variables) {
        Map<String, String> all =
                new HashMap<>(Map.of("DATABASE_URL", OwnPostgres.variable(database.url()), "REDIS_URL", redis.url()));
        all.putAll(variables);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        boolean isOk = Doctor.examine(all, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Report(isOk, out.toString(StandardCharsets.UTF_8));
    }

    /** Expects one problem more where the database of the tests is not durable. */
    private static void assertWrong(Report report, int problems, String sentence) {
        int notDurable = report.text().contains("a power failure can destroy the data") ? 1 : 0;
        assertTrue(report.text().contains("WRONG   " + sentence), report.text());
        assertEquals(
                problems + notDurable,
                report.text().lines().filter(line -> line.startsWith("WRONG")).count(),
                report.text());
        assertFalse(report.isOk());
    }

    @Test
    void namesWhatIsRight() {
        String text = examine(Map.of()).text();
        for (String sentence : new String[] {
            "the configuration is valid",
            "PostgreSQL ",
            "the database is writable, has the encoding UTF8 and the settings that dealbrain needs",
            "statements and locks have timeouts",
            "Redis evicts keys when its memory is full",
            "the clock of PostgreSQL agrees with the local clock",
            "the clock of Redis agrees with the local clock"
        }) {
            assertTrue(text.contains("ok      " + sentence), text);
        }
        assertFalse(text.contains("index"), text);
        assertFalse(text.contains("migrations"), text);
        assertTrue(text.contains("the limit of open files"), text);
    }

    @Test
    void namesAServerThatIsNotAStandby() {
        Report report = examine(Map.of("DATABASE_READ_URL", OwnPostgres.variable(database.url())));

        assertWrong(report, 1, "the server at " + database.url().address() + " is not a standby");
        assertTrue(report.text().contains("ok      the standby has the cluster of DATABASE_URL"), report.text());
    }

    @Test
    void advisesAboutAStandbyThatIsAway() {
        String text = examine(Map.of("DATABASE_READ_URL", "postgresql://ada@127.0.0.1:1/deals"))
                .text();

        assertTrue(text.contains("advice  the standby is not used, and the primary loads all pages"), text);
    }

    @Test
    void listsErrorsOfTheConfiguration() {
        Report report = examine(Map.of("PORT", "http", "DEALBRAIN_TRUSTED_PROXIES", "all"));
        assertWrong(report, 1, "the configuration is invalid");
        assertTrue(
                report.text().contains("PORT must be between")
                        && report.text().contains("DEALBRAIN_TRUSTED_PROXIES must be addresses"),
                report.text());
    }

    @Test
    void hidesThePasswordWhenTheDatabaseCannotBeReached() {
        Report report = examine(Map.of("DATABASE_URL", "postgresql://ada:topsecret@127.0.0.1:1/deals"));
        assertWrong(report, 1, "the database at 127.0.0.1:1/deals cannot be used by ada");
        assertFalse(report.text().contains("topsecret"), report.text());
    }

    @Test
    void advisesToStartForTheEmbeddedDatabase() {
        Report report = examine(Map.of("DATABASE_URL", "", "DEALBRAIN_DATA_DIR", folder.toString()));
        assertTrue(report.isOk(), report.text());
        assertTrue(report.text().contains("there is no embedded PostgreSQL in " + folder), report.text());
    }

    @Test
    void saysOfTheEmbeddedDatabaseThatItIsStopped() throws Exception {
        Map<String, String> variables = Map.of("DATABASE_URL", "", "DEALBRAIN_DATA_DIR", folder.toString());
        try (EmbeddedPostgres embedded = new EmbeddedPostgres(folder, TestDatabase.binaries(), false)) {
            embedded.start();
            String running = examine(variables).text();
            assertTrue(running.contains(" can be reached") && !running.contains("is stopped"), running);
            Files.writeString(folder.resolve("postgres.url"), "postgresql://ada:topsecret@127.0.0.1:1/deals");
            assertWrong(examine(variables), 1, "the database at 127.0.0.1:1/deals cannot be used by ada");
        }

        Report stopped = examine(variables);

        assertTrue(stopped.isOk(), stopped.text());
        assertTrue(
                stopped.text().contains("note    the embedded PostgreSQL in " + folder + " is stopped")
                        && stopped.text().contains("make run"),
                stopped.text());
    }

    @Test
    void countsPendingMigrations() {
        String text = examine(Map.of("DATABASE_URL", OwnPostgres.variable(empty.url())))
                .text();
        assertTrue(text.matches("(?s).*advice  \\d+ migrations are not applied.*"), text);
    }

    @Test
    void notesIndexesWithTheSameDefinition() {
        database.jdbi().useHandle(handle -> handle.execute("CREATE INDEX another_idx ON listing (ram_spec_id)"));
        try {
            String text = examine(Map.of()).text();
            assertTrue(
                    text.contains(
                            "note    two indexes have the same definition: listing_ram_spec_id_idx = another_idx\n"),
                    text);
        } finally {
            database.jdbi().useHandle(handle -> handle.execute("DROP INDEX another_idx"));
        }
    }

    @Test
    void saysThatOnlyThePrimaryOfSeveralHostsIsUsed() {
        String url = OwnPostgres.variable(database.url());
        String host = database.url().address().replaceFirst("/.*", "");
        Report report = examine(Map.of("DATABASE_URL", url.replace("//" + host, "//" + host + "," + host)));
        assertTrue(report.text().contains("only the primary server is used"), report.text());

        String refused =
                examine(Map.of("DATABASE_URL", url + "&targetServerType=any")).text();
        assertTrue(refused.contains("targetServerType of the database URL must be primary"), refused);
    }

    @Test
    void findsAPoolLargerThanTheServerAllows() {
        assertWrong(
                examine(Map.of("DEALBRAIN_POOL_SIZE", "200")), 1, "too few connections for DEALBRAIN_POOL_SIZE=200");
    }

    @Test
    void findsStatementsWithoutTimeout() {
        assertWrong(
                examine(Map.of(
                        "DATABASE_URL", OwnPostgres.variable(database.url()) + "&options=-c%20statement_timeout=0")),
                1,
                "statements or locks have no timeout");
    }

    @Test
    void findsThatRedisEvictsNothingOrCannotBeReached() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        assertWrong(
                examine(Map.of()),
                1,
                "Redis rejects writes when its memory is full: set maxmemory-policy to allkeys-lru, was noeviction");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    redis://127.0.0.1:1 | [127.0.0.1:1] cannot be used: the connection was refused; start it, or correct
                    redis://nowhere.invalid | [nowhere.invalid:6379] cannot be used: the host nowhere.invalid is unknown;
                    redis://ada:wrong@127.0.0.1:PORT | cannot be used: the reply is WRONGPASS
                    """)
    void saysWhyRedisCannotBeUsed(String url, String reason) {
        String port = String.valueOf(redis.address().getPort());
        Report report = examine(Map.of("REDIS_URL", url.replace("PORT", port)));
        assertTrue(report.text().contains(reason), report.text());
        assertFalse(report.text().contains("Exception") || report.text().contains("null"), report.text());
        assertFalse(report.isOk());
    }

    @Test
    void exitsWithOneAfterAProblem() {
        try (Program doctor = Program.begin(folder, Map.of("REDIS_URL", "redis://127.0.0.1:1"), "doctor")) {
            assertEquals(1, doctor.exit());
            assertTrue(doctor.output().endsWith("1 problem found.\n"), doctor.output());
        }
        try (Program doctor = Program.begin(folder, Map.of(), "doctor")) {
            assertEquals(0, doctor.exit());
            assertTrue(doctor.output().endsWith("No problems found.\n"), doctor.output());
        }
        try (Program wrong = Program.begin(folder, Map.of(), "dentist")) {
            assertEquals(1, wrong.exit());
        }
    }
}
