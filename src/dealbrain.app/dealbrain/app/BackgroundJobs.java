package dealbrain.app;

import dealbrain.background.Worker;
import dealbrain.background.WorkerState;
import dealbrain.profiling.Profiling;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Runs recurring jobs, each on a thread of its own, so that one that hangs delays no other. A run that fails is logged,
 * and the job runs again after its usual delay. Thread-safe.
 */
final class BackgroundJobs implements AutoCloseable {
    private static final Duration STOP = Duration.ofSeconds(10);

    private final List<Worker> jobs = new CopyOnWriteArrayList<>();
    private final Profiling profiling;

    BackgroundJobs(Profiling profiling) {
        this.profiling = profiling;
    }

    /** Runs a job after {@code delay}, and again {@code delay} after the end of each run. */
    void schedule(String name, Duration delay, Runnable job) {
        schedule(name, delay, delay, job);
    }

    /** Runs a job after {@code firstDelay}, and again {@code delay} after the end of each run. */
    void schedule(String name, Duration firstDelay, Duration delay, Runnable job) {
        jobs.add(Worker.start(name, firstDelay, delay, () -> profiling.runJob(name, job)));
    }

    /** Returns the state of each job, in the order in which they were scheduled. */
    List<WorkerState> states() {
        return jobs.stream().map(Worker::state).toList();
    }

    /** Starts no more runs, waits up to ten seconds for the current ones, and interrupts those that take longer. */
    @Override
    public void close() {
        long end = System.nanoTime() + STOP.toNanos();
        jobs.forEach(job -> job.close(Duration.ofNanos(Math.max(0, end - System.nanoTime()))));
    }
}
