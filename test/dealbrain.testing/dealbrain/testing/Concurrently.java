package dealbrain.testing;

import dealbrain.database.ConnectionBudget;
import dealbrain.http.ProblemException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** Runs the same work in several threads at the same time. */
public final class Concurrently {
    /** Longer than any test needs on a busy machine. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private Concurrently() {}

    /**
     * Starts {@code threads} threads at the same time and waits for them, at most five minutes. Then interrupts those
     * that are not finished, so that a test whose threads wait for each other fails and does not hang.
     *
     * @param work receives the number of the thread, from 0
     * @return for each thread {@code ok}, the code of the problem that it threw, any other exception as text, or
     *     {@code unfinished}
     */
    public static List<String> run(int threads, IntConsumer work) {
        return run(threads, LIMIT, work);
    }

    /** As {@link #run(int, IntConsumer)}, with another limit. */
    public static List<String> run(int threads, Duration limit, IntConsumer work) {
        CountDownLatch start = new CountDownLatch(threads);
        List<Callable<String>> tasks = IntStream.range(0, threads)
                .<Callable<String>>mapToObj(number -> () -> {
                    start.countDown();
                    start.await();
                    return outcome(() -> withTimeForConnections(limit, () -> work.accept(number)));
                })
                .toList();
        // Not closed: close() would wait for a thread that ignores the interrupt, such as one that waits for a row
        // lock.
        ExecutorService executor = Executors.newFixedThreadPool(
                threads, Thread.ofPlatform().daemon().factory());
        try {
            return executor.invokeAll(tasks, limit.toNanos(), TimeUnit.NANOSECONDS).stream()
                    .map(Concurrently::result)
                    .toList();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for " + threads + " threads", e);
        } finally {
            executor.shutdownNow();
        }
    }

    /** On a busy machine, the three seconds of the application are not enough for many threads and few connections. */
    private static void withTimeForConnections(Duration limit, Runnable work) {
        ConnectionBudget.call(limit, () -> {
            work.run();
            return true;
        });
    }

    private static String outcome(Runnable work) {
        try {
            work.run();
            return "ok";
        } catch (ProblemException e) {
            return e.type().code();
        } catch (RuntimeException | AssertionError e) {
            return e.toString();
        }
    }

    private static String result(Future<String> outcome) {
        return switch (outcome.state()) {
            case SUCCESS -> outcome.resultNow();
            case FAILED -> outcome.exceptionNow().toString();
            case CANCELLED, RUNNING -> "unfinished";
        };
    }
}
