package dealbrain.postgres;

import dealbrain.database.DatabaseUnavailableException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps a folder for one program; the system gives it free when the program ends, however it ends. */
final class FolderLock implements AutoCloseable {
    // A file lock belongs to the whole process, and closing a second channel would give it back: ask here first.
    private static final Set<Path> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private FolderLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes {@code file} in a folder whose path is real.
     *
     * @throws DatabaseUnavailableException another program has it, or another part of this one
     */
    static FolderLock acquire(Path file) throws IOException {
        if (!TAKEN.add(file)) {
            throw inUse(file);
        }
        FileChannel channel = null;
        boolean acquired = false;
        try {
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            acquired = channel.tryLock() != null;
        } finally {
            if (!acquired) {
                TAKEN.remove(file);
                if (channel != null) {
                    channel.close();
                }
            }
        }
        if (!acquired) {
            throw inUse(file);
        }
        return new FolderLock(file, channel);
    }

    private static DatabaseUnavailableException inUse(Path file) {
        return new DatabaseUnavailableException(
                "another dealbrain is using " + file.getParent() + ": stop it, or give this one another folder");
    }

    @Override
    public void close() throws IOException {
        channel.close();
        TAKEN.remove(file);
    }
}
