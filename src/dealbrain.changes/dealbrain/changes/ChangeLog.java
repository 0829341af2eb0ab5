package dealbrain.changes;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committed changes that this instance has polled from the database. The cache detects stale entries with it,
 * without a statement. An entry stores the {@link Stamp} of its load and the tags of everything that it shows. The
 * cache calls {@link #isCurrent} with both at each use.
 *
 * <p>The steps are those of {@code docs/decisions/0009-never-stale.md}. Triggers log each change in its own transaction
 * (2). Each instance polls the log several times per lease and confirms its position in {@code change_listener} (3). An
 * entry is current if its snapshot sees every polled change of its tags (4). A writer responds only when every other
 * live instance has confirmed a position that sees the change (5). Otherwise it responds after the lease of the other
 * instance has ended, because that one no longer uses its cache (6). Snapshots of another database, or from before a
 * restore, are never current (7).
 *
 * <p>Thread-safe.
 */
public final class ChangeLog implements AutoCloseable {
    /**
     * How long an instance may use its cache after a confirmed poll, and so how long cached pages are served while the
     * database is unavailable.
     */
    public static final Duration LEASE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);
    private static final int MAX_TAGS = 100_000;
    /** The interval at which a writer checks whether the other instances have confirmed its change. */
    private static final Duration CHECK_INTERVAL = Duration.ofMillis(3);

    private final ChangeDao dao;
    private final Duration lease;
    /**
     * Writers wait this long for an instance that does not confirm: a little longer than its lease, as clocks differ.
     */
    private final Duration lapse;

    private final LongSupplier nanoTime;
    private final UUID id = UUID.randomUUID();
    private final ChangeIndex index = new ChangeIndex(MAX_TAGS);
    private final Map<String, Consumer<String>> subscribers = new ConcurrentHashMap<>();
    private final ReentrantLock pollLock = new ReentrantLock();
    private final Semaphore wakeups = new Semaphore(0);
    private final AtomicLong startedPolls = new AtomicLong();

    private final AtomicLong version = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("changes").unstarted(this::run);

    private volatile Stamp position;
    private volatile long trustedUntil;
    /** Whether all other live instances have polled the registration of this one, so that writers wait for it. */
    private volatile boolean introduced;
    /** Whether no other instance is live. */
    private volatile boolean alone;
    /** From this time on, every instance that uses its cache is registered in this generation of the database. */
    private volatile long settledFrom;
    /** The number of the last successful poll; guarded by the lock. */
    private long lastPoll;

    private volatile boolean closed;
    private volatile Runnable notifier = () -> {};
    private boolean available = true;

    private ChangeLog(Jdbi jdbi, Duration lease, LongSupplier nanoTime) {
        this.dao = jdbi.onDemand(ChangeDao.class);
        this.lease = lease;
        this.lapse = lease.multipliedBy(5).dividedBy(4);
        this.nanoTime = nanoTime;
        this.settledFrom = nanoTime.getAsLong();
        this.trustedUntil = settledFrom + lease.toNanos();
        this.position = join();
    }

    /** As {@link #open(Jdbi, Duration)}, with a Jdbi of one connection that only the poller uses. */
    public static ChangeLog open(Jdbi poller, Jdbi jdbi, Duration lease) {
        return open(jdbi, lease);
    }

    /** Registers this instance as a listener, reads the whole log, and polls it in a thread of its own from then on. */
    public static ChangeLog open(Jdbi jdbi, Duration lease) {
        ChangeLog log = withoutThread(jdbi, lease, System::nanoTime);
        log.thread.start();
        return log;
    }

    /** Returns a log that polls only when {@link #heartbeat} is called. */
    static ChangeLog withoutThread(Jdbi jdbi, Duration lease, LongSupplier nanoTime) {
        ChangeLog log = new ChangeLog(jdbi, lease, nanoTime);
        log.heartbeat();
        return log;
    }

    private Stamp join() {
        // Before the log is read: the writer of a change that is committed after it finds this listener.
        dao.join(id);
        ChangeDao.Poll all = dao.all();
        index.add(all.changes(), all.position());
        return new Stamp(all.generation(), all.position());
    }

    /** Returns what this instance knows now. */
    public ChangeView view() {
        return new ChangeView(this);
    }

    /** Returns the state of this log, for operators. */
    public ChangeStatus status() {
        return new ChangeStatus(isTrusted(), 1, false, Optional.empty());
    }

    /** Returns the view after a poll that started after the call. */
    public ChangeView awaitPoll() {
        catchUp();
        return view();
    }

    /**
     * Returns whether no acknowledged change since {@code stamp} concerns {@code tags}. Returns false as well while
     * this cannot be decided, for example because the database is unavailable. A result of true stays valid for the
     * same arguments as long as {@link #version} is the same and {@link #isTrusted} returns true.
     */
    public boolean isCurrent(Stamp stamp, Set<String> tags) {
        return isTrusted() // step 6
                && stamp.generation().equals(position.generation()) // step 7
                && index.areVisibleIn(stamp.snapshot(), tags); // step 4
    }

    /** Returns whether this instance has every acknowledged change: it holds a lease, and writers wait for it. */
    public boolean isTrusted() {
        return introduced && !closed && !isPast(trustedUntil);
    }

    private boolean isPast(long time) {
        return nanoTime.getAsLong() - time >= 0;
    }

    /** Returns a number that increases whenever changes are polled. */
    public long version() {
        return version.get();
    }

    /** Returns the generation of the database. A loader takes it before it reads, for the stamp of the value. */
    public String generation() {
        return position.generation();
    }

    /**
     * Returns the stamp of the last poll, which is also the stamp of a value that depends on nothing in the database.
     */
    public Stamp position() {
        return position;
    }

    /** Sets what makes the other instances call {@link #pollNow}. Without it they poll at their next interval. */
    public void setNotifier(Runnable notifier) {
        this.notifier = notifier;
    }

    /** Appends a change that is not a change of a row, for the subscribers of every instance. One statement. */
    public void append(String tag) {
        dao.append(tag);
    }

    /**
     * Calls {@code subscriber} with the rest of each polled tag that starts with {@code prefix}; it must return
     * quickly.
     */
    public void subscribe(String prefix, Consumer<String> subscriber) {
        subscribers.put(prefix, subscriber);
    }

    /** Makes this instance poll now instead of at its next interval. Returns at once. */
    public void pollNow() {
        wakeups.release();
    }

    /**
     * Returns when no instance accepts a state from before the changes that were committed before the call (step 5).
     * To be called between the commit of a change and its response.
     *
     * <p>One statement while no other instance is live. Otherwise it waits until the others have confirmed: a few
     * milliseconds, or 1.25 leases when one of them does not respond. Never throws: if the database fails after the
     * commit, it waits for the longest time.
     */
    public void acknowledge() {
        // An instance that does not confirm from now on has lost its lease by then (step 6).
        long deadline = nanoTime.getAsLong() + lapse.toNanos();
        try {
            // This instance first. The poll also finds a listener that was registered before the change was committed,
            // in which case this instance is not alone.
            Snapshot committed = catchUp();
            if (alone && isTrusted() && isPast(settledFrom)) {
                return;
            }
            // Then the others. The notification may be lost, in which case they poll at their next interval. Until
            // settledFrom an instance may use its cache without being registered, so that the result of the check is
            // not sufficient.
            notifier.run();
            while (!isPast(deadline)
                    && (!isPast(settledFrom) || dao.isAnyBehind(id, committed.toString(), seconds(lapse)))) {
                sleepUninterruptibly(CHECK_INTERVAL.toNanos());
            }
        } catch (RuntimeException e) {
            // The change is committed, so the client gets a response, but not before it is safe.
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(e))
                    .log("change committed, but other instances could not be checked: waiting for their leases to end");
            while (!isPast(deadline)) {
                sleepUninterruptibly(deadline - nanoTime.getAsLong());
            }
        }
    }

    /** Sleeps to the end although interrupted, because the change is already committed; restores the interrupt flag. */
    private static void sleepUninterruptibly(long nanos) {
        long end = System.nanoTime() + nanos;
        boolean interrupted = false;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            try {
                TimeUnit.NANOSECONDS.sleep(left);
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Polls everything that was committed before the call. Concurrent callers share a poll: the number of started
     * polls, taken before the lock, shows afterwards whether another caller has completed one that started after this
     * call.
     */
    private Snapshot catchUp() {
        long before = startedPolls.get();
        pollLock.lock();
        try {
            if (lastPoll <= before) {
                poll();
            }
            return position.snapshot();
        } finally {
            pollLock.unlock();
        }
    }

    /** Reads the changes that were not visible in the last poll (step 3). */
    private void poll() {
        long number = startedPolls.incrementAndGet();
        ChangeDao.Poll poll = dao.since(position.snapshot());
        if (poll.generation().equals(position.generation())) {
            apply(poll);
        } else { // step 7
            // Other instances may use their caches without being registered in the new generation, until their leases
            // end.
            settledFrom = nanoTime.getAsLong() + lapse.toNanos();
            restart("the database was restored or replaced");
        }
        lastPoll = number; // not reached after a failure, so that no caller shares a failed poll
    }

    /** Applies a poll. The order matters, as {@link #isCurrent} runs at the same time. */
    private void apply(ChangeDao.Poll poll) {
        if (poll.changes().stream().anyMatch(this::isOtherListener)) {
            alone = false; // before the poll is confirmed: the new listener relies on writers that wait for it
        }
        index.add(poll.changes(), poll.position());
        poll.changes()
                .forEach(change -> subscribers.forEach((prefix, subscriber) -> {
                    if (change.tag().startsWith(prefix)) {
                        subscriber.accept(change.tag().substring(prefix.length()));
                    }
                }));
        position = new Stamp(poll.generation(), poll.position());
        if (!poll.changes().isEmpty()) {
            version.incrementAndGet(); // after the index: an entry that was checked against this version has seen them
        }
    }

    private boolean isOtherListener(ChangeDao.Change change) {
        return change.tag().startsWith("listener:") && !change.tag().endsWith(id.toString());
    }

    /**
     * Registers this instance again and reads the whole log, because it may have missed changes for which no writer
     * waited. It does not use its cache until it is introduced again (step 6). If this fails, the next heartbeat
     * repeats it.
     */
    private void restart(String reason) {
        long start = nanoTime.getAsLong();
        introduced = false;
        alone = false;
        trustedUntil = start; // should join() fail, the next heartbeat finds the lease at its end
        index.discardAllBefore(0);
        position = join();
        trustedUntil = start + lease.toNanos();
        version.incrementAndGet();
        LOG.atInfo()
                .addKeyValue("reason", reason)
                .addKeyValue("generation", position.generation())
                .log("change log restarted");
    }

    /**
     * Polls the log (step 3), confirms the position, and renews the lease (step 6), which counts from before the poll.
     */
    void heartbeat() {
        pollLock.lock();
        try {
            long start = nanoTime.getAsLong();
            if (isPast(trustedUntil)) { // a writer may have stopped waiting for this instance
                restart("no poll was confirmed within the lease");
            } else {
                poll();
            }
            confirm(start);
        } finally {
            pollLock.unlock();
        }
    }

    /** Confirms the position of a poll that started at {@code start}. */
    private void confirm(long start) {
        Integer others = dao.confirm(id, position.snapshot().toString(), seconds(lapse));
        if (others == null) {
            restart("the listener was no longer registered");
        } else if (isPast(trustedUntil)) { // during the poll a writer may have stopped waiting for this instance
            restart("poll and confirmation took longer than the lease");
        } else {
            // Introduced once the position of every other live listener sees all changes up to this one's, the
            // registration of this listener included: then none of the others considers itself alone.
            alone = others == 0;
            introduced = introduced
                    || alone
                    || !dao.isAnyBehind(id, position.snapshot().toString(), seconds(lapse));
            trustedUntil = start + lease.toNanos();
        }
    }

    private void run() {
        while (!closed) {
            try {
                // Several polls per lease, so that a slow one does not end it; more often until the cache can be used.
                boolean _ = wakeups.tryAcquire(lease.toMillis() / (introduced ? 4 : 40), TimeUnit.MILLISECONDS);
                wakeups.drainPermits();
                heartbeat();
                logAvailability(true, null);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                logAvailability(false, e);
            }
        }
    }

    /** Logs transitions only. */
    private void logAvailability(boolean now, @Nullable RuntimeException reason) {
        if (available != now && !closed) {
            available = now;
            if (now) {
                LOG.atInfo().log("change log available again");
            } else {
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(reason))
                        .log("change log unavailable: the cache is not used until a poll succeeds");
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Deletes up to {@code batch} changes that are older than any cache entry can be; returns how many. */
    public int deleteOld(int batch) {
        return dao.deleteOld(batch);
    }

    /**
     * Stops polling and removes this listener, so that no writer waits for it. To be called after the last response.
     */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(lease.toMillis()); // a heartbeat in progress could register the listener again
            dao.leave(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atInfo()
                    .addKeyValue("reason", String.valueOf(e))
                    .log("listener not removed: writers of other instances wait for its lease to end");
        }
    }
}
