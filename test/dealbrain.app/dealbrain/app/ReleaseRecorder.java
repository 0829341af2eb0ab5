package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.database.DatabaseUrl;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.ServerProcess;
import dealbrain.testing.SqlClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes the files of a {@link Release}, with its name and a temporary folder as arguments. Starts this application
 * with an empty database, fills it by the requests of {@code fill.txt}, and dumps it by {@code pg_dump}. Then sends the
 * requests of {@code requests.txt} to two copies of the database, and keeps what both respond. Needs the server
 * programs of PostgreSQL.
 */
final class ReleaseRecorder {
    /** Nothing in a dump may expire: it is read for years. */
    private static final String[] NEVER_EXPIRE = {
        "UPDATE listing_share SET expires_at = '2100-01-01T00:00:00Z' WHERE expires_at IS NOT NULL",
        "UPDATE user_share SET expires_at = '2100-01-01T00:00:00Z'"
    };

    private final Path folder;
    private final InstalledPostgres programs;
    private final int port;

    private ReleaseRecorder(Path folder, InstalledPostgres programs, int port) {
        this.folder = folder;
        this.programs = programs;
        this.port = port;
    }

    public static void main(String[] arguments) throws IOException, SQLException {
        String name = arguments[0];
        if (Release.names().contains(name)) {
            throw new IllegalArgumentException("the files of " + name + " exist: a release is recorded once");
        }
        Path folder = Path.of(arguments[1]);
        InstalledPostgres programs = InstalledPostgres.in(folder)
                .orElseThrow(() -> new IllegalStateException("needs the server programs of PostgreSQL"));
        int port = ServerProcess.freePort();
        programs.run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8");
        try (ServerProcess _ = programs.start("data", port)) {
            new ReleaseRecorder(folder, programs, port).record(name);
        }
    }

    private void record(String name) throws IOException, SQLException {
        DatabaseUrl original = create("original");
        Map<String, String> values = fill(original);
        SqlClient.execute(original, NEVER_EXPIRE);
        String dump = dump("original");
        JsonNode first = responses("first", dump, values);
        JsonNode second = responses("second", dump, values);
        Files.writeString(Release.FOLDER.resolve(name + ".sql"), dump);
        new Release(values, ReleaseResponses.masked(first, second)).write(name);
    }

    private DatabaseUrl create(String database) {
        programs.run("createdb", "-h", "127.0.0.1", "-p", String.valueOf(port), "-U", "postgres", database);
        return DatabaseUrl.parse("postgresql://postgres:none@127.0.0.1:" + port + "/" + database);
    }

    private Map<String, String> fill(DatabaseUrl url) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        try (Program program = start("filling", url)) {
            for (RequestLine request : RequestLine.read(Release.FOLDER.resolve("fill.txt"))) {
                Api.Response response = request.send(program.api(), values);
                if (response.status() >= 300) {
                    throw new IllegalStateException(request.text() + ": " + response.text());
                }
            }
        }
        return values;
    }

    /** Waits longer than tests do, as the machine may be busy. */
    private Program start(String data, DatabaseUrl url) {
        Program program = Program.begin(folder.resolve(data), Map.of("DATABASE_URL", OwnPostgres.variable(url)));
        Await.until("the server has started", Duration.ofMinutes(10), () -> {
            if (!program.isAlive()) {
                throw new IllegalStateException(program.output());
            }
            return program.output().contains("dealbrain runs at ");
        });
        return program;
    }

    private String dump(String database) throws IOException {
        programs.run(
                "pg_dump",
                "--no-owner",
                "--no-privileges",
                "--file=dump.sql",
                "--dbname=postgresql://postgres@127.0.0.1:" + port + "/" + database);
        return ReleaseDatabase.shortened(Files.readString(folder.resolve("servers/dump.sql")));
    }

    private JsonNode responses(String copy, String dump, Map<String, String> values) throws IOException, SQLException {
        DatabaseUrl url = create(copy);
        ReleaseDatabase.load(url, dump);
        List<RequestLine> requests = RequestLine.read(Release.FOLDER.resolve("requests.txt"));
        try (Program program = start(copy, url)) {
            return ReleaseResponses.send(requests, program.api(), values);
        }
    }
}
