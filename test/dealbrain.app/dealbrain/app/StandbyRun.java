package dealbrain.app;

import dealbrain.changes.ChangeLog;
import dealbrain.standby.Standby;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Two instances that read and change random rows, while the replay of their standby is delayed, paused and resumed, and
 * connections to it are cut. Transactions stay open over later commits.
 */
final class StandbyRun implements AutoCloseable {
    private static final int ROWS = 60;
    private static final int MAX_REPORTED = 5;
    /** Of pages that the standby had, and of pages that it did not have yet. */
    private static final int MIN_LOADS = 300;

    private final ReplicatedPostgres servers;
    private final List<StandbyInstance> instances = new ArrayList<>();
    private final long firstId;
    /** The latest acknowledged version of each row. */
    private final AtomicIntegerArray acknowledged = new AtomicIntegerArray(ROWS);

    private final AtomicLong reads = new AtomicLong();
    private final AtomicLong stale = new AtomicLong();
    private final AtomicLong writes = new AtomicLong();
    private final List<String> reports = Collections.synchronizedList(new ArrayList<>());
    private final long minReads;
    private volatile boolean failed;

    StandbyRun(ReplicatedPostgres servers, long minReads) {
        this.servers = servers;
        this.minReads = minReads;
        for (int i = 0; i < 2; i++) {
            instances.add(new StandbyInstance(servers.primary(), servers.standby(), ChangeLog.LEASE, Standby.TIMEOUT));
        }
        firstId = instances.getFirst().insert();
        for (int i = 1; i < ROWS; i++) {
            long _ = instances.getFirst().insert();
        }
        instances.forEach(StandbyInstance::awaitUse);
    }

    /** Runs until there are enough reads and loads. */
    void run(long seed) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            StandbyInstance instance = instances.get(i % 2);
            Random random = new Random(seed + i);
            threads.add(start(() -> read(instance, random)));
        }
        for (int i = 0; i < 2; i++) {
            StandbyInstance instance = instances.get(i);
            Random random = new Random(seed + 10 + i);
            threads.add(start(() -> write(instance, random)));
        }
        Random random = new Random(seed + 20);
        threads.add(start(() -> holdOpen(random)));
        threads.add(start(() -> disturb(new Random(seed + 30))));
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private Thread start(Runnable work) {
        return Thread.ofVirtual().start(() -> {
            try {
                while ((reads.get() < minReads || loads() < MIN_LOADS || reloads() < MIN_LOADS) && !failed) {
                    work.run();
                }
            } catch (RuntimeException | Error e) {
                failed = true;
                reports.add(String.valueOf(e));
                throw e;
            }
        });
    }

    private void read(StandbyInstance instance, Random random) {
        int row = random.nextInt(ROWS);
        int atLeast = acknowledged.get(row);
        int variant = random.nextInt(2) * random.nextInt(1000); // half of them of a rare one, which is a load
        int version = instance.version(firstId + row, variant);
        reads.incrementAndGet();
        if (version < atLeast && stale.incrementAndGet() <= MAX_REPORTED) {
            reports.add("row %d: version %d after %d was acknowledged, %s"
                    .formatted(row, version, atLeast, instance.standby().status()));
        }
        pause(random.nextInt(3));
    }

    private void write(StandbyInstance instance, Random random) {
        int row = random.nextInt(ROWS);
        int version = instance.change(firstId + row);
        writes.incrementAndGet();
        acknowledged.accumulateAndGet(row, version, Math::max);
        pause(random.nextInt(10));
    }

    /** Changes a row in a transaction that ends after others that began later. */
    private void holdOpen(Random random) {
        int row = random.nextInt(ROWS);
        try (Connection connection = OwnPostgres.connect(servers.primary());
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            int version;
            try (ResultSet changed = statement.executeQuery(
                    "UPDATE cpu SET cores = cores + 1 WHERE id = " + (firstId + row) + " RETURNING cores")) {
                changed.next();
                version = changed.getInt(1);
            }
            pause(random.nextInt(60));
            connection.commit();
            instances.get(random.nextInt(2)).acknowledge();
            acknowledged.accumulateAndGet(row, version, Math::max);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void disturb(Random random) {
        ReplicatedPostgres.run(
                servers.standby(),
                switch (random.nextInt(40)) {
                    case 0, 1, 2, 3, 4, 5, 6, 7 -> "SELECT pg_wal_replay_pause()";
                    case 8 -> // opens the breaker if they are in use
                        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE '%standby'"
                                + " ORDER BY random() LIMIT 2";
                    default -> "SELECT pg_wal_replay_resume()";
                });
        pause(random.nextInt(150));
    }

    /** Not a wait for a condition. */
    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }

    boolean hasFailed() {
        return failed;
    }

    long stale() {
        return stale.get();
    }

    long reads() {
        return reads.get();
    }

    /** Returns how many pages were loaded from the standby. */
    long loads() {
        return instances.stream()
                .mapToLong(instance -> instance.standby().status().loads())
                .sum();
    }

    /** Returns how many pages the standby did not have yet. */
    long reloads() {
        return instances.stream()
                .mapToLong(instance -> instance.standby().status().reloads())
                .sum();
    }

    @Override
    public String toString() {
        return reads() + " reads, " + stale() + " stale, " + writes + " writes, "
                + instances.stream()
                        .map(each -> each.standby().status().toString())
                        .toList() + "\n"
                + String.join("\n", reports);
    }

    @Override
    public void close() {
        instances.forEach(StandbyInstance::close);
    }
}
