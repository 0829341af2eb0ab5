package dealbrain.changes;

import java.time.Duration;
import java.util.Map;
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
 * Knows of every change that was acknowledged by any program on this database, so that an answer kept in memory or anywhere
 * else can be told from an older one: whoever keeps an answer keeps the {@link Stamp} of its reading and the tags of what it
 * shows, and asks {@link #isCurrent} at each use. No statement for that.
 *
 * <p>Each program hears of changes twice a second, and confirms it in the database. Who made a change waits with its
 * acknowledgement until all the others have confirmed it ({@link #acknowledge}), or can no longer trust what they know: a
 * program trusts it for the time of a lease after a confirmation. A change and its row in the log are one transaction, so
 * there is nothing to heal after a crash. {@code docs/decisions/0009-never-stale.md} has the reasoning.
 *
 * <p>Safe for use by many threads.
 */
public final class ChangeLog implements AutoCloseable {
    /** For how long a program trusts what it knows. Also how long answers can be kept in use while the database is away. */
    public static final Duration LEASE = Duration.ofSeconds(2);

    private static final Logger LOG = LoggerFactory.getLogger(ChangeLog.class);
    private static final int MOST_TAGS = 100_000;
    /** Between two looks at whether the others have heard. */
    private static final Duration LOOK = Duration.ofMillis(3);

    private final ChangeDao dao;
    private final Duration lease;
    /** After so long without a confirmation a program is not waited for: a little more than it trusts itself, as clocks differ. */
    private final Duration lapse;

    private final LongSupplier nanoTime;
    private final UUID id = UUID.randomUUID();
    private final KnownChanges known = new KnownChanges(MOST_TAGS);
    private final Map<String, Consumer<String>> readers = new ConcurrentHashMap<>();
    private final ReentrantLock hearing = new ReentrantLock();
    private final Semaphore hurry = new Semaphore(0);
    /** How many times it began to hear. */
    private final AtomicLong begun = new AtomicLong();

    private final AtomicLong version = new AtomicLong();
    private final Thread thread = Thread.ofPlatform().daemon().name("changes").unstarted(this::listen);

    private volatile Stamp position;
    private volatile long trustedUntil;
    private volatile boolean introduced;
    private volatile boolean alone;
    private volatile long settledFrom;
    /** The number of the last hearing that did not fail; guarded by the lock. */
    private long heard;

    private volatile boolean closed;
    private volatile Runnable hint = () -> {};
    private boolean hears = true;

    private ChangeLog(Jdbi jdbi, Duration lease, LongSupplier nanoTime) {
        this.dao = jdbi.onDemand(ChangeDao.class);
        this.lease = lease;
        this.lapse = lease.multipliedBy(5).dividedBy(4);
        this.nanoTime = nanoTime;
        this.settledFrom = nanoTime.getAsLong();
        this.trustedUntil = settledFrom + lease.toNanos();
        this.position = join();
    }

    /** Puts this program on the list of listeners, hears of all changes that are kept, and goes on hearing. */
    public static ChangeLog open(Jdbi jdbi, Duration lease) {
        ChangeLog log = withoutThread(jdbi, lease, System::nanoTime);
        log.thread.start();
        return log;
    }

    /** One that hears only when it is told to. */
    static ChangeLog withoutThread(Jdbi jdbi, Duration lease, LongSupplier nanoTime) {
        ChangeLog log = new ChangeLog(jdbi, lease, nanoTime);
        log.beat();
        return log;
    }

    private Stamp join() {
        dao.join(id);
        ChangeDao.Heard all = dao.all();
        known.add(all.changes(), all.position());
        return new Stamp(all.generation(), all.position());
    }

    /**
     * Whether nothing of what the tags name was changed since, by a change that is acknowledged. False as well when that cannot
     * be known now, as while the database is away. What was true for a stamp and its tags stays true while {@link #version}
     * and {@link #isTrusted} do.
     */
    public boolean isCurrent(Stamp stamp, Set<String> tags) {
        return isTrusted()
                && stamp.generation().equals(position.generation())
                && known.areSeenIn(stamp.snapshot(), tags);
    }

    /** Whether what is known here can be relied on now. */
    public boolean isTrusted() {
        return introduced && !closed && !isPast(trustedUntil);
    }

    private boolean isPast(long time) {
        return nanoTime.getAsLong() - time >= 0;
    }

    /** Moves on with each change that is heard of. */
    public long version() {
        return version.get();
    }

    /** The database that is read now. To be asked before reading, for the stamp of what is read. */
    public String generation() {
        return position.generation();
    }

    /** Up to where every change is known here: a stamp for what was made of nothing in the database. */
    public Stamp position() {
        return position;
    }

    /** What to do, besides waiting, when others have to hear of a change soon: something that makes them {@link #hurry}. */
    public void hintBy(Runnable telling) {
        hint = telling;
    }

    /** Logs what is no row of a table, for every program to hear of like a change. One statement. */
    public void log(String tag) {
        dao.log(tag);
    }

    /** What to do with the rest of each tag that begins so, when it is heard of; it must be quick. */
    public void whenHeard(String prefix, Consumer<String> reader) {
        readers.put(prefix, reader);
    }

    /** Has this program hear of changes now, not at its next time. Does not wait. */
    public void hurry() {
        hurry.release();
    }

    /**
     * To be called between the commit of a change and its acknowledgement: returns when no program on this database will take
     * what is older for current. One statement when this is the only program; else it waits until the others have heard, which
     * takes milliseconds, or for a lease at most when one of them does not answer. Never throws: when the database went away
     * after the commit, the wait is the longest one.
     */
    public void acknowledge() {
        long deadline = nanoTime.getAsLong()
                + lapse.toNanos(); // whoever has not confirmed since now does not trust itself then
        try {
            Snapshot committed = catchUp();
            if (alone && isTrusted() && isPast(settledFrom)) {
                return;
            }
            hint.run();
            while (!isPast(deadline)
                    && (!isPast(settledFrom) || dao.isAnyBehind(id, committed.toString(), seconds(lapse)))) {
                pause(LOOK.toNanos());
            }
        } catch (RuntimeException e) {
            LOG.atWarn()
                    .addKeyValue("reason", String.valueOf(e))
                    .log(
                            "a change was committed, but who heard of it could not be asked; its answer waits until nobody trusts what is older");
            while (!isPast(deadline)) {
                pause(deadline - nanoTime.getAsLong());
            }
        }
    }

    /** Goes on when it is interrupted, as the change is made already; the interruption stays for whoever comes after. */
    private static void pause(long nanos) {
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
     * Hears of all that was committed before the call; many who call at once share a statement that began after they came, and
     * that did not fail.
     */
    private Snapshot catchUp() {
        long before = begun.get();
        hearing.lock();
        try {
            if (heard <= before) {
                hear();
            }
            return position.snapshot();
        } finally {
            hearing.unlock();
        }
    }

    private void hear() {
        long number = begun.incrementAndGet();
        ChangeDao.Heard news = dao.since(position.snapshot());
        if (news.generation().equals(position.generation())) {
            apply(news);
        } else {
            settledFrom = nanoTime.getAsLong() + lapse.toNanos(); // others, who may not know yet, cannot be asked
            startAnew("the database is another one, or was restored");
        }
        heard = number;
    }

    private void apply(ChangeDao.Heard news) {
        if (news.changes().stream()
                .anyMatch(change ->
                        change.tag().startsWith("listener:") && !change.tag().endsWith(id.toString()))) {
            alone = false; // before it is confirmed that we know of them
        }
        known.add(news.changes(), news.position());
        news.changes()
                .forEach(change -> readers.forEach((prefix, reader) -> {
                    if (change.tag().startsWith(prefix)) {
                        reader.accept(change.tag().substring(prefix.length()));
                    }
                }));
        position = new Stamp(news.generation(), news.position());
        if (!news.changes().isEmpty()) {
            version.incrementAndGet();
        }
    }

    /** What was known means nothing any more, and the others do not know of us. When it fails, the next beat does it again. */
    private void startAnew(String reason) {
        long start = nanoTime.getAsLong();
        introduced = false;
        alone = false;
        trustedUntil = start;
        known.forgetAllBefore(0);
        position = join();
        trustedUntil = start + lease.toNanos();
        version.incrementAndGet();
        LOG.atInfo()
                .addKeyValue("reason", reason)
                .addKeyValue("generation", position.generation())
                .log("begins anew to hear of changes");
    }

    /** Hears, confirms, and trusts itself for a lease from before it heard. */
    void beat() {
        hearing.lock();
        try {
            long start = nanoTime.getAsLong();
            if (isPast(trustedUntil)) { // somebody may have stopped waiting for us
                startAnew("it could not for longer than a lease");
            } else {
                hear();
            }
            confirm(start);
        } finally {
            hearing.unlock();
        }
    }

    private void confirm(long start) {
        Integer others = dao.confirm(id, position.snapshot().toString(), seconds(lapse));
        if (others == null) {
            startAnew("the database has lost this listener");
        } else if (isPast(trustedUntil)) { // while we heard or confirmed, somebody may have stopped waiting for us
            startAnew("it took longer than a lease");
        } else {
            alone = others == 0;
            introduced = introduced
                    || alone
                    || !dao.isAnyBehind(id, position.snapshot().toString(), seconds(lapse));
            trustedUntil = start + lease.toNanos();
        }
    }

    private void listen() {
        while (!closed) {
            try {
                boolean _ = hurry.tryAcquire(lease.toMillis() / (introduced ? 4 : 40), TimeUnit.MILLISECONDS);
                hurry.drainPermits();
                beat();
                tell(true, null);
            } catch (InterruptedException _) {
                return;
            } catch (RuntimeException e) {
                tell(false, e);
            }
        }
    }

    private void tell(boolean well, @Nullable RuntimeException reason) {
        if (hears != well && !closed) {
            hears = well;
            if (well) {
                LOG.atInfo().log("changes are heard of again");
            } else {
                LOG.atWarn()
                        .addKeyValue("reason", String.valueOf(reason))
                        .log("changes cannot be heard of; nothing kept is used until they can");
            }
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    /** Deletes changes that are older than anything that was made of what they changed; returns how many, at most {@code batch}. */
    public int deleteOld(int batch) {
        return dao.deleteOld(batch);
    }

    /** Leaves the list, so that nobody waits for this program; to be called when it does not answer any more. */
    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        try {
            thread.join(lease.toMillis()); // or a beat under way would put us on the list again
            dao.leave(id);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.atInfo()
                    .addKeyValue("reason", String.valueOf(e))
                    .log("could not leave the list of listeners; others will wait for a lease");
        }
    }
}
