package dealbrain.app;

import dealbrain.backup.BackupException;
import dealbrain.database.DatabaseUrl;
import dealbrain.postgres.EmbeddedFolder;
import dealbrain.postgres.EmbeddedPostgres;
import java.nio.file.Path;
import java.util.Optional;

/** Finds the database that a command works on. */
final class CommandDatabase {
    private CommandDatabase() {}

    /**
     * Returns the URL of the database with the data: that of {@code DATABASE_URL}, else of the embedded PostgreSQL,
     * which is started if it does not run. {@code application} stops it.
     */
    static DatabaseUrl existing(Config config, Application application) {
        if (config.database().url().isPresent()) {
            return config.database().url().get();
        }
        Path folder = config.dataDir();
        if (!EmbeddedFolder.hasData(folder)) {
            throw new BackupException("there is no database in " + folder.toAbsolutePath()
                    + ": set DEALBRAIN_DATA_DIR to the data folder of the server, or DATABASE_URL");
        }
        Optional<String> running = EmbeddedFolder.urlOfOtherProcess(folder);
        return DatabaseUrl.parse(running.orElseGet(() -> start(folder, application)));
    }

    /** Returns the URL of the database to fill: that of {@code DATABASE_URL}, else of an embedded PostgreSQL. */
    static DatabaseUrl toFill(Config config, Application application) {
        return config.database().url().orElseGet(() -> DatabaseUrl.parse(start(config.dataDir(), application)));
    }

    private static String start(Path folder, Application application) {
        return application.add(new EmbeddedPostgres(folder, true)).start();
    }
}
