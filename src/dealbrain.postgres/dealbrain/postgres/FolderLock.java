package dealbrain.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Reserves a folder for one process. The operating system releases the lock when the process ends, even after a kill.
 */
final class FolderLock implements AutoCloseable {
    // The operating system locks a file for the whole process, and closing any channel of the file releases the lock.
    // A second channel must therefore not be opened while this process holds the lock.
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Locks {@code file}, whose path contains no symbolic link, and thereby its folder.
     *
     * @throws PostgresStartException another process holds the lock, or this process already does
     */
    static FolderLock acquire(Path file) throws IOException {
        return tryAcquire(file).orElseThrow(() -> inUse(file));
    }

    /** As {@link #acquire}, but returns empty if the lock is held. */
    static Optional<FolderLock> tryAcquire(Path file) throws IOException {
        if (!HELD.add(file)) {
            return Optional.empty();
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            acquired = channel.tryLock() != null;
        } finally {
            if (!acquired) {
                HELD.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
        return acquired ? Optional.of(new FolderLock(file, channel)) : Optional.empty();
    }

    private static PostgresStartException inUse(Path file) {
        return new PostgresStartException(
                "another dealbrain is using " + file.getParent() + ": stop it, or choose another data folder");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        HELD.remove(file);
    }
}
