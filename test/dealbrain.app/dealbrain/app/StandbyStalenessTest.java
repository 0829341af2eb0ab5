package dealbrain.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.changes.ChangeLog;
import dealbrain.database.DatabaseUrl;
import dealbrain.standby.Standby;
import dealbrain.standby.StandbyStatus;
import dealbrain.testing.Await;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A page from a standby is never older than an acknowledged change. */
@Tag("faults")
@Timeout(600)
class StandbyStalenessTest {
    /** With this lease the poller assigns transaction ids only when a test makes it poll. */
    private static final Duration LONG_LEASE = Duration.ofSeconds(60);

    private static final String[] MANY_TRANSACTIONS =
            Collections.nCopies(300, "SELECT pg_current_xact_id()").toArray(String[]::new);

    @TempDir
    static Path closed;

    @TempDir
    Path folder;

    private ReplicatedPostgres servers;

    @BeforeAll
    static void create() throws IOException {
        ReplicatedPostgres.start(closed).close();
    }

    @BeforeEach
    void start() throws IOException {
        servers = ReplicatedPostgres.startCopy(closed, folder);
    }

    @AfterEach
    void stop() {
        if (servers != null) {
            servers.close();
        }
    }

    private StandbyInstance instance(Duration lease) {
        return new StandbyInstance(servers.primary(), servers.standby(), lease);
    }

    @Test
    void loadsFromTheStandbyWhatItHas() {
        try (StandbyInstance instance = instance(LONG_LEASE)) {
            instance.awaitUse();
            long id = instance.insert();
            int version = instance.change(id);
            servers.awaitReplay();
            StandbyStatus before = instance.standby().status();

            assertEquals(version, instance.version(id));

            assertEquals(before.loads() + 1, instance.standby().status().loads());
            assertEquals(before.reloads(), instance.standby().status().reloads());
        }
    }

    @Test
    void delayedReplayIsNoticedByTheStamp() {
        servers.restartStandby("recovery_min_apply_delay=1500ms");
        try (StandbyInstance instance = instance(LONG_LEASE)) {
            long id = instance.insert();
            instance.awaitUse();
            Await.until("the standby has the row", () -> has(id));

            for (int i = 0; i < 10; i++) {
                assertEquals(instance.change(id), instance.version(id));
            }

            assertTrue(
                    instance.standby().status().reloads() >= 10,
                    instance.standby().status()::toString);
            assertTrue(instance.standby().isUsed());
        }
    }

    private boolean has(long id) {
        return OwnPostgres.number(servers.standby(), "SELECT count(*) FROM cpu WHERE id = " + id) == 1;
    }

    /** Without xmin:xmin: the stamp claims to see the open transaction, because the standby does not list it. */
    @Test
    void transactionThatIsOpenOverALaterCommitIsNotClaimedToBeSeen() throws SQLException {
        try (StandbyInstance instance = instance(LONG_LEASE);
                Connection connection = OwnPostgres.connect(servers.primary());
                Statement open = connection.createStatement()) {
            long id = instance.insert();
            instance.awaitUse();
            connection.setAutoCommit(false);
            for (int i = 0; i < 20; i++) {
                int old = instance.version(id);
                open.execute("UPDATE cpu SET cores = cores + 1 WHERE id = " + id);
                ReplicatedPostgres.run(servers.primary(), "INSERT INTO cpu (name) VALUES (gen_random_uuid())");
                servers.awaitReplay();
                instance.cache().delete("page:" + id + ":0");
                assertEquals(old, instance.version(id));

                connection.commit();
                instance.acknowledge();

                assertEquals(old + 1, instance.version(id));
            }
            assertTrue(instance.standby().status().loads() > 0);
        }
    }

    /** Without the member's row the snapshots of the former primary claim to see later changes of the new one. */
    @Test
    void formerPrimaryIsNotAStandbyOfThePromotedOne() {
        servers.awaitReplay();
        servers.promote();
        ReplicatedPostgres.run(servers.primary(), MANY_TRANSACTIONS);
        long id = insert(servers.primary(), servers.standby());
        servers.demotePrimary();
        try (StandbyInstance instance = new StandbyInstance(servers.standby(), servers.primary(), ChangeLog.LEASE)) {
            instance.awaitTrust();
            awaitCheck(instance);
            for (int i = 0; i < 20; i++) {
                assertEquals(instance.change(id), instance.version(id));
            }
            assertLacksHeartbeat(instance);
        }
    }

