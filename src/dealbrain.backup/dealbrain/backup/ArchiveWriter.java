package dealbrain.backup;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a backup: a ZIP file whose comment is its {@link Seal}. Standard tools can read it. The memory that it needs
 * does not depend on the size.
 */
final class ArchiveWriter {
    /** The name of the first part, at a fixed place near the start of the file, by which a backup is recognized. */
    static final String FIRST_PART = "dealbrain-backup.txt";

    private static final int BUFFER = 1 << 16;
    private static final String EXPLANATION = """
            This is a backup of dealbrain. To restore it: dealbrain restore FILE

            It is a ZIP file. tables/ has the rows of each table in the text format of PostgreSQL's COPY, with the
            columns that manifest.json names; psql can load them: \\copy TABLE (COLUMNS) FROM 'TABLE.txt'
            """;

    private final SealedOutputStream sealed;
    private final ZipOutputStream zip;

    ArchiveWriter(OutputStream out) throws IOException {
        sealed = new SealedOutputStream(out);
        zip = new ZipOutputStream(new BufferedOutputStream(sealed, BUFFER), StandardCharsets.UTF_8);
        zip.setLevel(Deflater.DEFAULT_COMPRESSION);
        zip.setComment(Seal.open());
        write(FIRST_PART, part -> part.write(EXPLANATION.getBytes(StandardCharsets.UTF_8)));
    }

    /** Writes a part. */
    @FunctionalInterface
    interface Part<X extends Exception> {
        void writeTo(OutputStream out) throws IOException, X;
    }

    /** Adds a part. */
    <X extends Exception> void write(String name, Part<X> part) throws IOException, X {
        zip.putNextEntry(new ZipEntry(name));
        BufferedOutputStream buffer = new BufferedOutputStream(zip, BUFFER); // rows are small, and each costs a call
        part.writeTo(buffer);
        buffer.flush();
        zip.closeEntry();
    }

    /** Writes the end. Returns the number of bytes of the whole file. Does not close the stream. */
    long finish() throws IOException {
        zip.finish();
        zip.flush();
        return sealed.finish();
    }
}
