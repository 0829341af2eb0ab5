package dealbrain.backup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.backup.Manifest.MigrationFile;
import dealbrain.backup.Manifest.TableRows;
import dealbrain.database.MigrationException;
import dealbrain.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are refused before a database is touched. */
class DamagedBackupTest {
    private static final String ROWS = "1\tada\n2\tgrace\n";

    @TempDir
    private Path folder;

    /** Returns a backup of one table whose last migration is unknown. */
    private static byte[] backup() throws IOException {
        Manifest manifest = new Manifest(
                "9.9.9",
                "18.1",
                Instant.EPOCH,
                List.of(new MigrationFile(9999, "9999-later.sql", "0".repeat(64))),
                List.of(new TableRows("account", List.of("id", "name"), 2)),
                List.of(),
                List.of());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ArchiveWriter archive = new ArchiveWriter(out);
        archive.write(Manifest.part("account"), part -> write(part, ROWS));
        archive.write(Manifest.PART, part -> write(part, Json.text(manifest)));
        long bytes = archive.finish();
        assertEquals(bytes, out.size());
        return out.toByteArray();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }

    private Path file(byte[] content) throws IOException {
        return Files.write(folder.resolve("backup.zip"), content);
    }

    private String refused(byte[] content) throws IOException {
        Path file = file(content);
        return String.valueOf(
                assertThrows(BackupException.class, () -> Backup.open(file)).getMessage());
    }

    @Test
    void opensAWholeFile() throws IOException {
        byte[] content = backup();
        try (Archive archive = Archive.open(file(content));
                InputStream rows = archive.rows("account")) {
            assertEquals(ROWS, new String(rows.readAllBytes(), StandardCharsets.UTF_8));
            assertEquals("9.9.9", archive.manifest().version());
            assertEquals(content.length, archive.bytes());
        }
    }

    @Test
    void refusesAChangeOfAnyByte() throws IOException {
        byte[] content = backup();
        for (int i = 0; i < content.length; i++) {
            byte[] changed = content.clone();
            changed[i] ^= 1;
            String reason = refused(changed);
            assertTrue(
                    reason.contains("damaged") || reason.endsWith(" is not a backup of dealbrain"),
                    "byte " + i + ": " + reason);
        }
    }

    @Test
    void refusesAnyOtherLength() throws IOException {
        byte[] content = backup();
        for (int length = 0; length < content.length; length++) {
            String reason = refused(Arrays.copyOf(content, length));
            assertTrue(
                    reason.contains("damaged") || reason.endsWith(" is not a backup of dealbrain"),
                    "length " + length + ": " + reason);
        }
        assertTrue(refused(Arrays.copyOf(content, content.length + 1)).contains("damaged"));
    }

    @Test
    void refusesAForeignFile() throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.setComment(Seal.open());
            out.putNextEntry(new ZipEntry("holidays.txt"));
        }
        for (byte[] content : List.of(zip.toByteArray(), new byte[0], "PGDMP".getBytes(StandardCharsets.US_ASCII))) {
            assertEquals(folder.resolve("backup.zip") + " is not a backup of dealbrain", refused(content));
        }
    }

    @Test
    void refusesAFolderAndAMissingFile() {
        Path missing = folder.resolve("missing");
        assertEquals(
                missing + " does not exist",
                assertThrows(BackupException.class, () -> Backup.open(missing)).getMessage());
        assertEquals(
                folder + " is not a file",
                assertThrows(BackupException.class, () -> Backup.open(folder)).getMessage());
    }

    @Test
    void refusesANewerFormat() throws IOException {
        String old = new String(backup(), StandardCharsets.ISO_8859_1);
        byte[] content = old.replace("dealbrain backup, format 1,", "dealbrain backup, format 2,")
                .getBytes(StandardCharsets.ISO_8859_1);
        int end = content.length - Seal.CHECKSUM_LENGTH;
        MessageDigest digest = Seal.digest();
        digest.update(content, 0, end);
        byte[] checksum = Seal.checksum(digest).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(checksum, 0, content, end, checksum.length);

        assertTrue(refused(content)
                .endsWith("has the format 2, but this version of dealbrain knows 1: use a newer version"));
    }

    @Test
    void refusesTheSchemaOfANewerVersion() throws IOException {
        Path file = file(backup());
        String reason =
                assertThrows(MigrationException.class, () -> Backup.open(file)).getMessage();
        assertTrue(
                String.valueOf(reason)
                        .startsWith("the backup of dealbrain 9.9.9 has version 9999, but this application"),
                reason);
    }
}
