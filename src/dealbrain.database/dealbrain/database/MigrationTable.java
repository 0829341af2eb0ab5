package dealbrain.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The table {@code schema_migration}, which has a row for each applied migration. */
final class MigrationTable {
    static final long LOCK = 0x6465_616c_6272_6e6dL; // "dealbrnm", unused as a key of other advisory locks

    private MigrationTable() {}

    static boolean exists(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT to_regclass('schema_migration') IS NOT NULL")) {
            row.next();
            return row.getBoolean(1);
        }
    }

    /** Returns the rows in the order of their versions. */
    static List<AppliedMigration> rows(Connection connection) throws SQLException {
        List<AppliedMigration> applied = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT version, name, checksum FROM schema_migration ORDER BY version")) {
            while (row.next()) {
                applied.add(new AppliedMigration(row.getInt(1), row.getString(2), row.getString(3)));
            }
        }
        return applied;
    }

    /**
     * Locks the database against other migrations until the end of the transaction, and creates the table if it does
     * not exist. The advisory lock belongs to the transaction, because pgBouncer can give the session to another
     * client.
     */
    static void lock(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("SET LOCAL statement_timeout = 0");
            statement.execute("SET LOCAL lock_timeout = 0");
            statement.execute("SELECT pg_advisory_xact_lock(" + LOCK + ")");
            statement.execute("SET LOCAL client_min_messages = warning");
            statement.execute("""
                    CREATE TABLE IF NOT EXISTS schema_migration (
                        version int PRIMARY KEY, name text NOT NULL, checksum text NOT NULL,
                        applied_at timestamptz NOT NULL DEFAULT now())""");
            // Waits for a backup, which holds a lock on this table, before any other table is locked: a lock that is
            // waited for blocks all readers of its table.
            statement.execute("LOCK TABLE schema_migration IN SHARE ROW EXCLUSIVE MODE");
        }
    }

    /** Returns the name of a table, except this one while it has no rows; empty if there is none. */
    static Optional<String> anyTable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        SELECT min(relname) FROM pg_class
                         WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')
                           AND (relname <> 'schema_migration' OR EXISTS (SELECT FROM schema_migration))
                           AND NOT EXISTS (SELECT FROM pg_depend WHERE objid = pg_class.oid AND deptype = 'e')""")) {
            row.next();
            return Optional.ofNullable(row.getString(1));
        }
    }
}
