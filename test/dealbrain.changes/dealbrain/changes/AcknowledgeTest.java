package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.LogLines;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcknowledgeTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    final LogLines lines = new LogLines(ChangeLog.class.getName());

    private static final Duration LONG = Duration.ofMinutes(1); // does not end during a test
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String TAG = "cpu:1";

    private final List<TestInstance> instances = new ArrayList<>();

    @BeforeEach
    void start() {
        execute("TRUNCATE change_log, change_listener");
        execute("TRUNCATE cpu RESTART IDENTITY CASCADE");
        execute("INSERT INTO cpu (name) VALUES ('a CPU')");
    }

    @AfterEach
    void stop() {
        instances.forEach(TestInstance::close);
    }

    @Nested
    class Alone {
        private final TestInstance instance = instance(LONG);

        @Test
        void isOneStatement() {
            AtomicInteger statements = new AtomicInteger();
            Stamp before = instance.stamp();
            change();
            instance.before(TestInstance.ANY, statements::incrementAndGet);
            instance.log.setNotifier(ChangeLogTest::fail);
            instance.log.acknowledge();

            assertEquals(1, statements.get());
            assertFalse(instance.isCurrent(before, TAG));
            assertTrue(instance.isCurrent(instance.stamp(), TAG));
        }

        @Test
        void concurrentWritersShareAPollThatStartedAfterTheirCalls() {
            AtomicInteger polls = new AtomicInteger();
            List<Thread> writers = Collections.synchronizedList(new ArrayList<>());
            instance.before(TestInstance.POLL, () -> {
                if (polls.incrementAndGet() == 1) {
                    Await.until(
                            "the other writers wait",
                            () -> writers.stream()
                                            .filter(thread -> thread.getState() == Thread.State.WAITING)
                                            .count()
                                    == 19);
                }
            });
            Stamp before = instance.stamp();
            List<String> outcomes = Concurrently.run(20, _ -> {
                writers.add(Thread.currentThread());
                change();
                instance.log.acknowledge();
                assertFalse(instance.isCurrent(before, TAG));
            });

            assertEquals(Collections.nCopies(20, "ok"), outcomes);
            assertEquals(2, polls.get());
        }

        @Test
        void failedPollIsNotShared() throws InterruptedException {
            Stamp before = instance.stamp();
            change();
            Thread failing = new Thread(() -> assertThrows(IllegalStateException.class, instance.log::heartbeat));
            Thread writer = new Thread(instance.log::acknowledge);
            AtomicInteger polls = new AtomicInteger();
            instance.before(TestInstance.POLL, () -> {
                switch (polls.incrementAndGet()) {
                    case 1 -> { // both threads wait for the lock in this order
                        startAndAwaitWaiting(failing);
                        startAndAwaitWaiting(writer);
                        ChangeLogTest.fail();
                    }
                    case 2 -> ChangeLogTest.fail();
                    default -> {}
                }
            });
            assertThrows(IllegalStateException.class, instance.log::heartbeat);
            failing.join();
            writer.join();

            assertEquals(3, polls.get());
            assertTrue(instance.log.isTrusted());
            assertFalse(instance.isCurrent(before, TAG));
        }

        private static void startAndAwaitWaiting(Thread thread) {
            thread.start();
            Await.until("the thread waits", () -> thread.getState() == Thread.State.WAITING);
        }
    }

    @Nested
    class WithAnotherInstance {
        @Test
        void waitsUntilTheOtherHasConfirmed() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = introducedTo(first, LONG);
            Stamp before = second.stamp();
            change();
            AtomicInteger checks = new AtomicInteger();
            CountDownLatch notified = new CountDownLatch(1);
            first.log.setNotifier(notified::countDown);
            first.before(TestInstance.CHECK_OTHERS, checks::incrementAndGet);
            Thread writer = Thread.startVirtualThread(first.log::acknowledge);
            notified.await();
            Await.until("the writer has checked several times", () -> checks.get() > 3);
            assertTrue(writer.isAlive());
            assertTrue(second.isCurrent(before, TAG));

            second.log.heartbeat();
            writer.join();
            assertTrue(second.log.isTrusted());
            assertFalse(second.isCurrent(before, TAG));
        }

        @Test
        void doesNotWaitIfTheOtherHasAlreadyConfirmed() {
            TestInstance first = instance(LONG);
            TestInstance second = introducedTo(first, LONG);
            change();
            second.log.heartbeat();
            AtomicInteger checks = new AtomicInteger();
            first.before(TestInstance.CHECK_OTHERS, checks::incrementAndGet);
            first.log.acknowledge();

            assertEquals(1, checks.get());
        }

        @Test
        void waitsForAnInstanceThatHasJustRegistered() {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            AtomicInteger checks = new AtomicInteger();
            first.before(TestInstance.CHECK_OTHERS, () -> {
                if (checks.incrementAndGet() == 3) {
                    second.log.heartbeat();
                }
            });
            change();
            first.log.acknowledge();

            assertEquals(3, checks.get());
        }

        @Test
        void stopsWaitingForADeadInstanceAfterTheEndOfItsLease() {
            TestInstance first = instance(SHORT);
            TestInstance second = introducedTo(first, SHORT);
            change();
            first.log.acknowledge();

            assertFalse(second.log.isTrusted());
        }

        @Test
        void waitsForAllLeasesIfTheDatabaseFailsAfterTheCommit() {
            TestInstance first = instance(SHORT);
            TestInstance second = introducedTo(first, SHORT);
            change();
            first.before(TestInstance.ANY, ChangeLogTest::fail);
            first.log.acknowledge();

            assertEquals(
                    1,
                    lines.all().stream()
                            .filter(line -> line.level().equals("WARN"))
                            .count());
            assertFalse(first.log.isTrusted());
            assertFalse(second.log.isTrusted());
        }

        @Test
        void waitsToTheEndWhenInterrupted() {
            TestInstance first = instance(SHORT);
            TestInstance second = introducedTo(first, SHORT);
            change();
            Thread.currentThread().interrupt();
            first.log.acknowledge();

            assertTrue(Thread.interrupted());
            assertFalse(second.log.isTrusted());
        }

        @Test
        void doesNotWaitForAClosedInstance() {
            TestInstance first = instance(LONG);
            introducedTo(first, LONG).log.close();
            change();
            first.log.acknowledge(); // would take over a minute
        }
    }

    @Nested
    class ConcurrentWriters {
        @Test
        void noInstanceAcceptsAnOlderStateAfterwards() {
            try (ChangeLog first = ChangeLog.open(database.jdbi(), Duration.ofSeconds(2));
                    ChangeLog second = ChangeLog.open(database.jdbi(), Duration.ofSeconds(2))) {
                first.setNotifier(second::pollNow);
                second.setNotifier(first::pollNow);
                Await.until("both are introduced", () -> first.isTrusted() && second.isTrusted());
                List<String> outcomes = Concurrently.run(6, worker -> {
                    for (int i = 0; i < 10; i++) {
                        Stamp before = new Stamp(
                                first.generation(), Snapshot.parse(text("SELECT pg_current_snapshot()::text")));
                        change();
                        (worker % 2 == 0 ? first : second).acknowledge();
                        assertFalse(first.isCurrent(before, Set.of(TAG)));
                        assertFalse(second.isCurrent(before, Set.of(TAG)));
                    }
                });
                assertEquals(Collections.nCopies(6, "ok"), outcomes);
                assertTrue(first.isTrusted() && second.isTrusted());
            }
        }
    }

    private TestInstance instance(Duration lease) {
        TestInstance instance = new TestInstance(database, lease);
        instances.add(instance);
        return instance;
    }

    private TestInstance introducedTo(TestInstance other, Duration lease) {
        TestInstance instance = instance(lease);
        Await.until(
                "both are introduced",
                () -> { // a short lease may end in between
                    other.log.heartbeat();
                    instance.log.heartbeat();
                    return other.log.isTrusted() && instance.log.isTrusted();
                });
        return instance;
    }

    private static void change() {
        execute("UPDATE cpu SET row_version = row_version + 1");
    }

    private static String text(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(String.class).one());
    }

    private static void execute(String statement) {
        database.jdbi().useHandle(handle -> handle.execute(statement));
    }
}