    private static void awaitCheck(StandbyInstance instance) {
        Await.until(
                "the standby was checked",
                () -> !instance.standby().status().outage().equals(Optional.of("not checked yet")));
    }

    private static void assertLacksHeartbeat(StandbyInstance instance) {
        StandbyStatus status = instance.standby().status();
        assertTrue(status.outage().orElse("").contains("heartbeat"), status::toString);
        assertEquals(0, status.loads());
    }

    /** Inserts the same row on servers that do not replicate each other. */
    private static long insert(DatabaseUrl... servers) {
        for (DatabaseUrl server : servers) {
            ReplicatedPostgres.run(
                    server, "INSERT INTO cpu (id, name, cores) OVERRIDING SYSTEM VALUE VALUES (1000000, 'x', 1)");
        }
        return 1_000_000;
    }

    @Test
    void standbyThatWasPromotedIsNotUsed() {
        try (StandbyInstance instance = instance(ChangeLog.LEASE)) {
            long id = instance.insert();
            instance.awaitUse();
            servers.awaitReplay();
            servers.promote();
            ReplicatedPostgres.run(servers.standby(), MANY_TRANSACTIONS);

            for (int i = 0; i < 20; i++) {
                assertEquals(instance.change(id), instance.version(id));
            }
            assertFalse(instance.standby().isUsed());
        }
    }

    /** Its heartbeat has the generation of before. */
    @Test
    void standbyIsUsedAgainWhenItHasTheGenerationOfThePrimary() {
        try (StandbyInstance instance = instance(ChangeLog.LEASE)) {
            long id = instance.insert();
            instance.awaitUse();
            ReplicatedPostgres.run(servers.standby(), "SELECT pg_wal_replay_pause()");
            ReplicatedPostgres.run(
                    servers.primary(), "UPDATE change_incarnation SET id = gen_random_uuid(), settled = true");

            for (int i = 0; i < 10; i++) {
                assertEquals(instance.change(id), instance.version(id));
            }
            Await.until(
                    "another history was noticed",
                    () -> instance.standby()
                            .status()
                            .outage()
                            .filter(reason -> reason.contains("history"))
                            .isPresent());

            ReplicatedPostgres.run(servers.standby(), "SELECT pg_wal_replay_resume()");
            instance.awaitUse();
            assertEquals(instance.change(id), instance.version(id));
        }
    }

    @Test
    void standbyOfAnotherClusterIsNotUsed(@TempDir Path other) throws IOException {
        try (ReplicatedPostgres others = ReplicatedPostgres.start(other)) {
            ReplicatedPostgres.run(others.primary(), MANY_TRANSACTIONS);
            long id = insert(servers.primary(), others.primary());
            others.awaitReplay();
            try (StandbyInstance instance = new StandbyInstance(servers.primary(), others.standby(), ChangeLog.LEASE)) {
                instance.awaitTrust();
                awaitCheck(instance);
                for (int i = 0; i < 20; i++) {
                    assertEquals(instance.change(id), instance.version(id));
                }
                assertLacksHeartbeat(instance);
            }
        }
    }

    @Test
    void frozenStandbyDelaysOnlyTheLoadsThatNoticeIt() {
        try (StandbyInstance instance =
                new StandbyInstance(servers.primary(), servers.standby(), ChangeLog.LEASE, Standby.TIMEOUT)) {
            long id = instance.insert();
            instance.awaitUse();
            servers.standbyProcess().freeze();
            try {
                Duration half = Standby.TIMEOUT.multipliedBy(100); // of the time that all loads would take
                assertTimeoutPreemptively(half, () -> {
                    for (int i = 0; i < 200; i++) {
                        assertEquals(instance.change(id), instance.version(id));
                    }
                });
                assertFalse(instance.standby().isUsed());
            } finally {
                servers.standbyProcess().thaw();
            }
            instance.awaitUse();
        }
    }

