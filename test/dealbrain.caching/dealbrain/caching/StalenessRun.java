package dealbrain.caching;

import dealbrain.caching.CacheResult.Layer;
import dealbrain.caching.VersionedRow.Acknowledged;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Reads pages on all instances of a group, while other threads change the rows that they show and inject faults. Each
 * read is checked: it must show every change that was acknowledged before the read began. Thread-safe.
 */
final class StalenessRun {
    private static final CacheType<Versions> VERSIONS = CacheType.of(Versions.class);
    private static final int BURST = 100;
    private static final Duration BURST_PAUSE = Duration.ofMillis(1);
    /** Half of the reads use keys of the last seconds, so that pages are loaded all the time, also before a crash. */
    private static final int KEY_MILLIS = 700;

    private static final int RECENT_KEYS = 4;
    private static final int MAX_REPORTED = 10;

    private final InstanceGroup group;
    private final List<Page> pages;
    private final FaultCounts faults;
    private final Duration length;
    private final long minReads;
    private final LongAdder reads = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder samples = new LongAdder();
    private final LongAdder trusted = new LongAdder();
    private final LongAdder stale = new LongAdder();
    private final Map<Layer, LongAdder> layers = new ConcurrentHashMap<>();
    private final Queue<String> reports = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;

    /** A page that shows two rows. */
    record Page(VersionedRow listing, VersionedRow cpu) {
        Set<String> tags() {
            return Set.of(listing.tag(), cpu.tag());
        }
    }

    /** The cached value of a page, with the snapshot in which it was read. */
    record Versions(long listing, long cpu, String snapshot) {
        /** Compares the versions only, as an audit loads them in another snapshot. */
        @Override
        public boolean equals(Object other) {
            return other instanceof Versions that && listing == that.listing && cpu == that.cpu;
        }

        @Override
        public int hashCode() {
            return Long.hashCode(31 * listing + cpu);
        }

        boolean shows(Acknowledged listing, Acknowledged cpu) {
            return this.listing >= listing.version() && this.cpu >= cpu.version();
        }
    }

    /**
     * Creates a run.
     *
     * @param faults   the run continues until all of them have occurred
     * @param length   the minimum duration
     * @param minReads the run continues until there were as many reads
     */
    StalenessRun(InstanceGroup group, List<Page> pages, FaultCounts faults, Duration length, long minReads) {
        this.group = group;
        this.pages = pages;
        this.faults = faults;
        this.length = length;
        this.minReads = minReads;
    }

    /** Ends the run early. */
    void stop() {
        stopped = true;
    }

    boolean isOver() {
        return stopped
                || (faults.elapsedMillis() >= length.toMillis()
                        && reads.sum() >= minReads
                        && faults.missing().isEmpty());
    }

    /** Pauses for a random time, at most until the end of the run. Not a wait for a condition. */
    void pause(Random random, int minMillis, int maxMillis) {
        long end = faults.elapsedMillis() + random.nextInt(minMillis, maxMillis + 1);
        while (faults.elapsedMillis() < end && !isOver()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    /** Records how often the instances can use their caches, until the run is over. */
    void sampleTrust(Random random) {
        while (!isOver()) {
            for (int slot = 0; slot < group.size(); slot++) {
                CacheInstance instance = group.get(slot);
                samples.increment();
                if (instance != null && instance.isTrusted()) {
                    trusted.increment();
                }
            }
            pause(random, 5, 15);
        }
    }

    /** Reads random pages on the instances of a slot until the run is over. */
    void read(int slot, Random random) {
        while (!isOver()) {
            group.read(slot, instance -> readBurst(instance, random));
            LockSupport.parkNanos(BURST_PAUSE.toNanos());
        }
    }

    private void readBurst(CacheInstance instance, Random random) {
        for (int i = 0; i < BURST; i++) {
            Page page = pages.get(random.nextInt(pages.size()));
            try {
                read(instance, page, key(page, random));
            } catch (RuntimeException _) { // the database is away
                failures.increment();
                LockSupport.parkNanos(BURST_PAUSE.toNanos());
                return;
            }
        }
    }

    private String key(Page page, Random random) {
        String key = "versions:" + page.listing().id() + ":" + page.cpu().id();
        return random.nextBoolean()
                ? key
                : key + ":" + (faults.elapsedMillis() / KEY_MILLIS - random.nextInt(RECENT_KEYS));
    }

    private void read(CacheInstance instance, Page page, String key) {
        Acknowledged listing = page.listing().acknowledged(); // before the read
        Acknowledged cpu = page.cpu().acknowledged();
        CacheResult<Versions> result = instance.cache()
                .getOrLoad(key, VERSIONS, () -> load(instance, page))
                .orElseThrow();
        reads.increment();
        layers.computeIfAbsent(result.layer(), _ -> new LongAdder()).increment();
        if (!result.value().shows(listing, cpu)) {
            stale.increment();
            report(instance, key, result, listing, cpu);
        }
    }

    private void report(
            CacheInstance instance, String key, CacheResult<Versions> result, Acknowledged listing, Acknowledged cpu) {
        if (reports.size() < MAX_REPORTED) {
            reports.add("""
                    after %d ms, %s: %s of %s from %s
                      listing: %s
                      cpu: %s
                      position now: %s""".formatted(
                            faults.elapsedMillis(),
                            instance.name(),
                            result.value(),
                            key,
                            result.layer(),
                            listing,
                            cpu,
                            instance.changes().view().position()));
        }
    }

    private static Optional<LoadResult<Versions>> load(CacheInstance instance, Page page) {
        return instance.jdbi()
                .withHandle(handle -> handle.createQuery(
                                "SELECT l.row_version, c.row_version, pg_current_snapshot()::text "
                                        + "FROM listing l, cpu c WHERE l.id = :listing AND c.id = :cpu")
                        .bind("listing", page.listing().id())
                        .bind("cpu", page.cpu().id())
                        .map((row, _) -> new LoadResult<>(
                                new Versions(row.getLong(1), row.getLong(2), row.getString(3)),
                                row.getString(3),
                                page.tags(),
                                Duration.ofHours(1)))
                        .findOne());
    }

    long reads() {
        return reads.sum();
    }

    long stale() {
        return stale.sum();
    }

    /** Returns the share of the reads that were served from memory or Redis. */
    double hitRate() {
        return (double) (served(Layer.MEMORY) + served(Layer.REDIS)) / reads();
    }

    private long served(Layer layer) {
        LongAdder count = layers.get(layer);
        return count == null ? 0 : count.sum();
    }

    /** Returns the first stale reads, and the times of all faults. */
    String trace() {
        return String.join("\n", reports) + "\n" + String.join("\n", faults.times());
    }

    @Override
    public String toString() {
        return """
                %d reads in %d ms, %d stale: %d from memory, %d from Redis, %d loaded, %d failed; \
                caches in use for %d %% of the time, %d audits
                  %s""".formatted(
                        reads(),
                        faults.elapsedMillis(),
                        stale(),
                        served(Layer.MEMORY),
                        served(Layer.REDIS),
                        served(Layer.NONE),
                        failures.sum(),
                        100 * trusted.sum() / Math.max(1, samples.sum()),
                        group.sumOfStats(CacheStats::audits),
                        faults);
    }
}
