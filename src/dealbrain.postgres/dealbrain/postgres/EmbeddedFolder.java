package dealbrain.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Looks into the folder of an {@link EmbeddedPostgres}, for programs that do not start the server themselves. */
public final class EmbeddedFolder {
    private EmbeddedFolder() {}

    /** Returns whether {@code folder} has the data of a server, which may run or not. */
    public static boolean hasData(Path folder) {
        return Files.isDirectory(folder.resolve("postgres-data"));
    }

    /**
     * Returns whether neither a server runs on {@code folder} nor another process that may start or stop one. Locks the
     * folder for a moment, as {@link #urlOfOtherProcess} does.
     *
     * @throws PostgresStartException the folder or its file with the URL cannot be read
     */
    public static boolean isStopped(Path folder) {
        return urlOfOtherProcess(folder).isEmpty() && !new EmbeddedPostgres(realPath(folder), true).isRunning();
    }

    /**
     * Returns the connection URL of the server if another process uses the folder. That process may still be starting
     * the server, or be stopping it. Locks the folder for a moment: a server that starts at this moment fails.
     *
     * @throws PostgresStartException the folder or its file with the URL cannot be read
     */
    public static Optional<String> urlOfOtherProcess(Path folder) {
        Path real = realPath(folder);
        try {
            Optional<FolderLock> lock = FolderLock.tryAcquire(real.resolve("postgres.lock"));
            if (lock.isEmpty()) {
                return Optional.of(ServerUrl.parse(Files.readString(real.resolve("postgres.url")))
                        .text());
            }
            lock.get().close();
            return Optional.empty();
        } catch (IOException e) {
            throw notFound(folder, e);
        } catch (IllegalArgumentException e) {
            throw new PostgresStartException(folder.resolve("postgres.url") + " has no connection URL", e);
        }
    }

    private static Path realPath(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException e) {
            throw notFound(folder, e);
        }
    }

    private static PostgresStartException notFound(Path folder, IOException e) {
        return new PostgresStartException(
                "the embedded PostgreSQL in " + folder + " cannot be found: " + StartFailure.describe(e), e);
    }
}