    @Test
    void primaryLoadsWhileTheStandbyIsAway() {
        servers.stopStandby();
        try (StandbyInstance instance = instance(ChangeLog.LEASE)) {
            instance.awaitTrust();
            long id = instance.insert();
            assertEquals(instance.change(id), instance.version(id));

            servers.restartStandby();
            instance.awaitUse();
            servers.stopStandby();

            assertEquals(instance.change(id), instance.version(id));
        }
    }

    @Test
    void missingRowAndExpiredPageAreNotBelieved() {
        try (StandbyInstance instance = instance(LONG_LEASE)) {
            instance.awaitUse();
            servers.awaitReplay();
            ReplicatedPostgres.run(servers.standby(), "SELECT pg_wal_replay_pause()");
            long id = instance.insert();
            StandbyStatus before = instance.standby().status();

            assertEquals(Optional.of(1), instance.find(id, 0, null));
            assertEquals(before.reloads() + 1, instance.standby().status().reloads());

            ReplicatedPostgres.run(servers.standby(), "SELECT pg_wal_replay_resume()");
            servers.awaitReplay();
            instance.cache().delete("page:" + id + ":0");
            assertEquals(Optional.of(1), instance.find(id, 0, Instant.now().minusSeconds(1)));
            assertEquals(before.reloads() + 2, instance.standby().status().reloads());
            assertEquals(before.loads(), instance.standby().status().loads());
        }
    }

    @Test
    void exceptionOfTheApplicationIsThrownByThePrimary() {
        try (StandbyInstance instance = instance(LONG_LEASE)) {
            instance.awaitUse();
            long id = instance.insert();
            servers.awaitReplay();
            StandbyStatus before = instance.standby().status();

            Optional<?> found = instance.pages().load(jdbi -> {
                if (!jdbi.equals(instance.primaryJdbi())) {
                    throw new IllegalStateException("rejected");
                }
                return StandbyInstance.load(jdbi, id, "", null);
            });

            assertTrue(found.isPresent());
            assertEquals(before.reloads() + 1, instance.standby().status().reloads());
            assertTrue(instance.standby().isUsed());
        }
    }

    @Test
    void randomReadsAreNeverStale() throws InterruptedException {
        long seed = System.nanoTime();
        try (StandbyRun run = new StandbyRun(servers, 30_000)) {
            run.run(seed);

            assertFalse(run.hasFailed(), run::toString);
            assertEquals(0, run.stale(), () -> "seed " + seed + ": " + run);
            System.out.println("standby run: " + run);
        }
    }

    /**
     * Repeated until a statement is cancelled: VACUUM keeps a row while any transaction on the primary could see it.
     */
    @Test
    void conflictWithReplayIsALoadFromThePrimary() throws Exception {
        servers.restartStandby("max_standby_streaming_delay=0", "hot_standby_feedback=off");
        try (StandbyInstance instance = instance(ChangeLog.LEASE)) {
            long id = instance.insert();
            instance.awaitUse();
            servers.awaitReplay();
            AtomicBoolean ended = new AtomicBoolean();
            Thread vacuum = Thread.startVirtualThread(() -> {
                while (!ended.get()) {
                    vacuumWhileTheStandbyReads(id);
                }
            });

            Await.until("a statement on the standby is cancelled", () -> {
                Optional<?> found = instance.pages()
                        .load(jdbi -> StandbyInstance.load(
                                jdbi, id, jdbi.equals(instance.primaryJdbi()) ? "" : ", pg_sleep(0.3)", null));
                assertTrue(found.isPresent());
                return instance.standby().status().failures() > 0;
            });
            ended.set(true);
            vacuum.join();

            assertTrue(instance.standby().isUsed(), "a conflict says nothing about the next statement");
        }
    }

    private void vacuumWhileTheStandbyReads(long id) {
        boolean reads = OwnPostgres.number(
                        servers.standby(),
                        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%pg_sleep(0.3)%'"
                                + " AND state = 'active' AND pid <> pg_backend_pid()")
                > 0;
        if (reads) {
            ReplicatedPostgres.run(
                    servers.primary(),
                    "UPDATE cpu SET cores = cores + 1 WHERE id = " + id,
                    "VACUUM cpu",
                    "SELECT pg_switch_wal()");
        }
    }
}
