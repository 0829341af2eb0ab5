package dealbrain.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dealbrain.database.DatabaseUrl;
import dealbrain.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What is kept of a release: {@code NAME.sql}, a database that it has made, and {@code NAME.json}, its responses.
 * {@code ReleaseRecorder} writes both, {@code ReleasesTest} reads them.
 *
 * @param values    tokens, and parts of links, by the names that the requests use
 * @param responses of the release, in the order in which the requests are sent
 */
record Release(Map<String, String> values, JsonNode responses) {
    static final Path FOLDER = Path.of("test/dealbrain.app/dealbrain/app/releases");

    Release {
        values = new TreeMap<>(values);
    }

    /** Returns the names of all releases. */
    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".sql"))
                    .map(name -> name.substring(0, name.length() - ".sql".length()))
                    .sorted()
                    .toList();
        }
    }

    static Release read(String name) throws IOException {
        JsonNode file = Json.parse(Files.readAllBytes(FOLDER.resolve(name + ".json")));
        Map<String, String> values = new TreeMap<>();
        file.path("values")
                .properties()
                .forEach(each -> values.put(each.getKey(), each.getValue().asText()));
        return new Release(values, file.path("responses"));
    }

    void write(String name) throws IOException {
        ObjectNode file = Json.object();
        ObjectNode named = file.putObject("values");
        values.forEach(named::put);
        file.set("responses", responses);
        Files.writeString(FOLDER.resolve(name + ".json"), file.toPrettyString() + "\n");
    }

    static void loadDatabase(String name, DatabaseUrl url) throws IOException, SQLException {
        ReleaseDatabase.load(url, Files.readString(FOLDER.resolve(name + ".sql")));
    }

    /** Returns the requests that were sent to the release. */
    List<RequestLine> requests() {
        return responses
                .valueStream()
                .map(each -> RequestLine.parse(each.path("request").asText()))
                .toList();
    }
}
