package dealbrain.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A new file that gets its name only when it is complete and on disk. Until then it has a temporary name in the same
 * folder. Only its owner can read it. Thread-safe, so that a shutdown hook can close it.
 */
public final class UnfinishedFile implements AutoCloseable {
    private final Path file;
    private final Path unfinished;
    private final FileChannel channel;
    private boolean ended;

    private UnfinishedFile(Path file, Path unfinished, FileChannel channel) {
        this.file = file;
        this.unfinished = unfinished;
        this.channel = channel;
    }

    /**
     * Creates the file with its temporary name.
     *
     * @throws BackupException {@code file} exists, or its folder does not, or the folder is not writable
     */
    public static UnfinishedFile create(Path file) {
        Path absolute = file.toAbsolutePath();
        if (Files.exists(absolute)) {
            throw exists(file);
        }
        try {
            Path unfinished = Files.createTempFile(absolute.getParent(), absolute.getFileName() + ".", ".unfinished");
            return new UnfinishedFile(absolute, unfinished, FileChannel.open(unfinished, StandardOpenOption.WRITE));
        } catch (IOException e) {
            throw BackupException.of("the backup cannot be written", e);
        }
    }

    private static BackupException exists(Path file) {
        return new BackupException(file + " exists: choose another name, or delete it");
    }

    /** Returns the content to be written. Unbuffered. */
    public OutputStream out() {
        return Channels.newOutputStream(channel);
    }

    /**
     * Returns when the file has its name and is on disk.
     *
     * @throws BackupException another file with this name was created meanwhile, or the write failed
     */
    public synchronized void complete() {
        if (ended) {
            throw new BackupException("the backup was interrupted");
        }
        try {
            channel.force(true);
            channel.close();
            Files.move(unfinished, file); // does not replace
            ended = true;
            try (FileChannel folder = FileChannel.open(file.getParent())) {
                folder.force(true);
            }
        } catch (FileAlreadyExistsException _) {
            throw exists(file);
        } catch (IOException e) {
            throw BackupException.of("the backup cannot be written", e);
        }
    }

    /** Deletes the file unless it is complete. May be called again. */
    @Override
    public synchronized void close() {
        if (ended) {
            return;
        }
        ended = true;
        try {
            Files.deleteIfExists(unfinished);
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
