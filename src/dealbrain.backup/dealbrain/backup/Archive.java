package dealbrain.backup;

import dealbrain.json.Json;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** A backup that was verified: each byte is as it was written. */
final class Archive implements AutoCloseable {
    private static final int BUFFER = 1 << 16;
    private static final int LOCAL_HEADER = 30; // bytes before the name of a part

    private final ZipFile zip;
    private final Manifest manifest;
    private final long bytes;

    private Archive(ZipFile zip, Manifest manifest, long bytes) {
        this.zip = zip;
        this.manifest = manifest;
        this.bytes = bytes;
    }

    /**
     * Reads the whole file, and compares its checksum.
     *
     * @throws BackupException the file is no backup, or incomplete, damaged, or of a newer format
     */
    static Archive open(Path file) {
        try {
            verify(file);
            ZipFile zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8);
            try {
                return new Archive(zip, manifest(zip), Files.size(file));
            } catch (IOException | RuntimeException e) {
                zip.close();
                throw e;
            }
        } catch (IOException e) {
            throw BackupException.of("the backup cannot be read", e);
        } catch (UncheckedIOException e) {
            IOException cause = Objects.requireNonNull(e.getCause());
            throw BackupException.of("the manifest of " + file + " cannot be read", cause);
        }
    }

    private static Manifest manifest(ZipFile zip) throws IOException {
        try (InputStream in = part(zip, Manifest.PART)) {
            return Json.read(new String(in.readAllBytes(), StandardCharsets.UTF_8), Manifest.class);
        }
    }

    private static void verify(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new BackupException(Files.exists(file) ? file + " is not a file" : file + " does not exist");
        }
        try (FileChannel channel = FileChannel.open(file)) {
            if (!beginsAsBackup(channel)) {
                throw new BackupException(file + " is not a backup of dealbrain");
            }
            Optional<Seal> seal = Seal.find(text(channel, Math.max(0, channel.size() - Seal.MAX_LENGTH)));
            if (seal.isEmpty()) {
                throw new BackupException(file + " is incomplete or damaged: the end of the backup is missing");
            }
            if (!checksum(channel).equals(seal.get().checksum())) {
                throw new BackupException(file + " is damaged: its content does not match its checksum");
            }
            if (seal.get().format() > Seal.FORMAT) {
                throw new BackupException(file + " has the format " + seal.get().format()
                        + ", but this version of dealbrain knows " + Seal.FORMAT + ": use a newer version");
            }
        }
    }

    /** Returns whether the name of the first part is there. */
    private static boolean beginsAsBackup(FileChannel channel) throws IOException {
        return text(channel, LOCAL_HEADER).startsWith(ArchiveWriter.FIRST_PART);
    }

    /** Returns up to {@link Seal#MAX_LENGTH} bytes. */
    private static String text(FileChannel channel, long position) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Seal.MAX_LENGTH);
        long next = position;
        for (int read = channel.read(buffer, next); read > 0; read = channel.read(buffer, next)) {
            next += read;
        }
        return StandardCharsets.ISO_8859_1.decode(buffer.flip()).toString();
    }

    private static String checksum(FileChannel channel) throws IOException {
        MessageDigest digest = Seal.digest();
        ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
        long end = channel.size() - Seal.CHECKSUM_LENGTH;
        for (long position = 0; position < end; ) {
            int read = channel.read(buffer.clear().limit((int) Math.min(BUFFER, end - position)), position);
            if (read < 0) {
                break; // the file became shorter
            }
            digest.update(buffer.flip());
            position += read;
        }
        return Seal.checksum(digest);
    }

    private static InputStream part(ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new FileNotFoundException(zip.getName() + " has no part " + name);
        }
        return zip.getInputStream(entry);
    }

    Manifest manifest() {
        return manifest;
    }

    long bytes() {
        return bytes;
    }

    /** Opens the rows of a table. */
    InputStream rows(String table) throws IOException {
        return part(zip, Manifest.part(table));
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
