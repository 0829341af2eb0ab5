package dealbrain.changes;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed changes that this instance has polled from the database. The cache detects stale entries with it,
 * without a statement. An entry stores the {@link Stamp} of its load and the tags of everything that it shows. The
 * cache compares both with the {@link ChangeView} at each use.
 *
 * <p>{@code docs/decisions/0009-never-stale.md} has the protocol in seven steps. {@link Poller} reads the log,
 * {@link CurrentView} publishes what it finds, {@link Group} holds the lease and evicts other instances, and
 * {@link Acknowledgements} lets writers wait.
 *
 * <p>Thread-safe.
 */
public final class ChangeLog implements AutoCloseable {
    /**
     * How long an instance may use its cache after a poll, and so how long cached pages are served while the database
     * is unavailable.
     */
    public static final Duration LEASE = Duration.ofSeconds(2);

    /** The SQL expression for {@link Stamp#generation}. It can only be evaluated on the primary. */
    public static final String GENERATION = ChangeDao.GENERATION;

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);

    private final ChangeDao dao;
    private final Duration lease;
    private final LongSupplier nanoTime;
    private final CurrentView view;
    private final Group group;
    private final Acknowledgements acknowledgements;
    private final OldestTransaction oldest;
    private final Poller poller;
    private volatile Runnable notifier = () -> {};
    private @Nullable Worker worker;

    private ChangeLog(Jdbi pollerJdbi, Jdbi jdbi, Duration lease, LongSupplier nanoTime) {
        ChangeDao own = pollerJdbi.onDemand(ChangeDao.class);
        this.dao = jdbi.onDemand(ChangeDao.class);
        this.lease = lease;
        this.nanoTime = nanoTime;
        this.view = new CurrentView(own.start(), nanoTime);
        this.group = new Group(own, lease, nanoTime, view, instanceName());
        this.acknowledgements = new Acknowledgements(nanoTime);
        this.oldest = new OldestTransaction(own::oldestTransaction);
        this.poller = new Poller(own, lease, nanoTime, view, group, acknowledgements, oldest);
    }

    private static String instanceName() {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException _) {
            host = "unknown host";
        }
        return host + "/" + ProcessHandle.current().pid();
    }

    /**
     * Joins the group of instances, and polls from then on.
     *
     * @param pollerJdbi has one connection, which only the poller uses, so that it does not wait for requests
     * @param jdbi       for statements of other threads
     */
    public static ChangeLog open(Jdbi pollerJdbi, Jdbi jdbi, Duration lease) {
        ChangeLog log = withoutThread(pollerJdbi, jdbi, lease, System::nanoTime);
        log.worker = Worker.start("changes", log.poller::turn);
        return log;
    }

    /** Returns a log that polls only when {@link #poll} is called. */
    static ChangeLog withoutThread(Jdbi pollerJdbi, Jdbi jdbi, Duration lease, LongSupplier nanoTime) {
        ChangeLog log = new ChangeLog(pollerJdbi, jdbi, lease, nanoTime);
        log.poll();
        return log;
    }

    /** Polls once, in the calling thread. */
    void poll() {
        poller.poll();
    }

    /** Returns the current view. */
    public ChangeView view() {
        return view.get();
    }

    /**
     * Waits for a poll that starts after the call, and returns the view after it.
     *
     * @throws IllegalStateException no poll has succeeded within a lease
     */
    public ChangeView awaitPoll() {
        if (!acknowledgements.awaitPoll(poller::wake, nanoTime.getAsLong() + lease.toNanos())) {
            throw new IllegalStateException("no poll has succeeded within " + lease.toMillis() + " ms");
        }
        return view();
    }

    /**
     * Sets how this instance makes the others call {@link #pollNow}. Without it they poll at short intervals.
     *
     * @param notifier  sends a message to all others; it may get lost
     * @param available whether messages of the others reach this instance
     */
    public void setNotifier(Runnable notifier, BooleanSupplier available) {
        this.notifier = notifier;
        poller.setNotified(available);
    }

    /** Appends a tag that is not of a change of a row, for the subscribers of all instances. One statement. */
    public void append(String tag) {
        dao.append(tag);
    }

    /**
     * Calls {@code subscriber} with the rest of each polled tag that starts with {@code prefix}, or with {@code *} when
     * changes may have been missed. It must return quickly. A later subscriber of the same prefix replaces it.
     */
    public void subscribe(String prefix, Consumer<String> subscriber) {
        view.subscribe(prefix, subscriber);
    }

    /** Makes this instance poll now instead of at its next interval. Returns at once. */
    public void pollNow() {
        poller.wake();
    }

    /**
     * Returns when no instance accepts a state from before the changes that were committed before the call (step 5).
     * To be called between the commit of a change and its response.
     *
     * <p>Takes one poll of this instance, which concurrent callers share. With other instances it also waits until they
     * have confirmed: a few milliseconds, or 1.25 leases when one of them does not respond. Never throws: if the
     * database fails after the commit, it waits for the longest time. Then all leases from before the commit have
     * ended.
     */
    public void acknowledge() {
        long start = System.nanoTime();
        long deadline = nanoTime.getAsLong() + Lease.waitNanos(group.longestLeaseMillis());
        if (!group.isAlone()) {
            notifier.run(); // first, so that the others poll at the same time
        }
        if (!acknowledgements.awaitConfirmation(poller::wake, deadline)) {
            LOG.atWarn().log("change committed, but not confirmed by all instances: waited until their leases ended");
        }
        Waterfall.record(StepKind.ACKNOWLEDGEMENT, start);
    }

    /** Returns the state of the log, for operators. */
    public ChangeStatus status() {
        return new ChangeStatus(
                view().isTrusted(),
                group.members().others().size() + (group.own().hasLeft() ? 0 : 1),
                group.own().hasLeft(),
                oldest.age());
    }

    /** Returns the state of the poller's thread. */
    public List<WorkerState> workers() {
        return worker == null ? List.of() : List.of(worker.state());
    }

    /**
     * Records a checkpoint. From now on, {@link #deleteOld} deletes the changes that are older than any cache entry can
     * be: those that a checkpoint of 25 hours ago sees. Two statements.
     */
    public void recordCheckpoint() {
        dao.recordCheckpoint();
        dao.moveHorizon();
    }

    /** Deletes about {@code batch} old changes; returns how many, 0 if there are no more. One statement. */
    public int deleteOld(int batch) {
        return dao.deleteOld(batch);
    }

    /** Stops polling and leaves the group, so that no writer waits. To be called after the last response. */
    @Override
    public void close() {
        if (worker != null) {
            worker.close();
        }
        view.endLease();
        try {
            group.own().leave();
        } catch (RuntimeException e) {
            LOG.atInfo()
                    .addKeyValue("reason", String.valueOf(e))
                    .log("not removed from the group: the writers of other instances wait for the end of the lease");
        }
    }
}
