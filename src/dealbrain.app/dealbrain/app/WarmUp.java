package dealbrain.app;

import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Prepares, after the start, what makes later requests faster but is not needed by the first ones: runs its tasks once,
 * one after the other, in the background. A failed task is logged, and the others run nevertheless.
 *
 * <p>It waits for a {@link #delay}, because the first requests need all processors of a small machine.
 */
final class WarmUp implements AutoCloseable {
    private static final Duration DELAY = Duration.ofSeconds(1);

    private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

    private final Thread thread;

    private WarmUp(Duration delay, List<Runnable> tasks) {
        this.thread = Thread.ofVirtual().name("warm-up").start(() -> run(delay, tasks));
    }

    /** Returns how long to wait. Tests do not wait: pages that are loaded later could be those that a test deletes. */
    static Duration delay(Environment environment) {
        return environment == Environment.TEST ? Duration.ZERO : DELAY;
    }

    /** Returns at once; the tasks run after {@code delay}. To be called when the server processes requests. */
    static WarmUp start(Duration delay, Runnable... tasks) {
        return new WarmUp(delay, List.of(tasks));
    }

    private static void run(Duration delay, List<Runnable> tasks) {
        try {
            Thread.sleep(delay);
        } catch (InterruptedException _) {
            return; // closed
        }
        for (Runnable task : tasks) {
            try {
                task.run();
            } catch (RuntimeException | Error e) {
                LOG.atWarn().setCause(e).log("warm-up failed: the first requests take longer");
            }
        }
    }

    /** Waits for the end of the last task; returns false if that takes longer than {@code wait}. */
    boolean join(Duration wait) throws InterruptedException {
        return thread.join(wait);
    }

    /** Runs no task if the delay has not ended. Does not wait for a running one. */
    @Override
    public void close() {
        thread.interrupt();
    }
}
