package dealbrain.backup;

import dealbrain.database.Database;
import dealbrain.database.DatabaseUnavailableException;
import dealbrain.database.DatabaseUrl;
import dealbrain.database.MigrationException;
import dealbrain.database.Migrations;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * A backup: a file with all rows of a database as of one moment, independent of the version of PostgreSQL, of the
 * processor and of the operating system. All messages of exceptions are for the operator.
 */
public final class Backup implements AutoCloseable {
    private final Archive archive;
    private final Migrations migrations;

    private Backup(Archive archive, Migrations migrations) {
        this.archive = archive;
        this.migrations = migrations;
    }

    /**
     * Writes a backup of the database to {@code out}, which stays open. Writers are not blocked. Needs little memory.
     *
     * @param version of dealbrain
     * @throws BackupException              the database has no tables of dealbrain, a statement failed, or {@code out}
     * @throws MigrationException           the database is not one of this version or an earlier one
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public static BackupSummary write(DatabaseUrl url, String version, OutputStream out) {
        try (Connection connection = Database.connect(url, "backup")) {
            ArchiveWriter archive = new ArchiveWriter(out);
            Manifest manifest = new Dump(connection, archive).write(version, Migrations.bundled());
            return manifest.summary(archive.finish(), List.of());
        } catch (SQLException e) {
            throw new BackupException(
                    "the database " + url.address() + " could not be backed up: "
                            + DatabaseUnavailableException.reason(e),
                    e);
        } catch (IOException e) {
            throw BackupException.of("the backup cannot be written", e);
        }
    }

    /**
     * Opens a backup after verifying the whole file.
     *
     * @throws BackupException    the file is no backup, or incomplete, damaged, or of a newer format
     * @throws MigrationException this version of dealbrain does not know all its migrations
     */
    public static Backup open(Path file) {
        Archive archive = Archive.open(file);
        try {
            Migrations migrations = Migrations.bundled();
            migrations.requireKnown(
                    "the backup of dealbrain " + archive.manifest().version(),
                    archive.manifest().applied());
            return new Backup(archive, migrations);
        } catch (RuntimeException e) {
            archive.close();
            throw e;
        }
    }

    /** Returns what the backup contains. */
    public BackupSummary summary() {
        return archive.manifest().summary(archive.bytes(), List.of());
    }

    /**
     * Restores the backup into an empty database, in one transaction. The schema is that of the backup: the next start
     * of the application applies later migrations.
     *
     * @throws BackupException              a statement failed; the database is still empty
     * @throws MigrationException           the database is not empty
     * @throws DatabaseUnavailableException the server cannot be reached, rejects the connection, or has settings with
     *                                      which the application does not work
     */
    public BackupSummary restore(DatabaseUrl url) {
        try (Connection connection = Database.connect(url, "restore")) {
            List<String> otherTables = new Load(connection, archive).run(url, migrations);
            return archive.manifest().summary(archive.bytes(), otherTables);
        } catch (SQLException e) {
            throw new BackupException(
                    "the backup could not be restored: " + DatabaseUnavailableException.reason(e)
                            + "; the database is still empty",
                    e);
        } catch (IOException e) {
            throw BackupException.of("the backup cannot be read", e);
        }
    }

    @Override
    public void close() {
        archive.close();
    }
}
