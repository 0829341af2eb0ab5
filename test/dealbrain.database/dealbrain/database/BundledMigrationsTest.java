package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dealbrain.testing.LogLines;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of {@code sql/}, applied to databases of earlier versions that have rows. */
class BundledMigrationsTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    /** Its lower() of I is a dotless i. */
    @RegisterExtension
    static final TestDatabase turkish =
            TestDatabase.emptyWithLocale("LOCALE 'C' LOCALE_PROVIDER icu ICU_LOCALE 'tr-TR'");

    /** Rows of a table, by the version that created it. */
    private record Rows(int since, String table, String values) {}

    private static final List<Rows> ROWS = List.of(
            new Rows(1, "user_account", "(username, password_hash) VALUES ('ada', '')"),
            new Rows(2, "cpu", "(name) VALUES ('i5')"),
            new Rows(3, "listing", "(owner_id, title, cpu_id) VALUES (1, 'PC', 1)"),
            new Rows(
                    4,
                    "collection",
                    "(user_id, name, visibility) VALUES (1, 'Deals', 'unlisted'), (1, 'More', 'public')"),
            new Rows(4, "collection_item", "(collection_id, listing_id, position, order_key) VALUES (1, 1, 0, 0)"),
            new Rows(5, "notification", "(user_id, type, title) VALUES (1, 'system', 'Hello')"),
            new Rows(7, "listing_share", "(listing_id, created_by, share_token) VALUES (1, 1, repeat('a', 64))"),
            new Rows(7, "collection_share", "(collection_id, share_token) VALUES (1, repeat('b', 64))"));

    @BeforeEach
    void empty() {
        execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
    }

    static IntStream earlierVersions() {
        return IntStream.range(1, migrations().size());
    }

    @ParameterizedTest
    @MethodSource("earlierVersions")
    void keepTheRowsOfAnEarlierVersion(int version) {
        migrateTo(version);
        List<String> tables = insertRows(version);
        List<String> before = tables.stream().map(BundledMigrationsTest::json).toList();

        assertEquals(migrations().size() - version, Migrations.bundled().migrate(database.url()));
        for (int i = 0; i < tables.size(); i++) {
            String sameRows = "SELECT (%s)::jsonb @> '%s'".formatted(jsonQuery(tables.get(i)), before.get(i));
            assertEquals("t", text(sameRows), tables.get(i));
        }
    }

    private static List<String> insertRows(int version) {
        List<Rows> rows = ROWS.stream().filter(each -> each.since() <= version).toList();
        rows.forEach(each -> execute("INSERT INTO " + each.table() + " " + each.values()));
        return rows.stream().map(Rows::table).toList();
    }

    private static String json(String table) {
        return text(jsonQuery(table));
    }

    private static String jsonQuery(String table) {
        return "SELECT jsonb_agg(to_jsonb(t) ORDER BY id)::text FROM " + table + " t";
    }

    @Nested
    class ChangeLog {
        private static final int BEFORE = 8;

        @Test
        void isAnotherTable() {
            migrateTo(BEFORE);
            insertRows(BEFORE);
            execute("UPDATE listing SET price_usd = 1");
            String oid = text("SELECT 'change_log'::regclass::oid");
            migrateTo(BEFORE + 1);
            assertNotEquals(oid, text("SELECT 'change_log'::regclass::oid"));
            assertEquals("0", text("SELECT count(*) FROM change_log"));
        }

        @Test
        void logsChangesOfEarlierRows() {
            migrateTo(BEFORE);
            insertRows(BEFORE);
            migrateTo(BEFORE + 1);
            execute("UPDATE listing SET price_usd = 1; UPDATE collection_item SET notes = 'a note'; DELETE FROM cpu"
                    + " WHERE id = 2; UPDATE listing_share SET listing_id = listing_id");
            assertEquals("collection:1 listing:1", loggedTags());
        }

        @Test
        void isSettledWithoutAnEarlierInstance() {
            migrateTo(BEFORE);
            execute("INSERT INTO change_listener VALUES (gen_random_uuid(), '1:1:', now() - interval '2 minutes')");
            migrateTo(BEFORE + 1);
            assertEquals("t", text("SELECT settled FROM change_incarnation"));
            assertEquals("0", text("SELECT longest_lease_millis FROM change_settings"));
        }

        @Test
        void isNotSettledWhileAnEarlierInstanceMayUseItsCache() {
            migrateTo(BEFORE);
            execute("INSERT INTO change_listener VALUES (gen_random_uuid(), '1:1:', now())");
            migrateTo(BEFORE + 1);
            assertEquals("f", text("SELECT settled FROM change_incarnation"));
            assertEquals("2000", text("SELECT longest_lease_millis FROM change_settings"));
        }

        @Test
        void hasACheckpointThatSeesTheTransactionsBefore() {
            migrateTo(BEFORE);
            String xid = text("SELECT pg_current_xact_id()");
            migrateTo(BEFORE + 1);
            assertEquals(
                    "t", text("SELECT pg_visible_in_snapshot('" + xid + "'::xid8, position) FROM change_checkpoint"));
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "change_incarnation (settled) VALUES (true)",
                    "change_settings (longest_lease_millis) VALUES (1)"
                })
        void hasTablesOfOneRow(String row) {
            migrateTo(BEFORE + 1);
            assertThrows(UnableToExecuteStatementException.class, () -> execute("INSERT INTO " + row));
        }

        @Test
        void survivesACrashExceptForTheUnloggedTables() {
            migrateTo(BEFORE + 1);
            assertEquals(
                    "change_incarnation change_member",
                    text("SELECT string_agg(relname, ' ' ORDER BY relname) FROM pg_class"
                            + " WHERE relname LIKE 'change\\_%' AND relkind = 'r' AND relpersistence = 'u'"));
        }
    }

    @Nested
    class AnotherSchema {
        @BeforeEach
        void searchPath() {
            setSearchPath("deals");
            execute("CREATE SCHEMA deals");
        }

        @AfterEach
        void reset() {
            setSearchPath("public");
            execute("DROP SCHEMA deals CASCADE");
        }

        private void setSearchPath(String schema) {
            execute("ALTER DATABASE " + database.url().name() + " SET search_path = " + schema);
            database.closePool(); // the setting is for new connections
        }

        @Test
        void hasTheLogAlsoForSessionsWithAnotherSearchPath() {
            Migrations.bundled().migrate(database.url());
            insertRows(migrations().size());
            database.jdbi()
                    .useTransaction(handle -> handle.createScript(
                                    "SET LOCAL search_path = public; UPDATE deals.listing SET price_usd = 1;"
                                            + " DELETE FROM deals.collection_item")
                            .execute());
            assertEquals("collection:1 collection:2 listing:1", loggedTags(), "2 is new and public");
        }
    }

    @Nested
    class Names {
        private static final int BEFORE = 9;

        @RegisterExtension
        final LogLines log = new LogLines("dealbrain.database");

        @BeforeEach
        void twoUsersOfOneName() {
            new Migrations(migrations().subList(0, BEFORE)).migrate(turkish.url());
            turkish.jdbi()
                    .useHandle(
                            handle -> handle.execute("INSERT INTO user_account (username, email, password_hash) VALUES"
                                    + " ('ivan', 'INFO@example.org', ''), ('IVAN', 'info@example.org', ''),"
                                    + " ('IVAN-2', NULL, '')"));
        }

        @Test
        void stayWithTheOldestUser() {
            Migrations.bundled().migrate(turkish.url());

            assertEquals(
                    "1 ivan INFO@example.org, 2 IVAN-2- , 3 IVAN-2 ",
                    turkish.jdbi()
                            .withHandle(handle -> handle.createQuery(
                                            "SELECT string_agg(concat_ws(' ', id, username, coalesce(email, '')), ', '"
                                                    + " ORDER BY id) FROM user_account")
                                    .mapTo(String.class)
                                    .one()));
            assertEquals(
                    List.of(
                            "user 2: an older user has the name IVAN; renamed to IVAN-2-",
                            "user 2: an older user has the same e-mail address; removed"),
                    log.with("warning").stream()
                            .map(line -> line.fields().get("warning"))
                            .toList());
        }
    }

    private static String loggedTags() {
        return text("SELECT string_agg(DISTINCT tag, ' ' ORDER BY tag) FROM change_log");
    }

    private static void migrateTo(int version) {
        new Migrations(migrations().subList(0, version)).migrate(database.url());
    }

    /** Returns the migrations in the order of their versions. */
    private static List<Migration> migrations() {
        try (Stream<Path> files = Files.list(Path.of("sql"))) {
            List<Migration> migrations = new ArrayList<>();
            for (Path file : files.sorted().toList()) {
                migrations.add(Migration.of(file.getFileName().toString(), Files.readString(file)));
            }
            return migrations;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).one());
    }

    private static void execute(String statements) {
        database.jdbi().useHandle(handle -> handle.execute(statements));
    }
}
