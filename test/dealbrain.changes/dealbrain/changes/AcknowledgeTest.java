package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.database.Database;
import dealbrain.testing.Await;
import dealbrain.testing.Concurrently;
import dealbrain.testing.LogLines;
import dealbrain.testing.TestDatabase;
import dealbrain.waterfall.Step;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AcknowledgeTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @RegisterExtension
    final LogLines lines = new LogLines("dealbrain.changes");

    private static final Duration LONG = Duration.ofMinutes(1); // does not end during a test
    private static final Duration SHORT = Duration.ofMillis(300);
    private static final String TAG = "cpu:1";

    private final List<TestInstance> instances = new ArrayList<>();

    @BeforeEach
    void start() {
        execute("UPDATE change_settings SET longest_lease_millis = 0");
        execute("TRUNCATE cpu RESTART IDENTITY CASCADE");
        execute("TRUNCATE change_log, change_member");
        execute("INSERT INTO cpu (name) VALUES ('a CPU')");
    }

    @AfterEach
    void stop() {
        instances.forEach(TestInstance::close);
    }

    @Nested
    class Alone {
        private TestInstance instance;

        @BeforeEach
        void open() {
            instance = instance(LONG);
        }

        @Test
        void waitsForAPollThatStartsAfterTheCall() throws InterruptedException {
            AtomicInteger statements = new AtomicInteger();
            Stamp before = instance.stamp();
            change();
            instance.before(TestInstance.ANY, statements::incrementAndGet);
            instance.log.setNotifier(ChangeLogTest::fail, () -> true); // no instance to notify
            Thread writer = instance.acknowledge();
            assertEquals(0, statements.get());
            instance.poll();
            writer.join();

            assertEquals(1, statements.get());
            assertFalse(instance.isCurrent(before, TAG));
            assertTrue(instance.isCurrent(instance.stamp(), TAG));
        }

        @Test
        void isAStepOfTheRequest() throws InterruptedException {
            Waterfall waterfall = Waterfall.start();
            change();
            Thread writer = Thread.ofPlatform()
                    .start(() -> Waterfall.call(waterfall, () -> {
                        instance.log.acknowledge();
                        return waterfall;
                    }));
            Await.until("the writer waits", () -> writer.getState() == Thread.State.TIMED_WAITING);
            long waiting = System.nanoTime();
            Await.until("it has waited for a while", () -> System.nanoTime() - waiting > 5_000_000);
            instance.poll();
            writer.join();

            assertEquals(
                    List.of(StepKind.ACKNOWLEDGEMENT),
                    waterfall.steps().stream().map(Step::kind).toList());
        }

        @Test
        void pollThatHasAlreadyStartedIsNotSufficient() throws InterruptedException {
            List<Thread> writer = new ArrayList<>();
            instance.beforeNext(TestInstance.POLL, () -> writer.add(instance.acknowledge()));
            instance.poll();
            writer.getFirst().join(100);
            assertTrue(writer.getFirst().isAlive());

            instance.poll();
            writer.getFirst().join();
        }

        @Test
        void failedPollIsNotSufficient() throws InterruptedException {
            Thread writer = instance.acknowledge();
            instance.beforeNext(TestInstance.POLL, ChangeLogTest::fail);
            try {
                instance.poll();
            } catch (IllegalStateException _) { // as the database does not respond
            }
            assertTrue(writer.isAlive());
            instance.poll();
            writer.join();
        }

        @Test
        void concurrentWritersShareAPoll() throws InterruptedException {
            List<Thread> writers =
                    Stream.generate(instance::acknowledge).limit(20).toList();
            instance.poll();
            for (Thread writer : writers) {
                writer.join();
            }
        }

        @Test
        void concurrentChangesAreVisibleAfterwards() {
            try (ChangeLog log = ChangeLog.open(database.jdbi(), database.jdbi(), LONG)) {
                instance.log.close();
                List<String> outcomes = Concurrently.run(20, _ -> {
                    Stamp before = instance.stamp();
                    change();
                    log.acknowledge();
                    assertFalse(log.view().isCurrent(before, Set.of(TAG)));
                });
                assertEquals(Collections.nCopies(20, "ok"), outcomes);
                assertTrue(log.view().isTrusted());
            }
        }
    }

    @Nested
    class WithAnotherInstance {
        @Test
        void waitsUntilTheOtherHasConfirmed() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            first.poll();
            AtomicInteger notifications = new AtomicInteger();
            first.log.setNotifier(notifications::incrementAndGet, () -> true);
            Stamp before = second.stamp();
            change();
            Thread writer = first.acknowledge();
            first.poll();
            first.poll();
            writer.join(100);
            assertTrue(writer.isAlive());
            assertTrue(second.isCurrent(before, TAG));

            second.poll();
            assertTrue(second.isTrusted());
            assertFalse(second.isCurrent(before, TAG));
            first.poll();
            writer.join();
            assertEquals(1, notifications.get());
        }

        @Test
        void waitsForAnInstanceThatHasJustJoined() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG); // the first has not polled since
            change();
            Thread writer = first.acknowledge();
            first.poll();
            writer.join(100);
            assertTrue(writer.isAlive());

            second.poll();
            first.poll();
            writer.join();
        }

        @Test
        void changesOfAPollThatFailsAfterwardsMustBeConfirmedAsWell() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            change();
            Thread writer = first.acknowledge();
            first.beforeNext(TestInstance.CONFIRM, ChangeLogTest::fail);
            assertThrows(IllegalStateException.class, first::poll);
            first.poll();
            writer.join(100);
            assertTrue(writer.isAlive());

            second.poll();
            first.poll();
            writer.join();
        }

        @Test
        void doesNotWaitIfTheOtherHasAlreadyConfirmed() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            change();
            second.poll();
            Thread writer = first.acknowledge();
            first.poll();
            writer.join();
        }

        @Test
        void doesNotWaitForLaterChangesOfOthers() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            change();
            Thread writer = first.acknowledge();
            first.poll();
            second.poll();
            change();
            Thread later = first.acknowledge();
            first.poll();
            writer.join();
            assertTrue(later.isAlive());
            second.poll();
            first.poll();
            later.join();
        }

        @Test
        void confirmationIsForChangesAndNotForOtherTransactions() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            change();
            second.poll();
            execute("CREATE TABLE unrelated ()"); // which the confirmed snapshot does not see
            execute("DROP TABLE unrelated");
            Thread writer = first.acknowledge();
            first.poll();
            writer.join();
        }

        @Test
        void moreChangesThanAPollReadsAreConfirmedAsWell() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            execute("INSERT INTO change_log (tag) SELECT 'listing:' || n FROM generate_series(1, 10001) n");
            Thread writer = first.acknowledge();
            first.poll();
            second.skip(LONG.dividedBy(2));
            second.poll();
            first.poll();
            writer.join();
        }

        @Test
        void transactionThatStaysOpenDelaysNoWriter() throws InterruptedException {
            TestInstance first = instance(LONG);
            TestInstance second = instance(LONG);
            try (Handle open = database.jdbi().open()) {
                open.begin();
                open.execute("UPDATE cpu SET name = 'open' WHERE false");
                open.execute("CREATE TEMP TABLE anything (id int)");
                change();
                Thread writer = first.acknowledge();
                first.poll();
                second.poll();
                first.poll();
                writer.join();
                open.rollback();
            }
        }

        @Test
        void evictsAnInstanceThatDoesNotRespondAndNamesIt() {
            try (Database own = Database.open(database.url(), 1);
                    ChangeLog first = ChangeLog.open(own.jdbi(), database.jdbi(), SHORT)) {
                TestInstance second = instance(SHORT);
                change();
                first.acknowledge();

                assertFalse(second.isTrusted());
                Await.until("the other is evicted", () -> first.status().members() == 1);
                assertEquals(
                        1,
                        lines.all().stream()
                                .filter(line -> line.message().startsWith("member evicted")
                                        && line.toString()
                                                .contains("/"
                                                        + ProcessHandle.current()
                                                                .pid()))
                                .count());
            }
        }

        @Test
        void waitsForAllLeasesIfTheDatabaseFailsAfterTheCommit() {
            TestInstance first = instance(SHORT);
            TestInstance second = instance(SHORT);
            change();
            first.before(TestInstance.ANY, ChangeLogTest::fail);
            first.log.acknowledge();

            assertEquals(
                    1,
                    lines.all().stream()
                            .filter(line -> line.level().equals("WARN"))
                            .count());
            assertFalse(first.isTrusted());
            assertFalse(second.isTrusted());
        }

        @Test
        void waitsForTheLongestLeaseThatIsKnown() {
            TestInstance first = instance(SHORT);
            TestInstance second = instance(SHORT.multipliedBy(3));
            first.poll();
            change();
            first.log.acknowledge(); // the second does not respond

            assertFalse(second.isTrusted());
        }

        @Test
        void waitsToTheEndWhenInterrupted() {
            TestInstance first = instance(SHORT);
            TestInstance second = instance(SHORT);
            change();
            Thread.currentThread().interrupt();
            first.log.acknowledge();

            assertTrue(Thread.interrupted());
            assertFalse(second.isTrusted());
        }

        @Test
        void doesNotWaitForAClosedInstance() throws InterruptedException {
            TestInstance first = instance(LONG);
            instance(LONG).log.close();
            change();
            Thread writer = first.acknowledge();
            first.poll();
            writer.join();
        }
    }

    @Nested
    class ConcurrentWriters {
        @Test
        void noInstanceAcceptsAnOlderStateAfterwards() {
            try (Database one = Database.open(database.url(), 1);
                    Database two = Database.open(database.url(), 1);
                    ChangeLog first = ChangeLog.open(one.jdbi(), database.jdbi(), Duration.ofSeconds(2));
                    ChangeLog second = ChangeLog.open(two.jdbi(), database.jdbi(), Duration.ofSeconds(2))) {
                first.setNotifier(second::pollNow, () -> true);
                second.setNotifier(first::pollNow, () -> true);
                List<String> outcomes = Concurrently.run(6, worker -> {
                    for (int i = 0; i < 10; i++) {
                        Stamp before = new Stamp(
                                first.view().generation(), Snapshot.parse(text("SELECT pg_current_snapshot()::text")));
                        change();
                        (worker % 2 == 0 ? first : second).acknowledge();
                        assertFalse(first.view().isCurrent(before, Set.of(TAG)));
                        assertFalse(second.view().isCurrent(before, Set.of(TAG)));
                    }
                });
                assertEquals(Collections.nCopies(6, "ok"), outcomes);
                Await.until(
                        "both are trusted",
                        () -> first.view().isTrusted() && second.view().isTrusted());
            }
        }
    }

    private TestInstance instance(Duration lease) {
        TestInstance instance = new TestInstance(database, lease);
        instances.add(instance);
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
