package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** This application migrates the database of each release, and gives the responses of that release. */
@Timeout(300)
class ReleasesTest {
    @RegisterExtension
    static final TestDatabase database = TestDatabase.empty();

    @TempDir
    Path folder;

    @Test
    void respondLikeTheReleaseThatMadeTheDatabase() throws IOException, SQLException {
        List<String> names = Release.names();
        assertFalse(names.isEmpty());
        for (String name : names) {
            Release release = Release.read(name);
            assertEquals(40, release.requests().size());
            SqlClient.execute(database.url(), "DROP SCHEMA public CASCADE", "CREATE SCHEMA public");
            Release.loadDatabase(name, database.url());
            assertEquals(List.of(), ReleaseResponses.differences(release.responses(), responses(release)), name);
        }
    }

    private JsonNode responses(Release release) {
        Map<String, String> variables = Map.of("DATABASE_URL", OwnPostgres.variable(database.url()));
        try (Program program = Program.start(folder, variables)) {
            return ReleaseResponses.send(release.requests(), program.api(), release.values());
        }
    }
}
