package dealbrain.transfer;

import dealbrain.http.ProblemException;
import dealbrain.http.Response;
import dealbrain.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.result.ResultIterator;

/**
 * The body of an export of everything that is a user's own. It is read in one snapshot of the database, with one
 * statement for each {@link UserExportSection}, into a temporary file, and then sent: so it holds no connection, no
 * snapshot and little memory while the client receives it.
 */
final class UserExport implements Response.Writer {
    static final String FORMAT = "dealbrain-user";
    static final int VERSION = 1;

    /** The number of rows in memory at the same time. */
    private static final int FETCH_SIZE = 100;

    private static final int TIMEOUT_SECONDS = 30;

    private final Jdbi jdbi;
    private final long userId;
    private final FileChannel file;

    /**
     * Reads everything.
     *
     * @throws ProblemException unavailable: too many exports are running
     */
    UserExport(Jdbi jdbi, long userId) {
        this.jdbi = jdbi;
        this.userId = userId;
        try {
            this.file = ExportSlots.run(TIMEOUT_SECONDS, this::read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private FileChannel read() throws IOException {
        FileChannel opened = open();
        try {
            Writer text = new BufferedWriter(Channels.newWriter(opened, StandardCharsets.UTF_8));
            jdbi.useTransaction(handle -> write(handle, text));
            text.flush();
            return opened;
        } catch (IOException | RuntimeException | Error e) {
            opened.close();
            throw e;
        }
    }

    /**
     * Opens a file without a name, which vanishes with its descriptor: a response to HEAD is never written, so nothing
     * would delete the file.
     */
    private static FileChannel open() throws IOException {
        Path path = Files.createTempFile("dealbrain-export", ".json"); // readable by its owner only
        return FileChannel.open(
                path, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        try (file) {
            file.position(0);
            Channels.newInputStream(file).transferTo(out);
        }
    }

    private void write(Handle handle, Writer text) throws IOException {
        handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        text.write("{\"format\":" + Json.text(FORMAT) + ",\"version\":" + VERSION + ",\n\"exported_at\":"
                + Json.text(Instant.now()));
        for (UserExportSection section : UserExportSection.values()) {
            text.write(",\n" + Json.text(section.member()) + ":");
            write(handle, section, text);
        }
        text.write("}\n");
    }

    private void write(Handle handle, UserExportSection section, Writer text) throws IOException {
        text.write(section.isSingle() ? "" : "[");
        String separator = "\n";
        try (ResultIterator<String> rows = handle.createQuery(section.query())
                .setFetchSize(FETCH_SIZE)
                .bind("userId", userId)
                .mapTo(String.class)
                .iterator()) {
            while (rows.hasNext()) {
                text.write(separator + rows.next());
                separator = ",\n";
            }
        }
        text.write(section.isSingle() ? "" : "\n]");
    }
}
