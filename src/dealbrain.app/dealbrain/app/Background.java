package dealbrain.app;

import dealbrain.profiling.Profiling;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that nobody waits for, done again and again on one thread. What fails is logged, and done again at its next time. */
final class Background implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Background.class);

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("background").factory());

    private final Profiling profiling;

    Background(Profiling profiling) {
        this.profiling = profiling;
    }

    /** Does the work after the pause, and again so long after each end. */
    void every(Duration pause, String name, Runnable work) {
        var _ = executor.scheduleWithFixedDelay(
                () -> run(name, work), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(String name, Runnable work) {
        try {
            profiling.runJob(name, work);
        } catch (RuntimeException | Error e) { // or it would never be done again
            LOG.atWarn().setCause(e).addKeyValue("work", name).log("background work failed, and will be tried again");
        }
    }

    /** Lets the work end that is under way, and begins none. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
