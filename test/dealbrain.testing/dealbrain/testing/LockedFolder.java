package dealbrain.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A folder that one test run uses at a time, so that several runs can share a checkout. The lock is a file next to the
 * folder, and the operating system releases it when the process ends.
 */
record LockedFolder(Path path, FileChannel lock) implements AutoCloseable {
    private static final int MAX_RUNS = 16;

    /**
     * Locks the first of {@code parent/prefix-0}, {@code parent/prefix-1}, … that no other run has locked. The folder
     * need not exist and is not created. If it exists, a run that was killed has left it.
     */
    static LockedFolder acquire(Path parent, String prefix) throws IOException {
        Files.createDirectories(parent);
        for (int i = 0; i < MAX_RUNS; i++) {
            Path path = parent.resolve(prefix + "-" + i);
            FileChannel channel = FileChannel.open(
                    path.resolveSibling(path.getFileName() + ".lock"),
                    StandardOpenOption.CREATE,
                    StandardOpenOption.WRITE);
            if (channel.tryLock() != null) {
                return new LockedFolder(path, channel);
            }
            channel.close();
        }
        throw new IllegalStateException(MAX_RUNS + " test runs are using " + parent);
    }

    /** Deletes a folder with its contents. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (UncheckedIOException e) { // thrown by the stream
            throw e.getCause();
        }
    }

    /** Releases the lock; the folder stays. */
    @Override
    public void close() throws IOException {
        lock.close();
    }
}
