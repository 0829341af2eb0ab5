package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import dealbrain.testing.Await;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The commands backup and restore. */
@Timeout(120)
class BackupCommandTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    static final TestDatabase empty = TestDatabase.empty();

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void file() {
        file = folder.resolve("dealbrain.zip");
    }

    private static boolean backup(Path file, Map<String, String> variables) {
        return BackupCommand.run(List.of(file.toString()), variables);
    }

    private static boolean restore(Path file, Map<String, String> variables) {
        return RestoreCommand.run(List.of(file.toString()), variables);
    }

    private static Map<String, String> embedded(Path data) {
        return Map.of("DEALBRAIN_DATA_DIR", data.toString());
    }

    private static Map<String, String> external(TestDatabase database) {
        return Map.of("DATABASE_URL", OwnPostgres.variable(database.url()));
    }

    private static List<String> users(DatabaseUrl url) {
        return SqlClient.column(url, "SELECT username FROM user_account");
    }

    /** Creates an empty data folder whose server needs not unpack the binaries. */
    private Path dataFolder(String name) throws IOException {
        Path data = Files.createDirectory(folder.resolve(name));
        Files.createDirectories(TestDatabase.binaries());
        Files.createSymbolicLink(data.resolve("postgres"), TestDatabase.binaries());
        return data;
    }

    @Test
    void moveAnEmbeddedDatabaseToAnotherFolder() throws IOException {
        Path first = dataFolder("first");
        try (OwnPostgres server = new OwnPostgres(first)) {
            Migrations.bundled().migrate(server.url());
            server.run("INSERT INTO user_account (username, password_hash) VALUES ('ada', '')");
            assertTrue(backup(file, embedded(first)), "while it runs");
        }
        byte[] content = Files.readAllBytes(file);
        assertFalse(backup(file, embedded(first)), "it exists");
        assertArrayEquals(content, Files.readAllBytes(file));
        assertTrue(backup(folder.resolve("stopped.zip"), embedded(first)), "while it is stopped");
        assertFalse(Files.exists(first.resolve("postgres-data/postmaster.pid")), "it is stopped again");

        Path second = dataFolder("second");
        assertTrue(restore(file, embedded(second)));
        assertFalse(restore(file, embedded(second)), "it is not empty");
        try (OwnPostgres server = new OwnPostgres(second)) {
            assertEquals(List.of("ada"), users(server.url()));
            assertFalse(restore(file, embedded(second)), "it is in use");
        }
    }

    @Test
    void copyAnExternalDatabase() {
        SqlClient.execute(database.url(), "INSERT INTO user_account (username, password_hash) VALUES ('grace', '')");

        assertTrue(backup(file, external(database)));
        assertTrue(restore(file, external(empty)));
        assertFalse(restore(file, external(empty)), "it is not empty");

        assertEquals(users(database.url()), users(empty.url()));
    }

    @Test
    void createNothingWhenTheyAreRefused() throws IOException {
        Path data = folder.resolve("data");
        assertFalse(backup(file, embedded(data)), "there is no database");
        assertFalse(restore(file, embedded(data)), "there is no file");
        assertFalse(backup(folder.resolve("missing/dealbrain.zip"), external(database)));
        assertTrue(backup(file, external(database)));
        byte[] content = Files.readAllBytes(file);
        content[content.length / 2] ^= 1;
        Files.write(file, content);
        assertFalse(restore(file, embedded(data)), "it is damaged");
        assertFalse(backup(file, Map.of("PORT", "http")));

        assertEquals(List.of(file), files());
    }

    @Test
    void leaveNoFileAfterCtrlC() throws IOException, SQLException {
        Path data = Files.createDirectory(folder.resolve("data"));
        Path backups = Files.createDirectory(folder.resolve("backups"));
        try (Connection connection = OwnPostgres.connect(database.url());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("LOCK TABLE listing"); // the command waits for it
            Program command = Program.begin(
                    data,
                    external(database),
                    "backup",
                    backups.resolve("dealbrain.zip").toString());
            Await.until(
                    "the command waits",
                    Duration.ofSeconds(60),
                    () -> OwnPostgres.number(
                                    database.url(),
                                    "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'dealbrain backup'"
                                            + " AND wait_event_type = 'Lock' AND datname = current_database()")
                            == 1);
            ProcessHandle.of(command.pid()).orElseThrow().destroy(); // Process.destroy closes the output
            assertEquals(143, command.exit());
            assertEquals("interrupted: no backup was written\n", command.output());
        }
        try (Stream<Path> left = Files.list(backups)) {
            assertEquals(List.of(), left.toList());
        }
    }

    @Test
    void needAFile() {
        assertEquals(1, Command.run("backup"));
        assertEquals(1, Command.run("restore", "a", "b"));
        assertEquals(1, Command.run("bachup", "a"));
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
