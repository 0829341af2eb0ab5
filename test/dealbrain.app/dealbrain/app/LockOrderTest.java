package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.accounts.Accounts;
import dealbrain.collections.CollectionFixtures;
import dealbrain.inbox.Inbox;
import dealbrain.notifications.Notifications;
import dealbrain.testing.Api;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.SqlClient;
import dealbrain.testing.TestDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Operations that change the same few rows at the same time do not deadlock, for every pair of operations of the
 * OpenAPI document (docs/decisions/0021-lock-order.md).
 */
@Tag("faults")
@Timeout(value = 20, unit = TimeUnit.MINUTES)
class LockOrderTest {
    private static final int ROUNDS = 3;

    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final RunningApplication application = new RunningApplication(database, Map.of("DEALBRAIN_POOL_SIZE", "16"));

    /** Pairs of operations that took long. */
    private static final List<String> suspects = new ArrayList<>();

    private final ContestedRows rows = new ContestedRows(database, application);
    /** Without recordings, each of which lasts a second. */
    private final List<WriteOperation> operations = WriteOperation.all(application.api()).stream()
            .filter(operation -> !operation.template().endsWith("/ops/recordings"))
            .toList();

    private final ConcurrentSkipListMap<String, String> failures = new ConcurrentSkipListMap<>();
    private final ConcurrentSkipListMap<String, Boolean> succeeded = new ConcurrentSkipListMap<>();

    /** Sessions report their deadlocks when they end; before, only when they are idle for ten seconds. */
    @AfterAll
    static void findNoDeadlock() {
        application.stop();
        database.closePool();
        Await.until(
                "all sessions have ended",
                () -> number("SELECT count(*) FROM pg_stat_activity"
                                + " WHERE datname = current_database() AND pid <> pg_backend_pid()")
                        == 0);
        assertEquals(
                0,
                number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"),
                () -> "deadlocks, perhaps of " + suspects);
    }

    private static long number(String query) {
        return Long.parseLong(SqlClient.column(database.url(), query).getFirst());
    }

    @Test
    void preventsDeadlocksOfTwoOperations() {
        for (int first = 0; first < operations.size(); first++) {
            for (int second = first; second < operations.size(); second++) {
                WriteOperation a = operations.get(first);
                WriteOperation b = operations.get(second);
                long start = System.nanoTime();
                Concurrently.run(4, thread -> {
                    for (int round = 0; round < ROUNDS; round++) {
                        send(thread % 2 == 0 ? a : b);
                    }
                });
                // PostgreSQL looks for deadlocks after a wait of a second
                if (System.nanoTime() - start > TimeUnit.MILLISECONDS.toNanos(900)) {
                    suspects.add(a + " and " + b);
                }
                rows.refill();
            }
        }
        assertNoFailure();
        for (WriteOperation operation : operations) {
            assertTrue(succeeded.containsKey(operation.toString()), () -> operation + " never succeeded");
        }
    }

    @Test
    void preventsDeadlocksOfAllOperationsTogether() {
        Accounts accounts = new Accounts(database.jdbi(), 1, true);
        Notifications notifications = new Notifications(database.jdbi(), accounts.authentication());
        Inbox inbox = new Inbox(
                database.jdbi(),
                accounts.authentication(),
                new CollectionFixtures(database.jdbi()).collections,
                notifications);
        for (int round = 0; round < 100; round++) {
            Concurrently.run(14, thread -> {
                switch (thread) {
                    case 0 -> inbox.deleteExpired(-1, 2);
                    case 1 -> notifications.deleteRead(-1, 4);
                    default -> {
                        send(operations.get(ThreadLocalRandom.current().nextInt(operations.size())));
                        rows.view();
                        send(operations.get(ThreadLocalRandom.current().nextInt(operations.size())));
                    }
                }
            });
            rows.refill();
        }
        assertNoFailure();
    }

    private void send(WriteOperation operation) {
        Api.Response response = rows.send(operation);
        if (response.status() >= 500) {
            failures.put(operation + ": " + response.status(), response.text());
        }
        if (response.status() < 300) {
            succeeded.put(operation.toString(), true);
        }
    }

    private void assertNoFailure() {
        assertEquals(Map.of(), failures);
        assertEquals(Map.of(), rows.violations());
    }
}
