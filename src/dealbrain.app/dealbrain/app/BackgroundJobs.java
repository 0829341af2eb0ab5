package dealbrain.app;

import dealbrain.profiling.Profiling;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs recurring jobs on one thread. A run that fails is logged; the job runs again after its usual delay. */
final class BackgroundJobs implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundJobs.class);
    private static final int STOP_SECONDS = 10;

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name("background").factory());

    private final Profiling profiling;

    BackgroundJobs(Profiling profiling) {
        this.profiling = profiling;
    }

    /** Runs a job after {@code delay}, and again {@code delay} after the end of each run. */
    void schedule(String name, Duration delay, Runnable job) {
        var _ = executor.scheduleWithFixedDelay(
                () -> run(name, job), delay.toMillis(), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void run(String name, Runnable job) {
        try {
            profiling.runJob(name, job);
        } catch (RuntimeException | Error e) { // the executor would not run the job again
            LOG.atWarn().setCause(e).addKeyValue("job", name).log("background job failed");
        }
    }

    /** Starts no more runs, and waits up to ten seconds for the current one to end. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            executor.awaitTermination(STOP_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
