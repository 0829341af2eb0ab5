package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.Api;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Compares the status that each caller gets with {@code authorisation.txt}, for every route of the OpenAPI document
 * with an id in its path. A new route needs a row there.
 */
class AuthorisationTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of());

    private static final Path TABLE = Path.of("test", "dealbrain.app", "dealbrain", "app", "authorisation.txt");
    private static final List<String> VISIBILITIES = List.of("private", "unlisted", "public");

    /** A row without its statuses. */
    private record Row(String method, String template, String visibility) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%-6s %-52s %-8s", method, template, visibility);
        }
    }

    private static List<Row> rows() {
        JsonNode paths = application.api().get("/openapi.json").json().path("paths");
        List<Row> rows = new ArrayList<>();
        paths.properties().stream()
                .filter(path -> path.getKey().contains("{"))
                .forEach(path -> path.getValue().properties().forEach(operation -> {
                    boolean ofCollection = path.getKey().startsWith("/api/v1/collections/")
                            || path.getKey().startsWith("/c/");
                    for (String visibility : ofCollection ? VISIBILITIES : List.of("-")) {
                        rows.add(new Row(operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), visibility));
                    }
                }));
        return rows;
    }

    private static List<String> table() throws IOException {
        return Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .toList();
    }

    @Test
    void hasARowForEveryRouteWithAnId() throws IOException {
        TreeSet<String> written = new TreeSet<>();
        for (String line : table()) {
            String[] cells = line.split(" +");
            written.add(new Row(cells[0], cells[1], cells[2]).toString());
        }
        TreeSet<String> documented = new TreeSet<>();
        rows().forEach(row -> documented.add(row.toString()));
        assertEquals(String.join("\n", documented), String.join("\n", written));
    }

    @Test
    @Tag("faults")
    void returns() throws IOException {
        Callers callers = new Callers(application, database);
        TreeSet<String> found = new TreeSet<>();
        rows().forEach(row -> found.add(row + statuses(row, callers)));
        assertEquals(String.join("\n", new TreeSet<>(table())), String.join("\n", found));
    }

    /** Returns the status for each caller. After a successful change, the next caller gets a new object. */
    private static String statuses(Row row, Callers callers) {
        StringBuilder statuses = new StringBuilder();
        OneOfEach things = new OneOfEach(callers, row.visibility());
        String path = things.path(row.template());
        for (Map.Entry<String, Api> caller : callers.byName().entrySet()) {
            int status = caller.getValue()
                    .send(row.method(), path, things.body(row.method(), row.template()))
                    .status();
            statuses.append(String.format(Locale.ROOT, " %" + caller.getKey().length() + "d", status));
            if (status < 300 && !row.method().equals("GET")) {
                things = new OneOfEach(callers, row.visibility());
                path = things.path(row.template());
            }
        }
        return statuses.toString();
    }
}
