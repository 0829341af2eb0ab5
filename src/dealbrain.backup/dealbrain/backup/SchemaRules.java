package dealbrain.backup;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What the database does when rows are inserted: foreign keys, triggers, and the indexes that belong to no constraint.
 * A load suspends it, which the owner of the tables may do; {@code session_replication_role} is for superusers, and
 * does not switch off triggers that are {@code ENABLE ALWAYS}. Foreign keys are checked when they are restored.
 */
final class SchemaRules {
    /** Each query returns pairs: a statement that suspends a rule, and one that restores it. */
    private static final String FOREIGN_KEYS = """
            SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname),
                   format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid))
              FROM pg_constraint
             WHERE contype = 'f' AND conparentid = 0 AND connamespace = current_schema()::regnamespace
             ORDER BY conrelid::regclass::text, conname
            """;

    private static final String TRIGGERS = """
            SELECT format('ALTER TABLE %s DISABLE TRIGGER %I', tgrelid::regclass, tgname),
                   format('ALTER TABLE %s %s TRIGGER %I', tgrelid::regclass,
                          CASE tgenabled WHEN 'A' THEN 'ENABLE ALWAYS' WHEN 'R' THEN 'ENABLE REPLICA' ELSE 'ENABLE' END,
                          tgname)
              FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
             WHERE relnamespace = current_schema()::regnamespace
               AND NOT tgisinternal AND tgparentid = 0 AND tgenabled <> 'D'
             ORDER BY tgrelid::regclass::text, tgname
            """;

    /** The definition of an index on a partitioned table has ONLY, which would leave out the partitions. */
    private static final String INDEXES = """
            SELECT format('DROP INDEX %s', indexrelid::regclass),
                   regexp_replace(pg_get_indexdef(indexrelid), '^(CREATE (UNIQUE )?INDEX \\S+) ON ONLY ', '\\1 ON ')
              FROM pg_index i JOIN pg_class ON pg_class.oid = indrelid
             WHERE relnamespace = current_schema()::regnamespace AND NOT relispartition AND relkind IN ('r', 'p')
               AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
             ORDER BY indexrelid::regclass::text
            """;

    private final List<String> restoring = new ArrayList<>();

    private SchemaRules() {}

    /** Suspends the rules of all tables of the current schema. */
    static SchemaRules suspend(Connection connection) throws SQLException {
        SchemaRules rules = new SchemaRules();
        List<String> suspending = new ArrayList<>();
        for (String query : List.of(FOREIGN_KEYS, INDEXES, TRIGGERS)) {
            try (Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery(query)) {
                while (row.next()) {
                    suspending.add(row.getString(1));
                    rules.restoring.addFirst(row.getString(2)); // indexes before the foreign keys, which use them
                }
            }
        }
        execute(connection, suspending);
        return rules;
    }

    /** Restores all of them as they were. */
    void restore(Connection connection) throws SQLException {
        execute(connection, restoring);
    }

    private static void execute(Connection connection, List<String> statements) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
