package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SessionSettingsTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    private static final Map<String, String> HOSTILE = Map.ofEntries(
            Map.entry("default_transaction_isolation", "serializable"),
            Map.entry("standard_conforming_strings", "off"),
            Map.entry("row_security", "off"),
            Map.entry("exit_on_error", "on"),
            Map.entry("gin_fuzzy_search_limit", "5"),
            Map.entry("transform_null_equals", "on"),
            Map.entry("array_nulls", "off"),
            Map.entry("quote_all_identifiers", "on"),
            Map.entry("bytea_output", "escape"),
            Map.entry("intervalstyle", "iso_8601"),
            Map.entry("xmloption", "document"),
            Map.entry("synchronous_commit", "off"),
            Map.entry("TimeZone", "Asia/Kathmandu"),
            Map.entry("statement_timeout", "1"),
            Map.entry("lock_timeout", "1"));

    private static DatabaseUrl with(String parameters) {
        DatabaseUrl url = database.url();
        return DatabaseUrl.parse(
                "postgresql://" + url.user() + ":" + url.password() + "@" + url.address() + "?" + parameters);
    }

    private static void execute(String sql) {
        SqlClient.execute(database.url(), sql);
    }

    /** From another database, whose settings are not hostile. */
    private static void alterDatabase(String change) {
        SqlClient.execute(
                database.url().withName("postgres"),
                "ALTER DATABASE " + database.url().name() + " " + change);
    }

    private static String show(Properties properties, String name) throws SQLException {
        try (Connection connection = ConnectionSettings.connect(database.url(), properties);
                Statement statement = connection.createStatement();
                var row = statement.executeQuery("SHOW " + name)) {
            row.next();
            return row.getString(1);
        }
    }

    @AfterEach
    void resetDatabase() {
        alterDatabase("RESET ALL");
        execute("DROP SCHEMA IF EXISTS other CASCADE");
        execute("DROP TABLE IF EXISTS schema_migration");
    }

    /** The options of the user are passed to the server with our own. */
    @Nested
    class OptionsOfTheUrl {
        @ParameterizedTest
        @CsvSource({
            "options=-c%20geqo=off, geqo, off",
            "options=-c%20geqo=off, lock_timeout, 10s",
            "options=-c%20geqo=off, statement_timeout, 30s",
            "options=-c%20geqo=off, idle_in_transaction_session_timeout, 1min",
            "options=--geqo=off, default_transaction_isolation, read committed",
            "options=-c%20statement_timeout=5s, statement_timeout, 5s",
            "options=-c%20statement_timeout=5s, lock_timeout, 10s",
            "options=-c+search_path=pg_catalog, search_path, pg_catalog",
            "currentSchema=pg_catalog, search_path, pg_catalog",
            "application_name=x, lock_timeout, 10s",
        })
        void doNotReplaceOurs(String parameters, String name, String value) throws SQLException {
            assertEquals(value, show(ConnectionSettings.properties(with(parameters)), name));
        }

        @Test
        void doNotChangeTheTimeoutsOfTheSingleConnection() throws SQLException {
            DatabaseUrl url = with("options=-c%20statement_timeout=1h%20-c%20geqo=off&socketTimeout=900"
                    + "&connectTimeout=900&application_name=deals");
            Properties properties = ConnectionSettings.properties(url, "changes", Duration.ofSeconds(2));
            assertEquals("2s", show(properties, "statement_timeout"));
            assertEquals("off", show(properties, "geqo"));
            assertEquals("deals changes", show(properties, "application_name"));
            assertEquals("3", properties.getProperty("socketTimeout"));
            assertEquals("3", properties.getProperty("connectTimeout"));
        }

        @Test
        void doNotLimitMigrations() throws SQLException {
            Properties properties =
                    ConnectionSettings.migration(with("options=-c%20statement_timeout=5s&socketTimeout=1"));
            assertEquals("0", show(properties, "statement_timeout"));
            assertEquals("0", properties.getProperty("socketTimeout"));
        }
    }

    @Test
    void replacesTheSettingsOfTheDatabase() throws SQLException {
        HOSTILE.forEach((name, value) -> alterDatabase("SET " + name + " = '" + value + "'"));
        Map<String, String> expected = new HashMap<>(SessionSettings.REQUIRED);
        expected.putAll(Map.of("statement_timeout", "30s", "lock_timeout", "10s", "synchronous_commit", "on"));
        expected.put("TimeZone", "UTC");
        for (Map.Entry<String, String> each : expected.entrySet()) {
            assertEquals(
                    each.getValue(), show(ConnectionSettings.properties(database.url()), each.getKey()), each.getKey());
        }
    }

    @Nested
    class AtTheStart {
        private static String refused(DatabaseUrl url) {
            return String.valueOf(
                    assertThrows(DatabaseUnavailableException.class, () -> new Migrations(List.of()).migrate(url))
                            .getMessage());
        }

        private static void assertRefused(String expected, DatabaseUrl url) {
            String message = refused(url);
            assertTrue(message.contains(expected), message);
        }

        @Test
        void refusesADatabaseThatIsReadOnly() {
            alterDatabase("SET default_transaction_read_only = on");
            assertRefused("the database is read-only", database.url());
        }

        @Test
        void refusesARoleWithoutForeignKeys() {
            alterDatabase("SET session_replication_role = replica");
            assertRefused(
                    "ALTER ROLE \"" + database.url().user() + "\" SET session_replication_role = origin",
                    database.url());
        }

        @ParameterizedTest
        @ValueSource(strings = {"SQL_ASCII", "LATIN1"})
        void refusesAnotherEncodingThanUtf8(String encoding) {
            String name = "encoding_" + encoding.toLowerCase(Locale.ROOT);
            DatabaseUrl url = database.url();
            SqlClient.execute(url, "DROP DATABASE IF EXISTS " + name);
            SqlClient.execute(
                    url,
                    "CREATE DATABASE " + name + " TEMPLATE template0 LOCALE_PROVIDER libc LOCALE 'C'" + " ENCODING '"
                            + encoding + "'");
            assertRefused("the encoding is " + encoding + ": create a database", url.withName(name));
            SqlClient.execute(url, "DROP DATABASE " + name);
        }

        @Test
        void refusesASchemaThatDoesNotExist() {
            assertRefused("search_path of " + database.url().user() + " has no schema", with("currentSchema=nowhere"));
        }

        @Test
        void refusesTablesInAnotherSchema() {
            execute("CREATE SCHEMA other");
            execute("CREATE TABLE other.schema_migration (version int)");
            assertRefused("add currentSchema=other to the parameters", database.url());
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
            server_version_num; 140011; is too old: version 15 or newer is required
            default_transaction_isolation; serializable; SET default_transaction_isolation = 'read committed'
            exit_on_error; on; SET exit_on_error = 'off'
            current_schema; pg_catalog; SET search_path = public
            current_schema; ''; SET search_path = public
            other_schema; deals; add currentSchema=deals to the parameters
            server_encoding; LATIN1; ENCODING 'UTF8'
            """)
    void saysWhatToDo(String name, String value, String expected) {
        Map<String, String> values = new HashMap<>(Map.of(
                "server_version_num", "150004",
                "server_version", "14.11",
                "server_encoding", "UTF8",
                "transaction_read_only", "off",
                "session_replication_role", "origin",
                "current_schema", "public"));
        assertEquals(List.of(), SessionSettings.problems(values, "ada", false));
        values.put(name, value);
        List<String> problems = SessionSettings.problems(values, "ada", false);
        assertEquals(1, problems.size(), problems.toString());
        assertTrue(problems.getFirst().contains(expected), problems.toString());
    }
}
