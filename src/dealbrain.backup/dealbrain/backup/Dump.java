package dealbrain.backup;

import dealbrain.backup.Manifest.MigrationFile;
import dealbrain.backup.Manifest.TableRows;
import dealbrain.database.AppliedMigration;
import dealbrain.database.Migrations;
import dealbrain.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** Writes all tables of a database into an archive, as of one snapshot. */
final class Dump {
    /** The settings on which the text of values depends. A pooler may have dropped those of the connection. */
    static final String FORMATS = "SET LOCAL datestyle = 'ISO'; SET LOCAL intervalstyle = 'postgres';"
            + " SET LOCAL bytea_output = 'hex'; SET LOCAL extra_float_digits = 1; SET LOCAL timezone = 'UTC'";

    static final String NO_TIMEOUTS = "SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0;"
            + " SET LOCAL idle_in_transaction_session_timeout = 0";

    private final Connection connection;
    private final CopyManager copy;
    private final ArchiveWriter archive;

    Dump(Connection connection, ArchiveWriter archive) throws SQLException {
        this.connection = connection;
        this.copy = connection.unwrap(PGConnection.class).getCopyAPI();
        this.archive = archive;
    }

    /**
     * Writes everything in one transaction. A write that was committed before this call is part of it.
     *
     * @throws BackupException the database has no tables of dealbrain
     */
    Manifest write(String version, Migrations migrations) throws SQLException, IOException {
        if (Migrations.applied(connection).isEmpty()) {
            throw new BackupException("the database has no tables of dealbrain: there is nothing to back up");
        }
        begin();
        // The first query, which takes the snapshot of the transaction. LOCK takes none.
        List<AppliedMigration> applied = Migrations.applied(connection);
        migrations.requireKnown("the database", applied);
        Instant takenAt = now();
        Map<String, List<String>> tables = Tables.taken(connection);
        execute("LOCK TABLE " + Tables.quoted(tables.keySet()) + " IN ACCESS SHARE MODE");
        List<TableRows> written = new ArrayList<>();
        for (Map.Entry<String, List<String>> table : tables.entrySet()) {
            written.add(write(table.getKey(), table.getValue()));
        }
        Manifest manifest = new Manifest(
                version,
                connection.getMetaData().getDatabaseProductVersion(),
                takenAt,
                applied.stream().map(MigrationFile::of).toList(),
                written,
                Tables.sequences(connection), // after the rows: sequences have no snapshot, and only grow
                Tables.NOT_TAKEN.stream().sorted().toList());
        connection.rollback();
        archive.write(Manifest.PART, part -> part.write(Json.text(manifest).getBytes(StandardCharsets.UTF_8)));
        return manifest;
    }

    /**
     * Waits for a migration that is running, and keeps the next one from starting: it takes this lock before it locks
     * any other table.
     */
    private void begin() throws SQLException {
        connection.setAutoCommit(false);
        execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        execute(NO_TIMEOUTS);
        execute(FORMATS);
        execute("LOCK TABLE schema_migration IN SHARE MODE");
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private Instant now() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Writes one table. A query, because COPY does not write the rows of partitions. */
    private TableRows write(String table, List<String> columns) throws SQLException, IOException {
        String sql = "COPY (SELECT " + Tables.quoted(columns) + " FROM " + Tables.quoted(table) + ") TO STDOUT";
        long[] rows = new long[1];
        archive.<SQLException>write(Manifest.part(table), part -> rows[0] = copy.copyOut(sql, part));
        return new TableRows(table, columns, rows[0]);
    }
}
