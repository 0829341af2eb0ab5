package dealbrain.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The state of a database, for the check of an installation.
 *
 * @param version          the version of the server, {@code 18.1}
 * @param problems         why the application does not start with this database, one sentence each with what to do
 * @param settings         the settings of a connection, by name
 * @param pending          the number of pending migrations
 * @param unusedIndexes    indexes of larger tables that were not used since the statistics were reset, without unique
 *                         ones
 * @param duplicateIndexes pairs of indexes with the same definition, as {@code first = second}
 * @param clockAhead       how far the server's clock is ahead of the local one, to some milliseconds
 */
public record DatabaseState(
        String version,
        List<String> problems,
        Map<String, String> settings,
        int pending,
        List<String> unusedIndexes,
        List<String> duplicateIndexes,
        Duration clockAhead) {
    private static final String SETTINGS = """
            SELECT name, current_setting(name) FROM pg_settings
             WHERE name IN ('max_connections', 'superuser_reserved_connections',
                            'statement_timeout', 'lock_timeout', 'plan_cache_mode', 'jit', 'fsync',
                            'full_page_writes', 'autovacuum', 'track_counts')
             ORDER BY name""";
    private static final String UNUSED = """
            SELECT s.indexrelid::regclass::text
              FROM pg_stat_user_indexes s
              JOIN pg_index i USING (indexrelid)
              JOIN pg_stat_user_tables t ON t.relid = s.relid
             WHERE s.idx_scan = 0 AND NOT i.indisunique
               AND t.n_live_tup > 10000 AND t.seq_scan + coalesce(t.idx_scan, 0) > 1000
             ORDER BY 1""";
    private static final String DUPLICATES = """
            SELECT a.indexrelid::regclass || ' = ' || b.indexrelid::regclass
              FROM pg_index a JOIN pg_index b USING (indrelid)
             WHERE a.indexrelid < b.indexrelid
               AND a.indkey = b.indkey AND a.indclass = b.indclass AND a.indoption = b.indoption
               AND a.indexprs::text IS NOT DISTINCT FROM b.indexprs::text
               AND a.indpred::text IS NOT DISTINCT FROM b.indpred::text
               AND a.indrelid IN (SELECT relid FROM pg_stat_user_tables)
             ORDER BY 1""";

    public DatabaseState {
        problems = List.copyOf(problems);
        settings = Map.copyOf(settings);
        unusedIndexes = List.copyOf(unusedIndexes);
        duplicateIndexes = List.copyOf(duplicateIndexes);
    }

    /**
     * Reads the state on a connection of its own and changes nothing. Seven statements.
     *
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public static DatabaseState of(DatabaseUrl url, Migrations migrations) {
        try (Connection connection = ConnectionSettings.connect(url, ConnectionSettings.properties(url));
                Statement statement = connection.createStatement()) {
            Map<String, String> settings = settings(statement);
            Duration clock = clockAhead(statement);
            return new DatabaseState(
                    connection.getMetaData().getDatabaseProductVersion(),
                    SessionSettings.problems(connection, url),
                    settings,
                    migrations.pending(connection),
                    column(statement, UNUSED),
                    column(statement, DUPLICATES),
                    clock);
        } catch (SQLException e) {
            throw DatabaseUnavailableException.to(url, e);
        }
    }

    private static Map<String, String> settings(Statement statement) throws SQLException {
        Map<String, String> settings = new LinkedHashMap<>();
        try (ResultSet row = statement.executeQuery(SETTINGS)) {
            while (row.next()) {
                settings.put(row.getString(1), row.getString(2));
            }
        }
        return settings;
    }

    private static Duration clockAhead(Statement statement) throws SQLException {
        Instant before = Instant.now();
        try (ResultSet row = statement.executeQuery("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint")) {
            row.next();
            Instant middle = before.plus(Duration.between(before, Instant.now()).dividedBy(2));
            return Duration.between(middle, Instant.ofEpochMilli(row.getLong(1)));
        }
    }

    private static List<String> column(Statement statement, String query) throws SQLException {
        List<String> texts = new ArrayList<>();
        try (ResultSet row = statement.executeQuery(query)) {
            while (row.next()) {
                texts.add(row.getString(1));
            }
        }
        return texts;
    }

    /** Returns the setting of this name, or an empty text when the server has none. */
    public String setting(String name) {
        return settings.getOrDefault(name, "");
    }

    public boolean isOn(String name) {
        return setting(name).equals("on");
    }

    public boolean isOff(String name) {
        return setting(name).equals("off");
    }
}
