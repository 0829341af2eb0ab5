package dealbrain.backup;

import dealbrain.backup.Manifest.SequenceValue;
import dealbrain.backup.Manifest.TableRows;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.Migrations;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.postgresql.PGConnection;

/** Loads an archive into an empty database, in one transaction: either all of it is there, or nothing. */
final class Load {
    private static final int BUFFER = 1 << 16;

    private final Connection connection;
    private final Archive archive;
    private final Manifest manifest;

    Load(Connection connection, Archive archive) {
        this.connection = connection;
        this.archive = archive;
        this.manifest = archive.manifest();
    }

    /**
     * Creates the schema by the migrations of the backup, and loads the tables.
     *
     * @return the tables of the backup that are not of dealbrain, and were left out
     */
    List<String> run(DatabaseUrl url, Migrations migrations) throws SQLException, IOException {
        connection.setAutoCommit(false);
        execute(Dump.NO_TIMEOUTS);
        execute(Dump.FORMATS);
        migrations.recreate(url, connection, manifest.migrations().size());
        Map<String, List<String>> schema = Tables.taken(connection);
        requireComplete(schema);
        List<TableRows> tables = manifest.tables().stream()
                .filter(table -> schema.containsKey(table.name()))
                .toList();
        SchemaRules rules = SchemaRules.suspend(connection);
        execute("TRUNCATE " + Tables.quoted(schema.keySet())); // rows that a migration has inserted
        for (TableRows table : tables) {
            load(table);
        }
        execute("SET CONSTRAINTS ALL IMMEDIATE");
        setSequences();
        rules.restore(connection);
        unsettle();
        execute("ANALYZE " + Tables.quoted(schema.keySet()));
        connection.commit();
        return manifest.tables().stream()
                .map(TableRows::name)
                .filter(name -> !schema.containsKey(name))
                .toList();
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The checksum proves that the file is as it was written. This finds a mistake of the program that wrote it. */
    private void requireComplete(Map<String, List<String>> schema) {
        Set<String> known = new HashSet<>(manifest.notTaken());
        for (TableRows table : manifest.tables()) {
            known.add(table.name());
            List<String> columns = schema.getOrDefault(table.name(), table.columns());
            if (!Set.copyOf(columns).equals(Set.copyOf(table.columns()))) {
                throw new BackupException("the backup has the columns " + table.columns() + " of the table "
                        + table.name() + ", but its migrations create " + columns);
            }
        }
        schema.keySet().stream()
                .filter(name -> !known.contains(name))
                .findFirst()
                .ifPresent(name -> {
                    throw new BackupException("the backup has no table " + name);
                });
    }

    private void load(TableRows table) throws SQLException, IOException {
        String sql = "COPY " + Tables.quoted(table.name()) + " (" + Tables.quoted(table.columns()) + ") FROM STDIN";
        try (InputStream rows = archive.rows(table.name())) {
            long loaded = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql, rows, BUFFER);
            if (loaded != table.rows()) {
                throw new BackupException("the backup should have " + table.rows() + " rows of the table "
                        + table.name() + ", but has " + loaded);
            }
        }
    }

    /** Continues the ids after those of the backup, also after those of rows that were deleted. */
    private void setSequences() throws SQLException {
        String sql = "SELECT setval(to_regclass(?), ?) WHERE to_regclass(?) IS NOT NULL";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (SequenceValue sequence : manifest.sequences()) {
                statement.setString(1, Tables.quoted(sequence.name()));
                statement.setLong(2, sequence.lastValue());
                statement.setString(3, Tables.quoted(sequence.name()));
                statement.execute();
            }
        }
    }

    /**
     * The migrations have started a new generation of the change log, in which no earlier cache entry is used. Its
     * writers have to wait until the leases of instances that used a database at this address before have ended: step 7
     * of docs/decisions/0009-never-stale.md. The length of the longest lease is part of the backup.
     */
    private void unsettle() throws SQLException {
        execute("""
                DO $$ BEGIN
                    IF to_regclass('change_incarnation') IS NOT NULL THEN
                        UPDATE change_incarnation SET settled = false;
                    END IF;
                END $$""");
    }
}
