import org.jspecify.annotations.NullMarked;

/** Backups: one file with all data of a database, and the restore of it (docs/decisions/0034-backup.md). */
@NullMarked
module dealbrain.backup {
    requires static transitive org.jspecify;
    requires transitive dealbrain.database; // DatabaseUrl, in Backup
    requires dealbrain.json;
    requires org.postgresql.jdbc; // CopyManager

    exports dealbrain.backup;

    opens dealbrain.backup to
            com.fasterxml.jackson.databind; // Manifest
}
