package dealbrain.background;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * A daemon thread that runs a task turn by turn until it is closed. A turn that throws is logged, and the next turn
 * follows after a pause. This includes every {@link Error}: after an OutOfMemoryError the memory is often available
 * again, but a thread that has ended stays so until the server is restarted.
 *
 * <p>The code that runs after a failure allocates nothing but the log message, and a failure of the logging itself is
 * ignored. So it works while the heap is full.
 *
 * <p>Thread-safe.
 */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long MIN_PAUSE_NANOS = Duration.ofMillis(100).toNanos();
    private static final long MAX_PAUSE_NANOS = Duration.ofSeconds(5).toNanos();
    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    private final String name;
    private final Turn turn;
    private final long firstDelayNanos;
    private final long delayNanos;
    private final Thread thread;

    private volatile boolean closed;
    // Only the thread of this worker writes these. Times in milliseconds since 1970, 0 for never: an Instant would be
    // an allocation.
    private volatile long lastSuccess;
    private volatile long failingSince;
    private volatile @Nullable Throwable failure;
    // Only the thread of this worker uses these.
    private long pauseNanos = MIN_PAUSE_NANOS;
    private @Nullable Level logged;

    /** The task of a worker. */
    @FunctionalInterface
    public interface Turn {
        /**
         * Does the next part of the work, and may block until there is some. {@link Worker#close} interrupts it.
         *
         * @throws InterruptedException ends the worker if it is closed; otherwise it is a failure like any other
         */
        void run() throws InterruptedException;
    }

    private Worker(String name, Turn turn, Duration firstDelay, Duration delay) {
        this.name = name;
        this.turn = turn;
        this.firstDelayNanos = firstDelay.toNanos();
        this.delayNanos = delay.toNanos();
        this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
    }

    /** Runs the turns one after the other, without a delay unless one fails. */
    public static Worker start(String name, Turn turn) {
        return start(name, Duration.ZERO, Duration.ZERO, turn);
    }

    /**
     * Runs the first turn after {@code firstDelay}, and each other one {@code delay} after the end of the one before,
     * also if that one failed, but after a failure at least the pause of a retry later.
     */
    public static Worker start(String name, Duration firstDelay, Duration delay, Turn turn) {
        Worker worker = new Worker(name, turn, firstDelay, delay);
        worker.thread.start();
        return worker;
    }

    private void run() {
        pause(firstDelayNanos);
        while (isOpen()) {
            try {
                turn.run();
                succeeded();
            } catch (Throwable e) { // nothing may end this thread
                failed(e);
            }
            pause(delayBeforeNextTurn());
        }
    }

    /** Returns whether another turn shall run. An interrupt that the last turn left behind does not affect it. */
    private boolean isOpen() {
        boolean _ = Thread.interrupted(); // before the check: close() interrupts after it has set the field
        return !closed;
    }

    private void succeeded() {
        lastSuccess = System.currentTimeMillis();
        if (failure != null) {
            failure = null;
            failingSince = 0;
            pauseNanos = MIN_PAUSE_NANOS;
            logged = null;
            LOG.atInfo().addKeyValue("worker", name).log("background thread works again");
        }
    }

    /** Records and logs a failure. Never throws. */
    private void failed(Throwable e) {
        if (closed) { // the consequence of the interrupt
            return;
        }
        if (failure == null) {
            failingSince = System.currentTimeMillis();
        }
        failure = e;
        try {
            log(e);
        } catch (Throwable _) { // logged stays as it is: the next failure tries again
        }
    }

    /** Logs the first failure, and the first Error after exceptions. */
    private void log(Throwable e) {
        Level level = e instanceof Error ? Level.ERROR : Level.WARN;
        if (logged == null || level.toInt() > logged.toInt()) {
            LOG.atLevel(level).setCause(e).addKeyValue("worker", name).log("background thread failed: retrying");
            logged = level;
        }
    }

    private long delayBeforeNextTurn() {
        if (failure == null) {
            return delayNanos;
        }
        long pause = pauseNanos;
        pauseNanos = Math.min(2 * pause, MAX_PAUSE_NANOS);
        return Math.max(delayNanos, pause);
    }

    /** Waits until the time is over or the worker is closed. Allocates nothing and never throws. */
    private void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && isOpen(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
    }

    /** Returns the current state. */
    public WorkerState state() {
        Throwable last = failure;
        return new WorkerState(
                name,
                thread.isAlive(),
                instant(lastSuccess),
                last == null ? Optional.empty() : instant(failingSince),
                Optional.ofNullable(last).map(Throwable::toString));
    }

    private static Optional<Instant> instant(long millis) {
        return millis == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    /**
     * Starts no more turns and waits for the current one. Interrupts it if it takes longer than {@code grace}, and then
     * waits up to two seconds more.
     */
    public void close(Duration grace) {
        closed = true;
        LockSupport.unpark(thread); // out of a pause
        if (Thread.currentThread() == thread) {
            return; // the turn closes its own worker, which ends after it
        }
        try {
            if (!thread.join(grace)) {
                thread.interrupt();
                thread.join(CLOSE_WAIT);
            }
        } catch (InterruptedException _) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    /** Interrupts the current turn and waits up to two seconds for its end. No other turn follows. */
    @Override
    public void close() {
        close(Duration.ZERO);
    }
}
