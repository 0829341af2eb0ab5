package dealbrain.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.backup.Manifest.TableRows;
import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.MigrationException;
import dealbrain.database.Migrations;
import dealbrain.json.Json;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BackupTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    /** Emptied after each test. */
    @RegisterExtension
    static final TestDatabase empty = TestDatabase.empty();

    @RegisterExtension
    static final TestDatabase earlier = TestDatabase.empty();

    private static final String TABLES = """
            SELECT t.table_name FROM information_schema.tables t JOIN pg_class c ON c.oid = quote_ident(t.table_name)::regclass
             WHERE t.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND NOT c.relispartition ORDER BY 1
            """;

    /** What a load suspends and restores, and what the rows are compared with. */
    private static final String RULES = """
            SELECT conrelid::regclass || ' ' || conname || ' ' || convalidated || ' ' || pg_get_constraintdef(oid)
              FROM pg_constraint WHERE connamespace = 'public'::regnamespace
            UNION ALL
            SELECT indrelid::regclass || ' ' || indisvalid || ' ' || pg_get_indexdef(indexrelid)
              FROM pg_index JOIN pg_class c ON c.oid = indrelid WHERE c.relnamespace = 'public'::regnamespace
            UNION ALL
            SELECT tgrelid::regclass || ' ' || tgname || ' ' || tgenabled::text FROM pg_trigger WHERE NOT tgisinternal
            ORDER BY 1
            """;

    @TempDir
    private Path folder;

    @AfterEach
    void emptyAgain() {
        SqlClient.execute(empty.url(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
    }

    private Path backup(DatabaseUrl url) throws IOException {
        Path file = folder.resolve("backup.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            BackupSummary summary = Backup.write(url, "0.2.0", out);
            assertEquals("0.2.0", summary.version());
            assertEquals(Files.size(file), summary.bytes());
        }
        return file;
    }

    private static BackupSummary restore(Path file, DatabaseUrl url) {
        try (Backup backup = Backup.open(file)) {
            return backup.restore(url);
        }
    }

    private static List<String> query(DatabaseUrl url, String sql) {
        return SqlClient.column(url, sql);
    }

    /** Creates a listing with all relations, and rows of the other tables, with values that are hard to write. */
    @BeforeAll
    static void fill() {
        SqlClient.execute(database.url(), """
                INSERT INTO user_account (username, email, password_hash) VALUES ('ada', 'ada@example.org', '$1$'),
                       ('grace', NULL, '');
                INSERT INTO cpu (name, tdp_w, cpu_mark_multi, attributes) VALUES ('i5', 65, 10000, '{"a": 1.0}');
                INSERT INTO gpu (name) VALUES ('A380');
                INSERT INTO ram_spec (ddr_generation, total_capacity_gb) VALUES ('ddr4', 16);
                INSERT INTO storage_profile (label, medium, capacity_gb) VALUES ('NVMe', 'nvme', 512);
                INSERT INTO ports_profile (name, ports) VALUES ('tiny', '[{"type": "usb", "count": 4}]');
                INSERT INTO scoring_profile (name, weights, "references") VALUES ('s', '{"ram_gb": 1}', '{"ram_gb": 40}');
                INSERT INTO ruleset (name, rules) VALUES ('r', '[{"component": "ram", "metric": "flat"}]');
                INSERT INTO listing (owner_id, title, cpu_id, gpu_id, ports_profile_id, active_profile_id, ruleset_id,
                                     ram_spec_id, primary_storage_profile_id)
                SELECT 1, 'PC ' || n, 1, 1, 1, 1, 1, 1, 1 FROM generate_series(1, 3) n;
                UPDATE listing SET title = E'\\t\\\\N \\\\. \\r\\n "quoted" , ; \\u00e9 \\U0001f4a1 \\u202e', notes = '\\N',
                       seller = '\\.', price_usd = 0.10, price_date = 'infinity',
                       attributes = '{"a": [1.10, 1e-30, null, "\\\\u0001"], "": {}}'
                 WHERE id = 1;
                UPDATE listing SET created_at = '0044-03-15 12:00:00.123456 BC', price_date = '-infinity',
                       score_composite = 0.1000 WHERE id = 2;
                INSERT INTO access_token (user_id, name, scope, token_hash)
                VALUES (1, ' ', 'read', decode(repeat('00ff5c0a', 8), 'hex'));
                INSERT INTO collection (user_id, name, description, visibility)
                VALUES (1, E'\\\\', '', 'public'), (1, 'empty', NULL, 'private');
                INSERT INTO collection_item (collection_id, listing_id, position, order_key, notes)
                SELECT c.id, l.id, l.id - 1, 1.00000000000000000000000000001 * l.id, repeat(E'\\n', 500)
                  FROM collection c, listing l WHERE c.visibility = 'public';
                DELETE FROM collection_item WHERE listing_id = 2;
                INSERT INTO former_order_key (item_id, collection_id, generation, order_key)
                SELECT id, collection_id, 0, 0.5 FROM collection_item LIMIT 1;
                INSERT INTO listing_share (listing_id, created_by, share_token) VALUES (1, 1, repeat('a', 64));
                INSERT INTO collection_share (collection_id, share_token)
                SELECT id, repeat('b', 64) FROM collection WHERE visibility = 'public';
                INSERT INTO user_share (sender_id, recipient_id, listing_id, share_token, expires_at)
                VALUES (1, 2, 1, repeat('c', 64), 'infinity');
                INSERT INTO user_share_limit VALUES (1, ARRAY[now(), '-infinity']);
                INSERT INTO notification (user_id, type, title, share_id) SELECT 2, 'system', 'x', id FROM user_share;
                INSERT INTO starter_catalog DEFAULT VALUES;
                INSERT INTO audit_entry (action, target_kind, details) VALUES ('a', 'user', '[]');
                INSERT INTO sign_in_failure VALUES ('ada', '::1', now(), 1);
                INSERT INTO version_statistics VALUES ('1.0.0', 'route', 'GET /', '{"executions": 1}');
                UPDATE change_settings SET longest_lease_millis = 2000;
                """);
    }

    private static void assertSameRows(DatabaseUrl expected, DatabaseUrl actual) {
        for (String table : query(expected, TABLES)) {
            if (!Tables.NOT_TAKEN.contains(table)) {
                String rows = "SELECT t::text FROM \"" + table + "\" t ORDER BY 1";
                assertEquals(query(expected, rows), query(actual, rows), table);
            }
        }
    }

    @Test
    void restoresEveryTable() throws IOException {
        Path file = backup(database.url());

        BackupSummary summary = restore(file, empty.url());

        assertSameRows(database.url(), empty.url());
        assertTrue(summary.rows() > 30, summary::toString);
        assertEquals(List.of(), summary.otherTables());
        String sequences = "SELECT sequencename || coalesce(last_value, 0) FROM pg_sequences"
                + " WHERE sequencename <> 'change_checkpoint_id_seq' ORDER BY 1";
        assertEquals(query(database.url(), sequences), query(empty.url(), sequences));
        assertEquals(query(database.url(), RULES), query(empty.url(), RULES));
        assertEquals(0, Migrations.bundled().migrate(empty.url()));
    }

    @Test
    void startsANewGenerationOfTheChangeLogAfterTheLeasesOfBefore() throws IOException {
        String incarnation = "SELECT id::text FROM change_incarnation";
        Path file = backup(database.url());

        restore(file, empty.url());

        assertFalse(query(empty.url(), incarnation).equals(query(database.url(), incarnation)));
        assertEquals(List.of("f"), query(empty.url(), "SELECT settled FROM change_incarnation"));
        assertEquals(List.of("0"), query(empty.url(), "SELECT count(*) FROM change_log"));
        assertEquals(List.of("1"), query(empty.url(), "SELECT count(*) FROM change_checkpoint"));
    }

    /** A new table is part of a backup, unless it is on the list of those that are not. */
    @Test
    void hasEachTableThatIsNotOnTheListOfOthers() throws IOException {
        Path file = backup(database.url());
        try (Archive archive = Archive.open(file)) {
            Set<String> expected = new TreeSet<>(query(database.url(), TABLES));
            expected.removeAll(Tables.NOT_TAKEN);
            assertEquals(
                    expected,
                    archive.manifest().tables().stream()
                            .map(TableRows::name)
                            .collect(Collectors.toCollection(TreeSet::new)));
        }
    }

    @Test
    void needsNoSuperuser() throws IOException {
        String name = "owner_" + empty.url().name();
        SqlClient.execute(
                empty.url(),
                "CREATE ROLE " + name + " LOGIN PASSWORD 'secret'",
                "ALTER SCHEMA public OWNER TO " + name);
        DatabaseUrl asOwner = new DatabaseUrl(empty.url().jdbcUrl(), name, "secret");
        try {
            Path file = backup(database.url());
            restore(file, asOwner);
            assertSameRows(database.url(), asOwner);
            Files.delete(file);
            restoreAgain(backup(asOwner));
        } finally {
            SqlClient.execute(empty.url(), "REASSIGN OWNED BY " + name + " TO current_user", "DROP ROLE " + name);
        }
    }

    private void restoreAgain(Path file) {
        SqlClient.execute(earlier.url(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        restore(file, earlier.url());
        assertSameRows(database.url(), earlier.url());
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 24})
    void restoresAnEarlierSchema(int version) throws IOException, SQLException {
        SqlClient.execute(earlier.url(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
        try (Connection connection = Database.connect(earlier.url(), "test")) {
            connection.setAutoCommit(false);
            Migrations.bundled().recreate(earlier.url(), connection, version);
            connection.commit();
        }
        SqlClient.execute(
                earlier.url(),
                "INSERT INTO user_account (username, password_hash) VALUES ('ada', '')",
                "INSERT INTO listing (owner_id, title) VALUES (1, 'PC')",
                "INSERT INTO collection (user_id, name) VALUES (1, 'Deals')",
                "INSERT INTO collection_item (collection_id, listing_id, position, order_key) VALUES (1, 1, 0, 0)");
        Path file = backup(earlier.url());

        assertEquals(version, restore(file, empty.url()).schemaVersion());

        assertSameRows(earlier.url(), empty.url());
        int pending =
                query(database.url(), "SELECT version FROM schema_migration").size() - version;
        assertEquals(pending, Migrations.bundled().migrate(empty.url()));
        assertEquals(List.of("1"), query(empty.url(), "SELECT item_count FROM collection"));
        assertEquals(List.of("PC"), query(empty.url(), "SELECT title FROM listing JOIN listing_words USING (id)"));
    }

    @Test
    void refusesADatabaseThatIsNotEmpty() throws IOException {
        Path file = backup(database.url());
        SqlClient.execute(empty.url(), "CREATE TABLE mine (id int)");

        String reason = assertThrows(MigrationException.class, () -> restore(file, empty.url()))
                .getMessage();

        assertTrue(String.valueOf(reason).contains("is not empty: it has the table mine"), reason);
        assertEquals(List.of("mine"), query(empty.url(), TABLES));
    }

    @Test
    void leavesTheDatabaseEmptyWhenItFails() throws IOException {
        Path file = folder.resolve("incomplete.zip");
        try (OutputStream out = Files.newOutputStream(file)) {
            Backup.write(database.url(), "0.2.0", out);
        }
        Path incomplete = withoutTheLastTable(file);

        String reason = assertThrows(BackupException.class, () -> restore(incomplete, empty.url()))
                .getMessage();

        assertEquals("the backup has no table user_share_limit", reason);
        assertEquals(List.of(), query(empty.url(), TABLES));
        assertTrue(restore(file, empty.url()).tables() > 30, "it can be repeated");
    }

    private Path withoutTheLastTable(Path file) throws IOException {
        Path incomplete = folder.resolve("without.zip");
        try (Archive archive = Archive.open(file);
                OutputStream out = Files.newOutputStream(incomplete)) {
            Manifest whole = archive.manifest();
            ArchiveWriter writer = new ArchiveWriter(out);
            List<TableRows> tables = whole.tables().stream()
                    .filter(table -> !table.name().equals("user_share_limit"))
                    .toList();
            for (TableRows table : tables) {
                writer.write(
                        Manifest.part(table.name()),
                        part -> archive.rows(table.name()).transferTo(part));
            }
            Manifest manifest = new Manifest(
                    whole.version(),
                    whole.postgres(),
                    whole.takenAt(),
                    whole.migrations(),
                    tables,
                    whole.sequences(),
                    whole.notTaken());
            writer.write(Manifest.PART, part -> part.write(Json.bytes(manifest)));
            writer.finish();
        }
        return incomplete;
    }

    @Test
    void leavesOutTablesOfOthers() throws IOException {
        SqlClient.execute(database.url(), "CREATE TABLE \"My Table\" (\"a \"\"b\"\"\" int)");
        try {
            assertEquals(
                    List.of("My Table"),
                    restore(backup(database.url()), empty.url()).otherTables());
        } finally {
            SqlClient.execute(database.url(), "DROP TABLE \"My Table\"");
        }
    }

    @Test
    void refusesADatabaseWithoutTables() {
        String reason = assertThrows(
                        BackupException.class, () -> Backup.write(empty.url(), "0.2.0", new ByteArrayOutputStream()))
                .getMessage();
        assertEquals("the database has no tables of dealbrain: there is nothing to back up", reason);
    }

    @Test
    void refusesTheDatabaseOfANewerVersion() {
        SqlClient.execute(database.url(), "INSERT INTO schema_migration VALUES (9999, '9999-later.sql', '')");
        try {
            String reason = assertThrows(
                            MigrationException.class,
                            () -> Backup.write(database.url(), "0.2.0", new ByteArrayOutputStream()))
                    .getMessage();
            assertTrue(String.valueOf(reason).startsWith("the database has version 9999, but"), reason);
        } finally {
            SqlClient.execute(database.url(), "DELETE FROM schema_migration WHERE version = 9999");
        }
    }

    @Test
    void givesAFileItsNameWhenItIsComplete() throws IOException {
        Path file = folder.resolve("a backup");
        try (UnfinishedFile unfinished = UnfinishedFile.create(file)) {
            unfinished.out().write(1);
        }
        assertEquals(List.of(), files(), "neither of them");
        try (UnfinishedFile unfinished = UnfinishedFile.create(file)) {
            unfinished.out().write(1);
            assertFalse(Files.exists(file));
            unfinished.complete();
        }
        assertEquals(List.of(file), files());
        assertEquals("[OWNER_READ, OWNER_WRITE]", new TreeSet<>(Files.getPosixFilePermissions(file)).toString());
        assertEquals(
                file + " exists: choose another name, or delete it",
                assertThrows(BackupException.class, () -> UnfinishedFile.create(file))
                        .getMessage());
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
