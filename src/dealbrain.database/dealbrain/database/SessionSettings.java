package dealbrain.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;
import java.util.Optional;

/**
 * The settings of the server that statements rely on. Each connection requests them when it is opened, because a role
 * or a database can have others ({@code ALTER ROLE … SET}). A pooler may drop the request, and some settings cannot be
 * requested: {@link #problems} finds both at the start.
 */
final class SessionSettings {
    /**
     * With other values statements fail, find less, or mean something else. {@code exit_on_error} would end the
     * connection at each violated constraint, {@code gin_fuzzy_search_limit} returns a random part of a search.
     */
    static final Map<String, String> REQUIRED = ordered(
            Map.entry("default_transaction_isolation", "read committed"),
            Map.entry("standard_conforming_strings", "on"),
            Map.entry("row_security", "on"),
            Map.entry("exit_on_error", "off"),
            Map.entry("gin_fuzzy_search_limit", "0"),
            Map.entry("transform_null_equals", "off"),
            Map.entry("array_nulls", "on"),
            Map.entry("quote_all_identifiers", "off"),
            Map.entry("bytea_output", "hex"),
            Map.entry("intervalstyle", "postgres"),
            Map.entry("xmloption", "content"));

    /** Better, but nothing relies on them. */
    private static final Map<String, String> PREFERRED = ordered(
            // Planning the wide statements costs more than running them: the generic plan is kept with the statement.
            Map.entry("plan_cache_mode", "force_generic_plan"),
            Map.entry("jit", "off"),
            Map.entry("client_min_messages", "warning"),
            Map.entry("idle_session_timeout", "0"));

    /**
     * Replaces settings of a role or database that cannot be part of the request: {@code transaction_timeout} does not
     * exist before PostgreSQL 17, and only {@code off} of {@code synchronous_commit} can lose an acknowledged change.
     * The driver sets the time zone of this machine when it connects.
     */
    static final String INITIAL_STATEMENTS = """
            SET TIME ZONE 'UTC';
            SELECT set_config(name, CASE name WHEN 'synchronous_commit' THEN 'on' ELSE '0' END, false)
              FROM pg_settings
             WHERE (name = 'synchronous_commit' AND setting = 'off')
                OR (name = 'transaction_timeout' AND setting <> '0')
            """;

    static final int OLDEST_VERSION = 15;

    private static final String QUERY = """
            SELECT lower(name), current_setting(name) FROM pg_settings
            UNION ALL SELECT 'current_schema', coalesce(current_schema()::text, '')
            UNION ALL SELECT 'other_schema', coalesce(
                (SELECT min(relnamespace::regnamespace::text) FROM pg_class
                  WHERE relname = 'schema_migration' AND relkind = 'r' AND to_regclass('schema_migration') IS NULL), '')
            """;

    private SessionSettings() {}

    @SafeVarargs
    private static Map<String, String> ordered(Entry<String, String>... entries) {
        Map<String, String> map = new LinkedHashMap<>();
        for (Entry<String, String> entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return map;
    }

    /**
     * Returns the settings to request: the user's options replace timeouts and preferred ones, but not required ones.
     */
    static Map<String, String> requested(Map<String, String> timeouts, StartupOptions ofUser) {
        Map<String, String> settings = new LinkedHashMap<>(PREFERRED);
        settings.putAll(timeouts);
        settings.keySet().removeAll(ofUser.settings().keySet());
        settings.putAll(REQUIRED);
        return settings;
    }

    /** Returns why the database of a connection cannot be used, one sentence each with what to do. One statement. */
    static List<String> problems(Connection connection, DatabaseUrl url) throws SQLException {
        Map<String, String> values = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(QUERY)) {
            while (row.next()) {
                values.put(row.getString(1), row.getString(2));
            }
        }
        return problems(values, url.user(), url.hasSchema());
    }

    /**
     * Returns the problems of settings by their names in lower case.
     *
     * @param schemaChosen whether the URL names the schema of the tables, which may then be a new one
     */
    static List<String> problems(Map<String, String> values, String role, boolean schemaChosen) {
        List<String> problems = new ArrayList<>();
        if (Integer.parseInt(values.getOrDefault("server_version_num", "0")) / 10_000 < OLDEST_VERSION) {
            problems.add("PostgreSQL " + values.get("server_version") + " is too old: version " + OLDEST_VERSION
                    + " or newer is required");
        }
        if (!"UTF8".equals(values.get("server_encoding"))) {
            problems.add("the encoding is " + values.get("server_encoding") + ": create a database by CREATE DATABASE …"
                    + " ENCODING 'UTF8' TEMPLATE template0, and copy the data by pg_dump");
        }
        if ("on".equals(values.get("transaction_read_only"))) {
            problems.add("the database is read-only: use the URL of the primary server, or set"
                    + " default_transaction_read_only to off; providers set it when the disk is full");
        }
        if (!"origin".equals(values.get("session_replication_role"))) {
            problems.add("session_replication_role is " + values.get("session_replication_role")
                    + ", which switches foreign keys off: " + alter(role, "session_replication_role", "origin"));
        }
        REQUIRED.forEach((name, value) -> {
            if (!value.equals(values.getOrDefault(name, value))) {
                problems.add(name + " is " + values.get(name) + ", because a connection pooler drops the settings of"
                        + " connections: " + alter(role, name, "'" + value + "'"));
            }
        });
        schemaProblem(values, role, schemaChosen).ifPresent(problems::add);
        return problems;
    }

    private static Optional<String> schemaProblem(Map<String, String> values, String role, boolean schemaChosen) {
        String current = values.getOrDefault("current_schema", "");
        if (current.isEmpty() || current.equals("pg_catalog") || current.equals("information_schema")) {
            return Optional.of("search_path of " + role + " has no schema for tables, or one that does not exist: "
                    + alter(role, "search_path", "public")
                    + ", or add currentSchema=… to the parameters of the database URL");
        }
        String other = values.getOrDefault("other_schema", "");
        return other.isEmpty() || schemaChosen
                ? Optional.empty()
                : Optional.of("the tables of dealbrain are in the schema " + other + ", but search_path of " + role
                        + " leads to " + current + ": add currentSchema=" + other
                        + " to the parameters of the database URL, or currentSchema=" + current
                        + " for another installation in the same database");
    }

    private static String alter(String role, String name, String value) {
        return "ALTER ROLE \"" + role + "\" SET " + name + " = " + value;
    }
}
