package dealbrain.backup;

import java.time.Instant;
import java.util.List;

/**
 * What a backup contains.
 *
 * @param version       of the dealbrain that made it
 * @param takenAt       the time of its state, by the clock of the database
 * @param schemaVersion the number of the last applied migration
 * @param tables        the number of tables
 * @param rows          of all tables together
 * @param bytes         the size of the file
 * @param otherTables   its tables that are not of dealbrain, which a restore leaves out; known after a restore only
 */
public record BackupSummary(
        String version,
        Instant takenAt,
        int schemaVersion,
        int tables,
        long rows,
        long bytes,
        List<String> otherTables) {
    public BackupSummary {
        otherTables = List.copyOf(otherTables);
    }
}
