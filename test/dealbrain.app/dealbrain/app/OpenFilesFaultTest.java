package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** More connections than the process may open files. */
@Tag("faults")
@Timeout(600)
class OpenFilesFaultTest {
    private static final int LIMIT = 400;

    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @TempDir
    Path folder;

    private static String ask(Socket connection) throws IOException {
        connection.setSoTimeout(60_000);
        connection
                .getOutputStream()
                .write("GET /health/ready HTTP/1.1\r\nHost: a\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        byte[] response = new byte[4096];
        int length = connection.getInputStream().read(response);
        return new String(response, 0, Math.max(0, length), StandardCharsets.US_ASCII);
    }

    @Test
    void servesTheConnectionsThatItHasAndWarnsOnce() throws IOException {
        Map<String, String> variables = Map.of("DATABASE_URL", OwnPostgres.variable(database.url()));
        List<Socket> connections = new ArrayList<>();
        try (Program program = Program.startWithOpenFiles(LIMIT, folder, variables);
                Socket first = new Socket("127.0.0.1", program.port())) {
            assertTrue(ask(first).startsWith("HTTP/1.1 200 "));
            for (int i = 0; i < 2 * LIMIT; i++) {
                connections.add(new Socket("127.0.0.1", program.port()));
            }
            Await.until("it warns", () -> warnings(program) == 1);
            for (int i = 0; i < 3; i++) {
                assertTrue(ask(first).startsWith("HTTP/1.1 200 "), "an open connection is served");
            }
            assertTrue(program.usage().descriptors() < LIMIT - 50, "files are left for other purposes");
            for (Socket each : connections) {
                each.close();
            }
            Await.until("it is over", () -> program.output().contains("open files below their limit again"));
            assertEquals(200, program.api().get("/health/ready").status());
            assertEquals(1, warnings(program));
        }
    }

    private static long warnings(Program program) {
        return program.output()
                .lines()
                .filter(line -> line.contains("open files near their limit"))
                .count();
    }
}
