package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.TestDatabase;
import dealbrain.testing.TestRedis;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestDatabase empty = TestDatabase.empty();

    @RegisterExtension
    static final TestRedis redis = TestRedis.dedicated("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru");

    private record Report(boolean well, String text) {}

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
        boolean well = Doctor.examine(all, new PrintStream(out, true, StandardCharsets.UTF_8));
        return new Report(well, out.toString(StandardCharsets.UTF_8));
    }

    /** The databases of tests are not durable, which it must say. */
    private static void assertWrong(Report report, int things, String sentence) {
        int durable = report.text().contains("a power cut can destroy the data") ? 1 : 0;
        assertTrue(report.text().contains("WRONG   " + sentence), report.text());
        assertEquals(
                things + durable,
                report.text().lines().filter(line -> line.startsWith("WRONG")).count(),
                report.text());
        assertFalse(report.well());
    }

    @Test
    void saysWhatIsWell() {
        String text = examine(Map.of()).text();
        for (String sentence : new String[] {
            "the configuration can be read",
            "PostgreSQL ",
            "it takes changes",
            "statements and locks have a longest time",
            "Redis forgets what is least used",
            "the clock of PostgreSQL is as ours",
            "the clock of Redis is as ours"
        }) {
            assertTrue(text.contains("ok      " + sentence), text);
        }
        assertFalse(text.contains("index"), text);
        assertFalse(text.contains("migrations"), text);
    }

    @Test
    void listsMistakesOfTheConfiguration() {
        Report report = examine(Map.of("PORT", "http", "DEALBRAIN_TRUSTED_PROXIES", "everybody"));
        assertWrong(report, 1, "the configuration has mistakes");
        assertTrue(
                report.text().contains("PORT must be between")
                        && report.text().contains("DEALBRAIN_TRUSTED_PROXIES must be addresses"),
                report.text());
    }

    @Test
    void saysThatTheDatabaseCannotBeReachedWithoutThePassword() {
        Report report = examine(Map.of("DATABASE_URL", "postgresql://ada:topsecret@127.0.0.1:1/deals"));
        assertWrong(report, 1, "the database at 127.0.0.1:1/deals cannot be used by ada");
        assertFalse(report.text().contains("topsecret"), report.text());
    }

    @Test
    void knowsThatThereIsNoEmbeddedDatabaseYet() {
        Report report = examine(Map.of("DATABASE_URL", "", "DEALBRAIN_DATA_DIR", folder.toString()));
        assertTrue(report.well(), report.text());
        assertTrue(report.text().contains("there is no embedded PostgreSQL in " + folder), report.text());
    }

    @Test
    void countsMigrationsThatAreNotApplied() {
        String text = examine(Map.of("DATABASE_URL", OwnPostgres.variable(empty.url())))
                .text();
        assertTrue(text.matches("(?s).*advice  \\d+ migrations are not applied.*"), text);
    }

    @Test
    void findsTwoIndexesThatHoldTheSame() {
        database.jdbi().useHandle(handle -> handle.execute("CREATE INDEX another_idx ON change_log (xid)"));
        try {
            String text = examine(Map.of()).text();
            assertTrue(text.contains("two indexes hold the same, drop one: change_log_xid_idx = another_idx"), text);
        } finally {
            database.jdbi().useHandle(handle -> handle.execute("DROP INDEX another_idx"));
        }
    }

    @Test
    void saysThatThePoolIsLargerThanTheServerAllows() {
        assertWrong(examine(Map.of("DEALBRAIN_POOL_SIZE", "200")), 1, "it has ");
    }

    @Test
    void saysThatTheSettingsOfConnectionsAreDroppedOnTheWay() {
        assertWrong(
                examine(Map.of("DATABASE_URL", OwnPostgres.variable(database.url()) + "&options=-c%20geqo=on")),
                1,
                "statements or locks may wait for ever");
    }

    @Test
    void saysWhenRedisKeepsEverythingOrIsAway() {
        redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
        assertWrong(
                examine(Map.of()),
                1,
                "Redis refuses to keep more when it is full: set maxmemory-policy to allkeys-lru, was noeviction");
        assertWrong(examine(Map.of("REDIS_URL", "redis://127.0.0.1:1")), 1, "Redis at [127.0.0.1:1] does not answer");
    }

    @Test
    void exitsWithOneWhenSomethingIsWrong() {
        try (Program doctor = Program.begin(folder, Map.of("REDIS_URL", "redis://127.0.0.1:1"), "doctor")) {
            assertEquals(1, doctor.exit());
            assertTrue(doctor.output().endsWith("One thing is wrong.\n"), doctor.output());
        }
        try (Program doctor = Program.begin(folder, Map.of(), "doctor")) {
            assertEquals(0, doctor.exit());
            assertTrue(doctor.output().endsWith("All is well.\n"), doctor.output());
        }
        try (Program wrong = Program.begin(folder, Map.of(), "dentist")) {
            assertEquals(1, wrong.exit());
        }
    }
}
