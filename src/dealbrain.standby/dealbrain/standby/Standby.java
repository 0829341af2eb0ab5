package dealbrain.standby;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import dealbrain.changes.Snapshot;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A hot standby of the database, behind a circuit breaker. What is read from it may be old; the cache decides by the
 * stamp of each page. Each statement must prove by {@link #proves} that the server follows the history of the primary:
 * see {@code docs/decisions/0024-read-replicas.md}.
 *
 * <p>A thread writes a heartbeat to the primary once per second, and then checks whether the standby can be used. The
 * breaker opens when a check or a load fails, and closes after a check that succeeds five seconds later or more. The
 * primary needs no standby: its statements never wait for one.
 *
 * <p>Thread-safe.
 */
public final class Standby implements AutoCloseable {
    /** The SQL expression that each statement selects for {@link #proves} and {@link #snapshot}. */
    public static final String SNAPSHOT = StandbySnapshot.COLUMN;

    /** The timeout of statements on a standby. */
    public static final Duration TIMEOUT = Duration.ofMillis(900);

    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final Duration MAX_AGE = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    /** How long after a beat the standby is checked: a standby that is up to date has the beat by then. */
    private static final Duration REPLAY = Duration.ofMillis(100);

    private static final long MIN_OPEN_NANOS = Duration.ofSeconds(5).toNanos();
    /** Of the SQL states 40001 and 40P01: the server has cancelled the statement, because it conflicts with replay. */
    private static final String CONFLICT = "40";

    private final Jdbi jdbi;
    private final HeartbeatDao dao;
    private final Heartbeats heartbeats;
    private final Supplier<String> generation;
    private final Worker worker;
    private final LongAdder loads = new LongAdder();
    private final LongAdder reloads = new LongAdder();
    private final LongAdder failures = new LongAdder();

    private volatile @Nullable String outage = "not checked yet";
    private volatile @Nullable Duration lag;
    /** When a load has failed, by {@link System#nanoTime}. */
    private volatile long failedAt = System.nanoTime() - MIN_OPEN_NANOS;

    private Standby(Jdbi jdbi, Jdbi primary, Supplier<String> generation) {
        this.jdbi = jdbi;
        this.dao = jdbi.onDemand(HeartbeatDao.class);
        this.heartbeats = new Heartbeats(primary, System::nanoTime);
        this.generation = generation;
        this.worker = Worker.start("standby", Duration.ZERO, INTERVAL, this::beat);
    }

    /**
     * Starts to check a standby. Returns at once, also if it is away.
     *
     * @param jdbi       of the standby; its statements must not take much longer than {@link #TIMEOUT}
     * @param generation returns that of the primary, as the last poll has found it
     */
    public static Standby start(Jdbi jdbi, Jdbi primary, Supplier<String> generation) {
        return new Standby(jdbi, primary, generation);
    }

    private void beat() throws InterruptedException {
        try {
            heartbeats.write();
            Thread.sleep(REPLAY);
        } finally { // if the primary is away, too
            check();
        }
    }

    /** One statement on the standby. */
    private void check() {
        try {
            StandbySnapshot read = StandbySnapshot.parse(dao.snapshot());
            lag = heartbeat(read).map(beat -> heartbeats.lag(beat.beat())).orElse(null);
            problem(read, generation.get()).ifPresentOrElse(this::openBreaker, this::closeBreaker);
        } catch (RuntimeException e) {
            lag = null;
            openBreaker(describe(e));
        }
    }

    /** Returns the database, whose statements may fail at any time. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** Returns whether pages may be loaded from the standby now. */
    public boolean isUsed() {
        return outage == null;
    }

    /** Returns the snapshot of a statement that has selected {@link #SNAPSHOT} on any server. */
    public static Snapshot snapshot(String text) {
        return StandbySnapshot.parse(text).snapshot();
    }

    /**
     * Returns whether a statement has read a state of {@code generation} that is not too old. If not, the breaker
     * opens.
     *
     * @param text       the value of {@link #SNAPSHOT} in the result of the statement
     * @param generation of the primary before the statement
     */
    public boolean proves(String text, String generation) {
        Optional<String> problem = problem(StandbySnapshot.parse(text), generation);
        problem.ifPresent(reason -> {
            failures.increment();
            openBreaker(reason);
        });
        return problem.isEmpty();
    }

    /**
     * Returns why a result cannot be used; empty if it can. The row of this instance can only be in the history in
     * which this instance wrote it, since its id is random. The generation in it is that of the server that committed
     * it: if a standby was promoted since, the former primary and its standbys have another one.
     */
    private Optional<String> problem(StandbySnapshot read, String expected) {
        if (!read.inRecovery()) {
            return Optional.of("the server is not a standby");
        }
        Optional<StandbySnapshot.Heartbeat> beat = heartbeat(read);
        if (beat.isEmpty()) {
            return Optional.of("the server does not have the heartbeat of this instance");
        }
        if (!beat.get().generation().equals(expected)) {
            return Optional.of("the server follows another history than the primary");
        }
        boolean recent = heartbeats
                .age(beat.get().beat())
                .filter(age -> age.compareTo(MAX_AGE) <= 0)
                .isPresent();
        return recent ? Optional.empty() : Optional.of("the server is more than " + MAX_AGE.toSeconds() + " s behind");
    }

    private Optional<StandbySnapshot.Heartbeat> heartbeat(StandbySnapshot read) {
        return read.heartbeat(heartbeats.instance());
    }

    /**
     * Records a load that has not failed.
     *
     * @param current whether its result was used; otherwise the primary has to load it again
     */
    public void loaded(boolean current) {
        (current ? loads : reloads).increment();
    }

    /**
     * Records a load that has thrown. The breaker opens, unless the server has only cancelled the statement, or the
     * exception does not come from the database: then the application has rejected the read.
     */
    public void failed(RuntimeException exception) {
        String state = sqlState(exception);
        if (state == null) {
            reloads.increment();
            return;
        }
        failures.increment();
        if (!state.startsWith(CONFLICT)) {
            failedAt = System.nanoTime();
            openBreaker(describe(exception));
        }
    }

    private void openBreaker(String reason) {
        if (outage == null) {
            LOG.atWarn().addKeyValue("reason", reason).log("standby not used: the primary loads all pages");
        }
        outage = reason;
    }

    private void closeBreaker() {
        if (outage != null && System.nanoTime() - failedAt >= MIN_OPEN_NANOS) {
            outage = null;
            LOG.atInfo().log("standby used");
        }
    }

    private static String describe(RuntimeException exception) {
        String state = sqlState(exception);
        return "statements on the server fail" + (state == null ? "" : " (" + state + ")");
    }

    /** Returns the SQL state of a failed statement or connection; null if the database has not failed. */
    private static @Nullable String sqlState(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException failed) {
                return failed.getSQLState() == null ? "08000" : failed.getSQLState();
            }
        }
        return null;
    }

    /** Returns the state of the standby, without a statement. */
    public StandbyStatus status() {
        return new StandbyStatus(
                Optional.ofNullable(outage), Optional.ofNullable(lag), loads.sum(), reloads.sum(), failures.sum());
    }

    /** Returns the state of the thread. */
    public List<WorkerState> workers() {
        return List.of(worker.state());
    }

    /** Stops the checks, and deletes the heartbeat of this instance. */
    @Override
    public void close() {
        worker.close();
        outage = "closed";
        try {
            heartbeats.delete();
        } catch (RuntimeException e) {
            LOG.atInfo().addKeyValue("reason", String.valueOf(e)).log("heartbeat not deleted: it expires in an hour");
        }
    }
}
