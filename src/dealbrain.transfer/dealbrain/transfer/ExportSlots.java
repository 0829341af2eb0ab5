package dealbrain.transfer;

import dealbrain.http.ProblemException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Limits how many exports read and write a page at the same time. A page occupies a processor without a break, because
 * virtual threads are not preempted: many exports would take all processors and connections from other requests.
 */
final class ExportSlots {
    /** Work that needs a slot. */
    interface Task<T, E extends Exception> {
        T run() throws E;
    }

    private static final Semaphore SLOTS =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2), true);

    /**
     * While other exports wait, an export pauses for this multiple of its own run time before it releases its slot.
     * So a slot uses a third of a processor.
     */
    private static final int REST = 2;

    private ExportSlots() {}

    /**
     * Runs a task when a slot is free.
     *
     * @throws ProblemException unavailable, if none is free after {@code timeoutSeconds}
     */
    static <T, E extends Exception> T run(int timeoutSeconds, Task<T, E> task) throws E {
        try {
            if (!SLOTS.tryAcquire(timeoutSeconds, TimeUnit.SECONDS)) {
                throw ProblemException.unavailable(
                        "too many exports are running; try again in a few seconds", Duration.ofSeconds(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ProblemException.unavailable("the server is stopping", Duration.ofSeconds(5));
        }
        long start = System.nanoTime();
        try {
            return task.run();
        } finally {
            if (SLOTS.hasQueuedThreads()) {
                LockSupport.parkNanos(REST * (System.nanoTime() - start));
            }
            SLOTS.release();
        }
    }
}
