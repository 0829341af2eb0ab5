package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChangeLogTest {
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    private static final Duration LEASE = Duration.ofMinutes(1); // ends only for who moves a clock

    private final List<Program> programs = new ArrayList<>();
    private Program ada;

    @BeforeEach
    void start() {
        execute("TRUNCATE change_log, change_listener, cpu CASCADE");
        execute("INSERT INTO cpu (name) SELECT 'CPU ' || number FROM generate_series(1, 9) number");
        ada = program();
    }

    @AfterEach
    void stop() {
        programs.forEach(Program::close);
    }

    @Nested
    class IsCurrent {
        @Test
        void untilTheChangeOfOneOfTheTagsIsHeardOf() {
            Stamp before = ada.stamp();
            assertTrue(ada.takesForCurrent(before, tag(1), tag(2)));
            change(1);
            ada.log.beat();

            assertFalse(ada.takesForCurrent(before, tag(1), tag(2)));
            assertTrue(ada.takesForCurrent(before, tag(2)));
            assertTrue(ada.takesForCurrent(ada.stamp(), tag(1), tag(2)));
        }

        @Test
        void oneThatBeganFirstAndCommittedLastIsHeardOf() {
            try (Handle slow = database.jdbi().open()) {
                slow.begin();
                slow.execute("UPDATE cpu SET row_version = 2 WHERE name = 'CPU 1'");
                change(2);
                ada.log.beat(); // its position is past the slow one now
                Stamp between = ada.stamp();
                assertTrue(ada.takesForCurrent(between, tag(1), tag(2)));
                slow.commit();
                ada.log.beat();

                assertFalse(ada.takesForCurrent(between, tag(1)));
                assertTrue(ada.takesForCurrent(between, tag(2)));
                assertTrue(ada.takesForCurrent(ada.stamp(), tag(1)));
            }
        }

        @Test
        void whoStartsLaterKnowsOfEarlierChanges() {
            Stamp before = ada.stamp();
            change(1);
            Program bob = introduced();

            assertFalse(bob.takesForCurrent(before, tag(1)));
            assertTrue(bob.takesForCurrent(before, tag(2)));
        }

        @Test
        void versionMovesWithWhatIsHeardAndOnlyThen() {
            long version = ada.log.version();
            ada.log.beat();
            assertEquals(version, ada.log.version());
            change(1);
            ada.log.beat();
            assertNotEquals(version, ada.log.version());
        }

        @Test
        void nothingInAnotherDatabase() {
            Stamp before = ada.stamp();
            assertFalse(ada.takesForCurrent(new Stamp(before.generation() + "0", before.snapshot())));
        }
    }

    @Nested
    class Open {
        @Test
        void hearsByItself() {
            Stamp before = ada.stamp();
            try (ChangeLog log = ChangeLog.open(database.jdbi(), Duration.ofMillis(400))) {
                ada.log.beat();
                Await.until("it is introduced", log::isTrusted);
                change(1);
                Await.until("it has heard", () -> !log.isCurrent(before, Set.of(tag(1))) && log.isTrusted());
            }
        }

        @Test
        void hearsAtOnceWhenItIsInAHurry() {
            Stamp before = ada.stamp();
            try (ChangeLog log = ChangeLog.open(database.jdbi(), Duration.ofHours(1))) {
                ada.log.beat();
                log.hurry();
                Await.until("it is introduced", log::isTrusted);
                change(1);
                log.hurry();
                Await.until("it has heard", () -> !log.isCurrent(before, Set.of(tag(1))));
                assertTrue(log.isTrusted());
            }
        }
    }

    @Nested
    class Trust {
        @Test
        void endsWithTheLease() {
            Stamp stamp = ada.stamp();
            ada.skip(LEASE.minusSeconds(5));
            assertTrue(ada.takesForCurrent(stamp, tag(1)));
            ada.skip(Duration.ofSeconds(6));
            assertFalse(ada.log.isTrusted());
            assertFalse(ada.takesForCurrent(stamp, tag(1)));
            assertFalse(ada.takesForCurrent(stamp));
            ada.log.beat();
            assertTrue(ada.takesForCurrent(stamp, tag(1)));
        }

        @Test
        void beginsWhenTheOthersHaveHeardOfANewOne() {
            Program bob = program();
            bob.log.beat();
            assertFalse(bob.log.isTrusted());
            ada.log.beat();
            bob.log.beat();
            assertTrue(bob.log.isTrusted());
        }

        @Test
        void doesNotWaitForOneThatIsDead() {
            ada.lapse();
            assertTrue(program().log.isTrusted());
        }

        @Test
        void oneThatWasAwayIsIntroducedAgain() {
            Program bob = introduced();
            Stamp before = bob.stamp();
            bob.lapse();
            ada.log.beat();
            change(1);
            ada.log.acknowledge(); // does not wait for it

            bob.log.beat();
            assertFalse(bob.log.isTrusted());
            ada.log.beat();
            bob.log.beat();
            assertTrue(bob.log.isTrusted());
            assertFalse(bob.takesForCurrent(before, tag(1)));
        }

        @Test
        void oneThatConfirmsTooLateMayHaveMissedAChange() {
            Program bob = introduced();
            Stamp before = bob.stamp();
            bob.beforeNext(
                    Program.CONFIRM,
                    () -> { // it has heard, and stands still
                        bob.lapse();
                        ada.log.beat();
                        change(1);
                        ada.log.acknowledge();
                    });
            bob.log.beat();
            assertFalse(bob.takesForCurrent(before, tag(1)));

            ada.log.beat();
            bob.log.beat();
            assertTrue(bob.log.isTrusted());
            assertFalse(bob.takesForCurrent(before, tag(1)));
        }

        @Test
        void oneThatTheDatabaseLostBeginsAnew() {
            execute("DELETE FROM change_listener");
            ada.log.beat();
            assertFalse(ada.log.isTrusted());
            ada.log.beat();
            assertTrue(ada.log.isTrusted());
            assertEquals(1, listeners());
        }

        @Test
        void beginningAnewIsRepeatedWhenItFailsHalfWay() {
            Stamp before = ada.stamp();
            change(1);
            ada.log.beat();
            execute("DELETE FROM change_listener");
            ada.beforeNext(Program.HEAR_ALL, ChangeLogTest::fail);
            assertThrows(IllegalStateException.class, ada.log::beat);
            assertFalse(ada.log.isTrusted());

            ada.log.beat();
            assertTrue(ada.log.isTrusted());
            assertFalse(ada.takesForCurrent(before, tag(1)));
        }

        @Test
        void oneThatCannotReachTheDatabaseIsTrustedForTheRestOfItsLease() {
            ada.before("", ChangeLogTest::fail);
            assertThrows(IllegalStateException.class, ada.log::beat);
            assertTrue(ada.log.isTrusted());
            ada.skip(LEASE);
            assertFalse(ada.log.isTrusted());
        }
    }

    @Nested
    class Generation {
        @Test
        void ofARestoredDatabaseIsAnother() {
            Stamp before = ada.stamp();
            restore();
            ada.log.beat();

            assertNotEquals(before.generation(), ada.log.generation());
            assertTrue(ada.log.isTrusted());
            assertFalse(ada.takesForCurrent(before));
            assertTrue(ada.takesForCurrent(ada.stamp(), tag(1)));
        }

        @Test
        void isFoundOutByAWriterTooWhichWaitsForThoseWhoDoNotKnowYet() {
            Duration brief = Duration.ofMillis(300);
            Program bob = introduced(brief);
            Program carol = program(brief);
            ada.log.beat();
            bob.log.beat();
            restore();
            change(1);
            carol.log.acknowledge();

            assertFalse(bob.log.isTrusted());
            assertNotEquals(bob.log.generation(), carol.log.generation());
        }

        private void restore() {
            execute(
                    "ALTER TABLE change_log RENAME TO lost; CREATE TABLE change_log (LIKE lost INCLUDING ALL); DROP TABLE lost");
            execute("DELETE FROM change_listener");
        }
    }

    @Test
    void whoLeavesIsTrustedNoMoreAndNotOnTheList() {
        ada.log.close();
        assertFalse(ada.log.isTrusted());
        assertEquals(0, listeners());
    }

    @Test
    void closingDoesNotThrowWhenTheDatabaseIsAway() {
        ada.before("", ChangeLogTest::fail);
        ada.log.close();
        assertFalse(ada.log.isTrusted());
    }

    @Test
    void oldChangesAreDeletedInBatches() {
        for (int i = 1; i <= 3; i++) {
            change(i);
        }
        execute("UPDATE change_log SET changed_at = now() - interval '24 hours 59 minutes'");
        assertEquals(0, ada.log.deleteOld(10));
        execute("UPDATE change_log SET changed_at = now() - interval '25 hours 1 minute' WHERE tag LIKE 'cpu:%'");
        assertEquals(2, ada.log.deleteOld(2));
        assertEquals(1, ada.log.deleteOld(2));
        assertEquals(0, ada.log.deleteOld(2));
    }

    private Program program() {
        return program(LEASE);
    }

    private Program program(Duration lease) {
        Program program = new Program(database, lease);
        programs.add(program);
        return program;
    }

    private Program introduced() {
        return introduced(LEASE);
    }

    private Program introduced(Duration lease) {
        Program program = program(lease);
        Await.until(
                "both are introduced",
                () -> { // a brief lease may end meanwhile
                    ada.log.beat();
                    program.log.beat();
                    return ada.log.isTrusted() && program.log.isTrusted();
                });
        return program;
    }

    static void fail() {
        throw new IllegalStateException("the database is away");
    }

    private static String tag(int cpu) {
        return "cpu:" + number("SELECT id FROM cpu WHERE name = 'CPU " + cpu + "'");
    }

    private static void change(int cpu) {
        execute("UPDATE cpu SET row_version = row_version + 1 WHERE name = 'CPU " + cpu + "'");
    }

    private static long listeners() {
        return number("SELECT count(*) FROM change_listener");
    }

    private static long number(String query) {
        return database.jdbi()
                .withHandle(
                        handle -> handle.createQuery(query).mapTo(Long.class).one());
    }

    private static void execute(String statements) {
        database.jdbi().useHandle(handle -> handle.createScript(statements).execute());
    }
}
