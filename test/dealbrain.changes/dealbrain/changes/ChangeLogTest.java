package dealbrain.changes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Await;
import dealbrain.testing.LogLines;
import dealbrain.testing.TestDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    private static final Duration LEASE = Duration.ofMinutes(1); // ends only if a test moves a clock

    private final List<TestInstance> instances = new ArrayList<>();
    private TestInstance instance;

    @BeforeEach
    void start() {
        execute(
                "TRUNCATE cpu CASCADE;" // which is logged
                        + "TRUNCATE change_log, change_member;"
                        + "DELETE FROM change_checkpoint;"
                        + "INSERT INTO change_checkpoint (position) VALUES (pg_current_snapshot());"
                        + "UPDATE change_settings SET longest_lease_millis = 0;"
                        + "UPDATE change_incarnation SET settled = true");
        execute("INSERT INTO cpu (name) SELECT 'CPU ' || number FROM generate_series(1, 9) number");
        instance = instance();
    }

    @AfterEach
    void stop() {
        instances.forEach(TestInstance::close);
    }

    @Nested
    class IsCurrent {
        @Test
        void untilAChangeOfOneOfTheTagsIsPolled() {
            Stamp before = instance.stamp();
            assertTrue(instance.isCurrent(before, tag(1), tag(2)));
            change(1);
            instance.poll();

            assertFalse(instance.isCurrent(before, tag(1), tag(2)));
            assertTrue(instance.isCurrent(before, tag(2)));
            assertTrue(instance.isCurrent(instance.stamp(), tag(1), tag(2)));
        }

        @Test
        void pollsATransactionThatBeganFirstAndCommittedLast() {
            try (Handle slow = database.jdbi().open()) {
                slow.begin();
                slow.execute("UPDATE cpu SET row_version = 2 WHERE name = 'CPU 1'");
                change(2);
                instance.poll(); // its position is past the slow transaction now
                Stamp between = instance.stamp();
                assertTrue(instance.isCurrent(between, tag(1), tag(2)));
                slow.commit();
                instance.poll();

                assertFalse(instance.isCurrent(between, tag(1)));
                assertTrue(instance.isCurrent(between, tag(2)));
                assertTrue(instance.isCurrent(instance.stamp(), tag(1)));
            }
        }

        @Test
        void whileATransactionStaysOpenElsewhere() {
            try (Handle open = database.jdbi().open()) {
                open.begin();
                open.execute("CREATE TEMP TABLE anything (id int)");
                for (int i = 0; i < 20; i++) {
                    change(1);
                    instance.poll();
                    assertTrue(instance.isCurrent(instance.stamp(), tag(1)));
                }
                open.rollback();
            }
        }

        @Test
        void newInstanceReadsEarlierChanges() {
            Stamp before = instance.stamp();
            change(1);
            TestInstance other = instance();

            assertFalse(other.isCurrent(before, tag(1)));
            assertTrue(other.isCurrent(before, tag(2)));
        }

        @Test
        void versionIncreasesOnlyWhenChangesArePolled() {
            long version = instance.log.view().version();
            instance.poll();
            assertEquals(version, instance.log.view().version());
            change(1);
            instance.poll();
            assertNotEquals(version, instance.log.view().version());
        }

        @Test
        void neverForAnotherDatabase() {
            Stamp before = instance.stamp();
            assertFalse(instance.isCurrent(new Stamp(before.generation() + "0", before.snapshot())));
        }

        @Test
        void viewThatWasTakenBeforeARestartIsNotTrusted() {
            Stamp before = instance.stamp();
            change(1);
            instance.poll();
            ChangeView taken = instance.log.view(); // a reader that is interrupted here
            instance.skip(LEASE.multipliedBy(2));
            instance.poll();

            assertTrue(instance.isTrusted());
            assertFalse(taken.isTrusted());
            assertFalse(taken.isCurrent(before, Set.of(tag(2))));
        }
    }

    @Nested
    class Bounds {
        @Test
        void moreChangesThanAPollReadsMakeAllEarlierEntriesStale() {
            Stamp before = instance.stamp();
            List<String> forgotten = new ArrayList<>();
            instance.log.subscribe("forget:", forgotten::add);
            log(ChangeDao.MAX_CHANGES + 1);
            instance.poll();

            assertFalse(instance.isCurrent(before, tag(1)));
            assertFalse(instance.isCurrent(before));
            assertTrue(instance.isCurrent(instance.stamp(), tag(1), "listing:1"));
            assertEquals(List.of("*"), forgotten);
        }

        @Test
        void asManyChangesAsAPollReadsAreKnownOneByOne() {
            Stamp before = instance.stamp();
            log(ChangeDao.MAX_CHANGES);
            instance.poll();

            assertTrue(instance.isCurrent(before, tag(1)));
            assertFalse(instance.isCurrent(before, "listing:1"));
        }

        @Test
        void startReadsNoMoreThanAPoll() {
            Stamp before = instance.stamp();
            log(50_000);
            TestInstance other = instance();

            assertTrue(other.isTrusted());
            assertFalse(other.isCurrent(before));
            assertTrue(other.isCurrent(other.stamp(), "listing:1"));
        }

        private static void log(int rows) {
            execute("INSERT INTO change_log (tag) SELECT 'listing:' || n FROM generate_series(1, " + rows + ") n");
        }
    }

    @Nested
    class Open {
        @Test
        void pollsAtIntervals() {
            try (ChangeLog log = open(Duration.ofMillis(400))) {
                instance.log.close();
                Stamp before =
                        new Stamp(log.view().generation(), instance.stamp().snapshot());
                change(1);
                Await.until(
                        "the change is polled",
                        () -> !log.view().isCurrent(before, Set.of(tag(1)))
                                && log.view().isTrusted());
            }
        }

        @Test
        void pollsAtOnceOnRequest() {
            instance.log.close();
            Stamp before = instance.stamp();
            try (ChangeLog log = open(Duration.ofHours(1))) {
                log.awaitPoll();
                change(1);
                log.pollNow();
                Await.until("the change is polled", () -> !log.view().isCurrent(before, Set.of(tag(1))));
                assertTrue(log.view().isTrusted());
            }
        }

        @Test
        void awaitPollReturnsWhatWasCommittedBefore() {
            instance.log.close();
            try (ChangeLog log = open(Duration.ofHours(1))) {
                for (int i = 0; i < 20; i++) {
                    Stamp before = instance.stamp();
                    change(1);
                    assertFalse(log.awaitPoll().isCurrent(before, Set.of(tag(1))));
                }
            }
        }

        private static ChangeLog open(Duration lease) {
            return ChangeLog.open(database.jdbi(), database.jdbi(), lease);
        }
    }

    @Nested
    class Trust {
        @Test
        void endsWithTheLease() {
            Stamp stamp = instance.stamp();
            instance.skip(LEASE.minusSeconds(5));
            assertTrue(instance.isCurrent(stamp, tag(1)));
            instance.skip(Duration.ofSeconds(6));
            assertFalse(instance.isTrusted());
            assertFalse(instance.isCurrent(stamp, tag(1)));
            assertFalse(instance.isCurrent(stamp));
            instance.poll();
            assertTrue(instance.isCurrent(stamp, tag(1)));
        }

        @Test
        void countsFromBeforeThePoll() {
            instance.beforeNext(TestInstance.POLL, () -> instance.skip(LEASE.multipliedBy(2)));
            instance.poll();
            assertFalse(instance.isTrusted());
        }

        @Test
        void beginsWithTheFirstPoll() {
            assertTrue(instance().isTrusted());
            assertEquals(2, members());
        }

        @Test
        void whileAloneAPollIsConfirmedOnlyToRenewTheLease() {
            List<String> statements = new ArrayList<>();
            change(1);
            instance.before(TestInstance.POLL, () -> statements.add("poll"));
            instance.poll();
            instance.before(TestInstance.CONFIRM, () -> statements.add("confirm"));
            instance.poll();
            assertEquals(List.of("poll"), statements);

            instance.skip(LEASE.dividedBy(4));
            instance.poll();
            assertEquals(List.of("poll", "confirm"), statements);
        }

        @Test
        void memberThatIsAloneIsNotEvictedByAnInstanceThatHasLeft() {
            TestInstance left = instance();
            left.before(TestInstance.POLL, () -> left.skip(LEASE.dividedBy(10)));
            for (int i = 0; i < 40; i++) {
                left.poll();
                instance.skip(LEASE.dividedBy(10));
                instance.poll();
            }
            assertTrue(left.log.status().left());
            assertTrue(instance.isTrusted());
            assertEquals(1, members());
        }

        @Test
        void evictedInstanceJoinsAgainAndContinuesFromItsPosition() {
            TestInstance other = instance();
            Stamp before = other.stamp();
            other.skip(LEASE.multipliedBy(2));
            execute("DELETE FROM change_member"); // by another that has waited for its lease
            change(1);

            other.poll();
            assertFalse(other.isTrusted());
            other.poll();
            assertTrue(other.isTrusted());
            assertFalse(other.isCurrent(before, tag(1)));
            assertTrue(other.isCurrent(before, tag(2)));
        }

        @Test
        void lateConfirmationOfAnEvictedMemberRenewsNothing() {
            TestInstance other = instance();
            Stamp before = other.stamp();
            change(2);
            other.beforeNext(
                    TestInstance.CONFIRM,
                    () -> { // paused between poll and confirmation
                        execute("DELETE FROM change_member");
                        change(1);
                    });
            other.poll();
            assertFalse(other.isTrusted());

            other.poll();
            assertTrue(other.isTrusted());
            assertFalse(other.isCurrent(before, tag(1)));
        }

        @Test
        void lastsToTheEndOfTheLeaseWithoutTheDatabase() {
            instance.before(TestInstance.ANY, ChangeLogTest::fail);
            assertThrows(IllegalStateException.class, instance::poll);
            assertTrue(instance.isTrusted());
            instance.skip(LEASE);
            assertFalse(instance.isTrusted());
        }

        @Test
        void memberThatDoesNotConfirmIsEvictedAfterItsOwnLease() {
            Duration twice = LEASE.multipliedBy(2);
            instance(twice);
            instance.poll();
            instance.skip(LEASE.multipliedBy(5).dividedBy(4).plusSeconds(1));
            instance.poll();
            assertEquals(2, members());
            instance.skip(LEASE.multipliedBy(5).dividedBy(4).plusSeconds(1));
            instance.poll();
            assertEquals(1, members());
        }

        @Test
        void memberThatConfirmsIsNotEvicted() {
            TestInstance other = instance();
            for (int i = 0; i < 5; i++) {
                change(1);
                other.poll();
                instance.poll();
                instance.skip(LEASE.dividedBy(2));
                other.skip(LEASE.dividedBy(2));
            }
            assertEquals(2, members());
            assertTrue(other.isTrusted());
        }

        @Test
        void slowMemberLeavesAndReturnsWhenItIsFast() {
            TestInstance slow = instance();
            slow.before(TestInstance.POLL, () -> slow.skip(LEASE.dividedBy(10)));
            for (int i = 0; i < 9; i++) {
                slow.poll();
            }
            assertFalse(slow.isTrusted());
            assertTrue(slow.log.status().left());
            assertEquals(1, members());

            slow.before(TestInstance.POLL, () -> {});
            Await.until("it is fast", () -> {
                slow.poll();
                return !slow.log.status().left();
            });
            slow.poll();
            assertTrue(slow.isTrusted());
            assertEquals(2, members());
        }

        @Test
        void slowInstanceThatIsAloneUsesItsCache() {
            instance.before(TestInstance.POLL, () -> instance.skip(LEASE.dividedBy(10)));
            for (int i = 0; i < 20; i++) {
                instance.poll();
            }
            assertTrue(instance.isTrusted());
        }
    }

    @Nested
    class Generation {
        @Test
        void changesWithARestoredDatabase() {
            Stamp before = instance.stamp();
            execute("ALTER TABLE change_log RENAME TO lost;"
                    + "CREATE TABLE change_log (LIKE lost INCLUDING ALL);"
                    + "DROP TABLE lost");
            newGenerationIsUsed(before);
        }

        @Test
        void changesWithACrash() {
            Stamp before = instance.stamp();
            execute("TRUNCATE change_incarnation, change_member"); // what crash recovery and promotion do
            newGenerationIsUsed(before);
            assertEquals(0, number("SELECT count(*) FROM change_incarnation WHERE settled"));
        }

        private void newGenerationIsUsed(Stamp before) {
            instance.poll();
            instance.poll();

            assertNotEquals(before.generation(), instance.log.view().generation());
            assertTrue(instance.isTrusted());
            assertFalse(instance.isCurrent(before));
            assertTrue(instance.isCurrent(instance.stamp(), tag(1)));
        }

        @Test
        void writersWaitUntilAllLeasesOfTheOldOneHaveEnded() throws InterruptedException {
            execute("TRUNCATE change_incarnation, change_member");
            instance.poll();
            change(1);
            Thread writer = instance.acknowledge();
            instance.poll();
            writer.join(100);
            assertTrue(writer.isAlive());

            instance.skip(LEASE.multipliedBy(2));
            instance.poll();
            writer.join();
            assertEquals(1, number("SELECT count(*) FROM change_incarnation WHERE settled"));
        }

        @Test
        void writersOfAnInstanceThatStartsAfterTheCrashWaitToo() throws InterruptedException {
            execute("TRUNCATE change_incarnation, change_member");
            TestInstance fresh = instance();
            change(1);
            Thread writer = fresh.acknowledge();
            fresh.poll();
            writer.join(100);
            assertTrue(writer.isAlive());
            fresh.skip(LEASE.multipliedBy(2));
            fresh.poll();
            writer.join();
        }
    }

    @Nested
    class DeleteOld {
        private int deleteOld(TestInstance instance) {
            instance.log.recordCheckpoint();
            return instance.log.deleteOld(10);
        }

        @Test
        void deletesWhatACheckpointOfMoreThan25HoursAgoSees() {
            change(1);
            assertEquals(0, deleteOld(instance));
            change(2);
            passHours(26);
            assertEquals(1, deleteOld(instance));
            passHours(26);
            assertEquals(1, deleteOld(instance));
            assertEquals(0, number("SELECT count(*) FROM change_log"));
        }

        @Test
        void keepsTheRowsOfATransactionThatCommittedAfterTheCheckpoint() {
            Stamp before;
            try (Handle batch = database.jdbi().open()) {
                batch.begin();
                batch.execute("UPDATE cpu SET row_version = 2 WHERE name = 'CPU 1'");
                instance.log.recordCheckpoint();
                before = instance.stamp();
                batch.commit();
            }
            passHours(26);
            assertEquals(0, deleteOld(instance));

            assertFalse(instance().isCurrent(before, tag(1)));
        }

        @Test
        void instanceThatHasSleptThroughADeletionLoadsEverythingAgain() {
            TestInstance sleeper = instance();
            Stamp before = sleeper.stamp();
            change(1);
            instance.log.recordCheckpoint();
            passHours(26);
            assertEquals(1, deleteOld(instance));

            sleeper.poll();
            assertFalse(sleeper.isCurrent(before, tag(1)));
            assertTrue(sleeper.isCurrent(sleeper.stamp(), tag(1)));
        }

        @Test
        void rowsOfADumpFromAnotherClusterAreNoChanges() {
            execute("DELETE FROM change_checkpoint;"
                    + "INSERT INTO change_checkpoint (position) VALUES ('900000000:900000000:');"
                    + "INSERT INTO change_log VALUES ('900000000', 'listing:1'), ('900000001', 'cpu:2')");
            TestInstance fresh = instance();
            Stamp stamp = fresh.stamp();
            long version = fresh.log.view().version();
            fresh.poll();
            assertEquals(version, fresh.log.view().version());
            assertTrue(fresh.isCurrent(stamp, "listing:1"));

            assertEquals(2, deleteOld(fresh));
            change(1);
            fresh.poll();
            assertFalse(fresh.isCurrent(stamp, tag(1)));
        }

        private static void passHours(int hours) {
            execute("UPDATE change_checkpoint SET taken_at = taken_at - interval '" + hours + " hours'");
        }
    }

    @Nested
    class OldTransactions {
        @RegisterExtension
        final LogLines lines = new LogLines(OldestTransaction.class.getName());

        @Test
        void areReportedOnceAndWhenTheyEnd() {
            try (Handle open = database.jdbi().open()) {
                open.begin();
                open.execute("CREATE TEMP TABLE anything (id int)");
                long pid = open.createQuery("SELECT pg_backend_pid()")
                        .mapTo(Long.class)
                        .one();
                instance.poll();
                assertEquals(Optional.empty(), instance.log.status().oldestTransaction());
                for (int i = 0; i < 3; i++) {
                    instance.skip(Duration.ofMinutes(2));
                    change(1);
                    instance.poll();
                }
                assertTrue(
                        instance.log.status().oldestTransaction().orElseThrow().compareTo(Duration.ofMinutes(4)) > 0);
                assertEquals(1, lines.all().size());
                assertTrue(String.valueOf(lines.all().getFirst().fields().get("transaction"))
                        .contains("pid " + pid));
                open.rollback();
            }
            instance.poll();
            assertEquals(Optional.empty(), instance.log.status().oldestTransaction());
            assertEquals(2, lines.all().size());
        }

        @Test
        void manyShortOnesAreNone() {
            for (int i = 0; i < 5; i++) {
                instance.skip(Duration.ofMinutes(2));
                change(1);
                instance.poll();
            }
            assertEquals(Optional.empty(), instance.log.status().oldestTransaction());
        }
    }

    @Test
    void subscribersAreCalledOnceForEachChange() {
        List<String> received = new ArrayList<>();
        instance.log.subscribe("forget:", received::add);
        instance.log.append("forget:share:*");
        instance.poll();
        instance.poll();
        assertEquals(List.of("share:*"), received);
    }

    @Test
    void instanceThatWasPausedReceivesWhatItMissed() {
        TestInstance other = instance();
        List<String> received = new ArrayList<>();
        other.log.subscribe("forget:", received::add);
        other.skip(LEASE.multipliedBy(2));
        execute("DELETE FROM change_member");
        instance.log.append("forget:a");
        other.poll();
        other.poll();
        assertTrue(other.isTrusted());
        assertEquals(List.of("a"), received);
    }

    @Test
    void closedInstanceIsNotTrustedAndNoMember() {
        instance.log.close();
        assertFalse(instance.isTrusted());
        assertEquals(0, members());
    }

    @Test
    void closingDoesNotThrowWithoutTheDatabase() {
        instance.before(TestInstance.ANY, ChangeLogTest::fail);
        instance.log.close();
        assertFalse(instance.isTrusted());
    }

    @Test
    void clockOfTheDatabaseIsKnownBetweenTwoBounds() {
        instance.poll();
        for (int i = 0; i < 3; i++) {
            long atLeast = instance.log.view().databaseMillisAtLeast();
            long millis = number("SELECT (extract(epoch FROM clock_timestamp()) * 1000)::bigint");
            long atMost = instance.log.view().databaseMillis();
            assertTrue(atLeast <= millis && millis <= atMost, atLeast + " " + millis + " " + atMost);
        }
    }

    private TestInstance instance() {
        return instance(LEASE);
    }

    private TestInstance instance(Duration lease) {
        TestInstance created = new TestInstance(database, lease);
        instances.add(created);
        return created;
    }

    static void fail() {
        throw new IllegalStateException("the database is unavailable");
    }

    private static String tag(int cpu) {
        return "cpu:" + number("SELECT id FROM cpu WHERE name = 'CPU " + cpu + "'");
    }

    private static void change(int cpu) {
        execute("UPDATE cpu SET row_version = row_version + 1 WHERE name = 'CPU " + cpu + "'");
    }

    private static long members() {
        return number("SELECT count(*) FROM change_member");
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
