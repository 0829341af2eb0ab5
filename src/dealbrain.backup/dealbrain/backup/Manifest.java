package dealbrain.backup;

import dealbrain.database.AppliedMigration;
import java.time.Instant;
import java.util.List;

/**
 * The description of a backup, its last part.
 *
 * @param version    of the dealbrain that made it
 * @param postgres   the version of the server
 * @param takenAt    the time of its state, by the clock of the database
 * @param migrations those that were applied, ascending
 * @param notTaken   the tables of which a backup has no rows
 */
record Manifest(
        String version,
        String postgres,
        Instant takenAt,
        List<MigrationFile> migrations,
        List<TableRows> tables,
        List<SequenceValue> sequences,
        List<String> notTaken) {
    static final String PART = "manifest.json";

    /** As {@link AppliedMigration}. */
    record MigrationFile(int version, String file, String checksum) {
        static MigrationFile of(AppliedMigration applied) {
            return new MigrationFile(applied.version(), applied.file(), applied.checksum());
        }

        AppliedMigration applied() {
            return new AppliedMigration(version, file, checksum);
        }
    }

    /** A table, with its columns in the order of the values, and the number of its rows. */
    record TableRows(String name, List<String> columns, long rows) {}

    /** A sequence that has been used. */
    record SequenceValue(String name, long lastValue) {}

    Manifest {
        migrations = List.copyOf(migrations);
        tables = List.copyOf(tables);
        sequences = List.copyOf(sequences);
        notTaken = List.copyOf(notTaken);
    }

    List<AppliedMigration> applied() {
        return migrations.stream().map(MigrationFile::applied).toList();
    }

    /** Returns the name of the part with the rows of a table. */
    static String part(String table) {
        return "tables/" + table + ".txt";
    }

    BackupSummary summary(long bytes, List<String> otherTables) {
        long rows = tables.stream().mapToLong(TableRows::rows).sum();
        return new BackupSummary(
                version, takenAt, migrations.getLast().version(), tables.size(), rows, bytes, otherTables);
    }
}
