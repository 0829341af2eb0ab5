package dealbrain.backup;

import dealbrain.backup.Manifest.SequenceValue;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The tables of the current schema, read from the catalog of PostgreSQL, so that no new one can be forgotten. */
final class Tables {
    /**
     * The tables of which a backup has no rows: the migrations, which the manifest has; the change log, whose
     * transaction ids and members mean nothing in another cluster; and the failed sign-ins, which no crash survives
     * either.
     */
    static final Set<String> NOT_TAKEN = Set.of(
            "schema_migration",
            "change_log",
            "change_checkpoint",
            "change_incarnation",
            "change_member",
            "change_heartbeat",
            "change_listener",
            "sign_in_failure");

    /** Without partitions, which their table includes, tables of extensions, and generated columns. */
    private static final String COLUMNS = """
            SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
              FROM pg_class c
              JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
             WHERE c.relnamespace = current_schema()::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
               AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = c.oid AND deptype = 'e')
             GROUP BY c.relname ORDER BY c.relname
            """;

    private static final String SEQUENCES = """
            SELECT sequencename, last_value FROM pg_sequences
             WHERE schemaname = current_schema() AND last_value IS NOT NULL ORDER BY sequencename
            """;

    private Tables() {}

    /** Returns the columns of each table that belongs to a backup, by the name of the table. One statement. */
    static Map<String, List<String>> taken(Connection connection) throws SQLException {
        Map<String, List<String>> tables = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(COLUMNS)) {
            while (row.next()) {
                if (!NOT_TAKEN.contains(row.getString(1))) {
                    tables.put(row.getString(1), Arrays.asList((String[])
                            row.getArray(2).getArray()));
                }
            }
        }
        return tables;
    }

    /** Returns the sequences that have been used. One statement. */
    static List<SequenceValue> sequences(Connection connection) throws SQLException {
        List<SequenceValue> sequences = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SEQUENCES)) {
            while (row.next()) {
                sequences.add(new SequenceValue(row.getString(1), row.getLong(2)));
            }
        }
        return sequences;
    }

    /** Returns a name as SQL has it: {@code "order"}. */
    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    /** Returns names as a list in SQL. */
    static String quoted(Iterable<String> names) {
        List<String> quoted = new ArrayList<>();
        names.forEach(name -> quoted.add(quoted(name)));
        return String.join(", ", quoted);
    }
}
