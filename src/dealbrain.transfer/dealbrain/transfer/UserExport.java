package dealbrain.transfer;

import dealbrain.http.ProblemException;
import dealbrain.http.Response;
import dealbrain.json.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
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

    UserExport(Jdbi jdbi, long userId) {
        this.jdbi = jdbi;
        this.userId = userId;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        Path file = Files.createTempFile("dealbrain-export", ".json"); // readable by its owner only
        try {
            read(file);
            Files.copy(file, out);
        } finally {
            Files.delete(file);
        }
    }

    private void read(Path file) throws IOException {
        try {
            ExportSlots.run(TIMEOUT_SECONDS, () -> {
                try (BufferedWriter text = Files.newBufferedWriter(file)) {
                    return jdbi.inTransaction(handle -> write(handle, text));
                }
            });
        } catch (ProblemException e) {
            throw new IOException("the export of user " + userId + " was cancelled: too many exports are running", e);
        }
    }

    private boolean write(Handle handle, Writer text) throws IOException {
        handle.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY");
        text.write("{\"format\":" + Json.text(FORMAT) + ",\"version\":" + VERSION + ",\n\"exported_at\":"
                + Json.text(Instant.now()));
        for (UserExportSection section : UserExportSection.values()) {
            text.write(",\n" + Json.text(section.member()) + ":");
            write(handle, section, text);
        }
        text.write("}\n");
        return true;
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
