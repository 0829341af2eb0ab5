package dealbrain.caching;

import dealbrain.caching.CacheInstance.Place;
import dealbrain.testing.DurablePostgres;
import java.util.List;
import java.util.Random;

/** Kills and restarts PostgreSQL, and deletes from the change log, until the run is over. */
final class DatabaseFaults {
    static final String BACKENDS_KILLED = "backends killed";
    static final String SERVERS_KILLED = "servers killed";
    static final String RESTARTS = "clean restarts";
    static final String DISCONNECTIONS = "terminations of connections";
    static final String IDS_REUSED = "crashes that assigned ids again";
    static final String DELETIONS = "deletions from the log";

    private static final int BATCH = 1000;
    private static final String AGE_CHECKPOINTS =
            "UPDATE change_checkpoint SET taken_at = taken_at - interval '26 hours' "
                    + "WHERE taken_at < clock_timestamp() - interval '5 seconds'";
    private static final String TERMINATE = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity "
            + "WHERE application_name = 'dealbrain' AND pid % 3 = 0";
    private static final String XMAX = "SELECT pg_snapshot_xmax(pg_current_snapshot())";

    private final StalenessRun run;
    private final InstanceGroup group;
    private final RandomWriter writer;
    private final FaultCounts faults;
    private final DurablePostgres postgres;

    DatabaseFaults(
            StalenessRun run, InstanceGroup group, RandomWriter writer, FaultCounts faults, DurablePostgres postgres) {
        this.run = run;
        this.group = group;
        this.writer = writer;
        this.faults = faults;
        this.postgres = postgres;
    }

    void run(Random random) {
        FaultDeck deck = new FaultDeck(List.of(
                this::killBackend,
                this::killBackend,
                this::killBackend,
                this::killServer,
                _ -> restart(),
                _ -> disconnect()));
        while (!run.isOver()) {
            run.pause(random, 1000, 6000);
            deck.inject(random);
        }
    }

    /** Deletes from the change log all the time. */
    void sweep(Random random) {
        while (!run.isOver()) {
            run.pause(random, 200, 1500);
            deleteFromLog(random);
        }
    }

    private void killBackend(Random random) {
        crash(BACKENDS_KILLED, postgres::killBackend, postgres::awaitRecovery, random);
    }

    private void killServer(Random random) {
        crash(SERVERS_KILLED, postgres::kill, postgres::start, random);
    }

    /** Crashes the server after some time in which only rolled-back transactions used ids, and pages were loaded. */
    private void crash(String fault, Runnable crash, Runnable recovery, Random random) {
        writer.setOnlyRollbacks(true);
        run.pause(random, 50, 500);
        CacheInstance unaware = group.any(random);
        if (unaware != null) {
            unaware.suspendPoller(Place.BEFORE); // until after the crash, which it does not notice
        }
        long before = Long.parseLong(postgres.query(XMAX));
        crash.run();
        writer.setOnlyRollbacks(false);
        recovery.run();
        run.pause(random, 0, 1000);
        if (unaware != null) {
            unaware.resume();
        }
        long after = Long.parseLong(postgres.query(XMAX));
        faults.record(fault, "next id %d, then %d".formatted(before, after));
        if (after < before) {
            faults.count(IDS_REUSED);
        }
    }

    private void restart() {
        postgres.stop();
        postgres.start();
        faults.record(RESTARTS, "server");
    }

    private void disconnect() {
        postgres.query(TERMINATE);
        faults.record(DISCONNECTIONS, "a third");
    }

    /** Deletes as if changes were retained for five seconds only, which is longer than a writer waits. */
    private void deleteFromLog(Random random) {
        CacheInstance instance = group.any(random);
        if (instance == null) {
            return;
        }
        try {
            postgres.execute(AGE_CHECKPOINTS);
            instance.changes().recordCheckpoint();
            int deleted = instance.changes().deleteOld(BATCH);
            if (deleted > 0) {
                faults.count(DELETIONS);
            }
        } catch (RuntimeException _) { // the instance has ended, or the server is not available
            faults.count("failed deletions");
        }
    }
}
