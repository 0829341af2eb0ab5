package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dealbrain.database.Database;
import dealbrain.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The connection of the poller, on a server that does not respond. */
@Tag("faults")
class PollerConnectionTest {
    /** The time limit of the pool's own connections is 40 seconds. */
    private static final Duration SOON = Duration.ofSeconds(35);

    @TempDir
    Path folder;

    @Test
    void failsSoonIfTheServerHangsAndIsReplacedAfterwards() throws IOException, InterruptedException {
        try (OwnPostgres postgres = new OwnPostgres(folder);
                Database single = Database.openSingle(postgres.url(), "changes", Duration.ofSeconds(1))) {
            int hung = pid(single);
            signal("STOP", hung);
            try {
                assertTimeoutPreemptively(SOON, () -> assertThrows(JdbiException.class, () -> pid(single)));
                Await.until("another connection is used", SOON, () -> isAvailable(single));
            } finally {
                signal("CONT", hung);
            }
            assertEquals(1, single.pool().max());
        }
    }

    private static int pid(Database database) {
        return database.jdbi()
                .withHandle(handle -> handle.createQuery("SELECT pg_backend_pid()")
                        .mapTo(int.class)
                        .one());
    }

    private static boolean isAvailable(Database database) {
        try {
            return pid(database) > 0;
        } catch (JdbiException _) {
            return false;
        }
    }

    private static void signal(String name, int pid) throws IOException, InterruptedException {
        assertEquals(
                0,
                new ProcessBuilder("kill", "-" + name, String.valueOf(pid))
                        .start()
                        .waitFor());
    }
}
