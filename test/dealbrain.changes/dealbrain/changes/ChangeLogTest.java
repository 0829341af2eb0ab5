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

    private static final Duration LEASE = Duration.ofMinutes(1); // ends only if a test moves a clock

    private final List<TestInstance> instances = new ArrayList<>();
    private TestInstance instance;

    @BeforeEach
    void start() {
        execute("TRUNCATE change_log, change_listener, cpu CASCADE");
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
            instance.log.heartbeat();

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
                instance.log.heartbeat(); // its position is past the slow transaction now
                Stamp between = instance.stamp();
                assertTrue(instance.isCurrent(between, tag(1), tag(2)));
                slow.commit();
                instance.log.heartbeat();

                assertFalse(instance.isCurrent(between, tag(1)));
                assertTrue(instance.isCurrent(between, tag(2)));
                assertTrue(instance.isCurrent(instance.stamp(), tag(1)));
            }
        }

        @Test
        void newInstanceReadsEarlierChanges() {
            Stamp before = instance.stamp();
            change(1);
            TestInstance other = introduced();

            assertFalse(other.isCurrent(before, tag(1)));
            assertTrue(other.isCurrent(before, tag(2)));
        }

        @Test
        void versionIncreasesOnlyWhenChangesArePolled() {
            long version = instance.log.version();
            instance.log.heartbeat();
            assertEquals(version, instance.log.version());
            change(1);
            instance.log.heartbeat();
            assertNotEquals(version, instance.log.version());
        }

        @Test
        void neverForAnotherDatabase() {
            Stamp before = instance.stamp();
            assertFalse(instance.isCurrent(new Stamp(before.generation() + "0", before.snapshot())));
        }
    }

    @Nested
    class Open {
        @Test
        void pollsAtIntervals() {
            Stamp before = instance.stamp();
            try (ChangeLog log = ChangeLog.open(database.jdbi(), Duration.ofMillis(400))) {
                instance.log.heartbeat();
                Await.until("the log is introduced", log::isTrusted);
                change(1);
                Await.until("the change is polled", () -> !log.isCurrent(before, Set.of(tag(1))) && log.isTrusted());
            }
        }

        @Test
        void pollsAtOnceOnRequest() {
            Stamp before = instance.stamp();
            try (ChangeLog log = ChangeLog.open(database.jdbi(), Duration.ofHours(1))) {
                instance.log.heartbeat();
                log.pollNow();
                Await.until("the log is introduced", log::isTrusted);
                change(1);
                log.pollNow();
                Await.until("the change is polled", () -> !log.isCurrent(before, Set.of(tag(1))));
                assertTrue(log.isTrusted());
            }
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
            assertFalse(instance.log.isTrusted());
            assertFalse(instance.isCurrent(stamp, tag(1)));
            assertFalse(instance.isCurrent(stamp));
            instance.log.heartbeat();
            assertTrue(instance.isCurrent(stamp, tag(1)));
        }

        @Test
        void beginsWhenTheOthersHavePolledTheRegistration() {
            TestInstance other = instance();
            other.log.heartbeat();
            assertFalse(other.log.isTrusted());
            instance.log.heartbeat();
            other.log.heartbeat();
            assertTrue(other.log.isTrusted());
        }

        @Test
        void doesNotRequireADeadInstance() {
            instance.lapse();
            assertTrue(instance().log.isTrusted());
        }

        @Test
        void instanceWithALapsedLeaseIsIntroducedAgain() {
            TestInstance other = introduced();
            Stamp before = other.stamp();
            other.lapse();
            instance.log.heartbeat();
            change(1);
            instance.log.acknowledge(); // does not wait for the other

            other.log.heartbeat();
            assertFalse(other.log.isTrusted());
            instance.log.heartbeat();
            other.log.heartbeat();
            assertTrue(other.log.isTrusted());
            assertFalse(other.isCurrent(before, tag(1)));
        }

        @Test
        void instanceThatConfirmsTooLateRestarts() {
            TestInstance other = introduced();
            Stamp before = other.stamp();
            other.beforeNext(
                    TestInstance.CONFIRM,
                    () -> { // paused between poll and confirmation
                        other.lapse();
                        instance.log.heartbeat();
                        change(1);
                        instance.log.acknowledge();
                    });
            other.log.heartbeat();
            assertFalse(other.isCurrent(before, tag(1)));

            instance.log.heartbeat();
            other.log.heartbeat();
            assertTrue(other.log.isTrusted());
            assertFalse(other.isCurrent(before, tag(1)));
        }

        @Test
        void unregisteredInstanceRestarts() {
            execute("DELETE FROM change_listener");
            instance.log.heartbeat();
            assertFalse(instance.log.isTrusted());
            instance.log.heartbeat();
            assertTrue(instance.log.isTrusted());
            assertEquals(1, listeners());
        }

        @Test
        void failedRestartIsRepeated() {
            Stamp before = instance.stamp();
            change(1);
            instance.log.heartbeat();
            execute("DELETE FROM change_listener");
            instance.beforeNext(TestInstance.POLL_ALL, ChangeLogTest::fail);
            assertThrows(IllegalStateException.class, instance.log::heartbeat);
            assertFalse(instance.log.isTrusted());

            instance.log.heartbeat();
            assertTrue(instance.log.isTrusted());
            assertFalse(instance.isCurrent(before, tag(1)));
        }

        @Test
        void lastsToTheEndOfTheLeaseWithoutTheDatabase() {
            instance.before(TestInstance.ANY, ChangeLogTest::fail);
            assertThrows(IllegalStateException.class, instance.log::heartbeat);
            assertTrue(instance.log.isTrusted());
            instance.skip(LEASE);
            assertFalse(instance.log.isTrusted());
        }
    }

    @Nested
    class Generation {
        @Test
        void changesWithARestoredDatabase() {
            Stamp before = instance.stamp();
            restore();
            instance.log.heartbeat();

            assertNotEquals(before.generation(), instance.log.generation());
            assertTrue(instance.log.isTrusted());
            assertFalse(instance.isCurrent(before));
            assertTrue(instance.isCurrent(instance.stamp(), tag(1)));
        }

        @Test
        void isDetectedByAWriterThatThenWaitsForAllLeases() {
            Duration lease = Duration.ofMillis(300);
            TestInstance other = introduced(lease);
            TestInstance writer = instance(lease);
            instance.log.heartbeat();
            other.log.heartbeat();
            restore();
            change(1);
            writer.log.acknowledge();

            assertFalse(other.log.isTrusted());
            assertNotEquals(other.log.generation(), writer.log.generation());
        }

        private void restore() {
            execute("ALTER TABLE change_log RENAME TO lost;"
                    + "CREATE TABLE change_log (LIKE lost INCLUDING ALL);"
                    + "DROP TABLE lost");
            execute("DELETE FROM change_listener");
        }
    }

    @Test
    void closedInstanceIsNotTrustedAndNotRegistered() {
        instance.log.close();
        assertFalse(instance.log.isTrusted());
        assertEquals(0, listeners());
    }

    @Test
    void closingDoesNotThrowWithoutTheDatabase() {
        instance.before(TestInstance.ANY, ChangeLogTest::fail);
        instance.log.close();
        assertFalse(instance.log.isTrusted());
    }

    @Test
    void oldChangesAreDeletedInBatches() {
        for (int i = 1; i <= 3; i++) {
            change(i);
        }
        execute("UPDATE change_log SET changed_at = now() - interval '24 hours 59 minutes'");
        assertEquals(0, instance.log.deleteOld(10));
        execute("UPDATE change_log SET changed_at = now() - interval '25 hours 1 minute' WHERE tag LIKE 'cpu:%'");
        assertEquals(2, instance.log.deleteOld(2));
        assertEquals(1, instance.log.deleteOld(2));
        assertEquals(0, instance.log.deleteOld(2));
    }

    private TestInstance instance() {
        return instance(LEASE);
    }

    private TestInstance instance(Duration lease) {
        TestInstance created = new TestInstance(database, lease);
        instances.add(created);
        return created;
    }

    private TestInstance introduced() {
        return introduced(LEASE);
    }

    private TestInstance introduced(Duration lease) {
        TestInstance created = instance(lease);
        Await.until(
                "both are introduced",
                () -> { // a short lease may end in between
                    instance.log.heartbeat();
                    created.log.heartbeat();
                    return instance.log.isTrusted() && created.log.isTrusted();
                });
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
