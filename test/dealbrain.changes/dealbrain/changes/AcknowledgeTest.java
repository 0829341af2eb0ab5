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

    private static final Duration LONG = Duration.ofMinutes(1); // nothing ends by itself
    private static final Duration BRIEF = Duration.ofMillis(300);
    private static final String TAG = "cpu:1";

    private final List<Program> programs = new ArrayList<>();

    @BeforeEach
    void start() {
        execute("TRUNCATE change_log, change_listener");
        execute("TRUNCATE cpu RESTART IDENTITY CASCADE");
        execute("INSERT INTO cpu (name) VALUES ('a CPU')");
    }

    @AfterEach
    void stop() {
        programs.forEach(Program::close);
    }

    @Nested
    class Alone {
        private final Program ada = program(LONG);

        @Test
        void isOneStatement() {
            AtomicInteger statements = new AtomicInteger();
            Stamp before = ada.stamp();
            change();
            ada.before("", statements::incrementAndGet);
            ada.log.hintBy(ChangeLogTest::fail);
            ada.log.acknowledge();

            assertEquals(1, statements.get());
            assertFalse(ada.takesForCurrent(before, TAG));
            assertTrue(ada.takesForCurrent(ada.stamp(), TAG));
        }

        @Test
        void manyShareAStatementThatBeganAfterTheyCame() {
            AtomicInteger statements = new AtomicInteger();
            List<Thread> waiting = Collections.synchronizedList(new ArrayList<>());
            ada.before(Program.HEAR, () -> {
                if (statements.incrementAndGet() == 1) {
                    Await.until(
                            "the others wait",
                            () -> waiting.stream()
                                            .filter(thread -> thread.getState() == Thread.State.WAITING)
                                            .count()
                                    == 19);
                }
            });
            Stamp before = ada.stamp();
            List<String> outcomes = Concurrently.run(20, _ -> {
                waiting.add(Thread.currentThread());
                change();
                ada.log.acknowledge();
                assertFalse(ada.takesForCurrent(before, TAG));
            });

            assertEquals(Collections.nCopies(20, "ok"), outcomes);
            assertEquals(2, statements.get());
        }

        @Test
        void nobodySharesAStatementThatFailed() throws InterruptedException {
            Stamp before = ada.stamp();
            change();
            Thread failing = new Thread(() -> assertThrows(IllegalStateException.class, ada.log::beat));
            Thread writer = new Thread(ada.log::acknowledge);
            AtomicInteger statements = new AtomicInteger();
            ada.before(Program.HEAR, () -> {
                switch (statements.incrementAndGet()) {
                    case 1 -> { // the others come, in this order, and wait
                        startAndAwaitWaiting(failing);
                        startAndAwaitWaiting(writer);
                        ChangeLogTest.fail();
                    }
                    case 2 -> ChangeLogTest.fail();
                    default -> {}
                }
            });
            assertThrows(IllegalStateException.class, ada.log::beat);
            failing.join();
            writer.join();

            assertEquals(3, statements.get());
            assertTrue(ada.log.isTrusted());
            assertFalse(ada.takesForCurrent(before, TAG));
        }

        private static void startAndAwaitWaiting(Thread thread) {
            thread.start();
            Await.until("it waits", () -> thread.getState() == Thread.State.WAITING);
        }
    }

    @Nested
    class WithAnother {
        @Test
        void waitsUntilItHasHeard() throws InterruptedException {
            Program ada = program(LONG);
            Program bob = introduced(ada, LONG);
            Stamp before = bob.stamp();
            change();
            AtomicInteger looks = new AtomicInteger();
            CountDownLatch hinted = new CountDownLatch(1);
            ada.log.hintBy(hinted::countDown);
            ada.before(Program.LOOK, looks::incrementAndGet);
            Thread writer = Thread.startVirtualThread(ada.log::acknowledge);
            hinted.await();
            Await.until("it has looked some times", () -> looks.get() > 3);
            assertTrue(writer.isAlive());
            assertTrue(bob.takesForCurrent(before, TAG));

            bob.log.beat();
            writer.join();
            assertTrue(bob.log.isTrusted());
            assertFalse(bob.takesForCurrent(before, TAG));
        }

        @Test
        void doesNotWaitWhenItHasHeardAlready() {
            Program ada = program(LONG);
            Program bob = introduced(ada, LONG);
            change();
            bob.log.beat();
            AtomicInteger looks = new AtomicInteger();
            ada.before(Program.LOOK, looks::incrementAndGet);
            ada.log.acknowledge();

            assertEquals(1, looks.get());
        }

        @Test
        void waitsForOneThatItHasJustHeardOf() {
            Program ada = program(LONG);
            Program bob = program(LONG);
            AtomicInteger looks = new AtomicInteger();
            ada.before(Program.LOOK, () -> {
                if (looks.incrementAndGet() == 3) {
                    bob.log.beat();
                }
            });
            change();
            ada.log.acknowledge();

            assertEquals(3, looks.get());
        }

        @Test
        void stopsWaitingForOneThatIsDeadWhenItTrustsItselfNoMore() {
            Program ada = program(BRIEF);
            Program bob = introduced(ada, BRIEF);
            change();
            ada.log.acknowledge();

            assertFalse(bob.log.isTrusted());
        }

        @Test
        void waitsForEverybodysLeaseWhenTheDatabaseGoesAwayAfterTheCommit() {
            Program ada = program(BRIEF);
            Program bob = introduced(ada, BRIEF);
            change();
            ada.before("", ChangeLogTest::fail);
            ada.log.acknowledge();

            assertEquals(
                    1,
                    lines.all().stream()
                            .filter(line -> line.level().equals("WARN"))
                            .count());
            assertFalse(ada.log.isTrusted());
            assertFalse(bob.log.isTrusted());
        }

        @Test
        void waitsAlsoWhenItIsInterrupted() {
            Program ada = program(BRIEF);
            Program bob = introduced(ada, BRIEF);
            change();
            Thread.currentThread().interrupt();
            ada.log.acknowledge();

            assertTrue(Thread.interrupted());
            assertFalse(bob.log.isTrusted());
        }

        @Test
        void doesNotWaitForOneThatHasLeft() {
            Program ada = program(LONG);
            introduced(ada, LONG).log.close();
            change();
            ada.log.acknowledge(); // would take over a minute
        }
    }

    @Nested
    class ManyAtOnce {
        @Test
        void neitherProgramTakesAnythingOlderForCurrent() {
            try (ChangeLog first = ChangeLog.open(database.jdbi(), Duration.ofSeconds(2));
                    ChangeLog second = ChangeLog.open(database.jdbi(), Duration.ofSeconds(2))) {
                first.hintBy(second::hurry);
                second.hintBy(first::hurry);
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

    private Program program(Duration lease) {
        Program program = new Program(database, lease);
        programs.add(program);
        return program;
    }

    private Program introduced(Program other, Duration lease) {
        Program program = program(lease);
        Await.until(
                "both are introduced",
                () -> { // a brief lease may end meanwhile
                    other.log.beat();
                    program.log.beat();
                    return other.log.isTrusted() && program.log.isTrusted();
                });
        return program;
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
