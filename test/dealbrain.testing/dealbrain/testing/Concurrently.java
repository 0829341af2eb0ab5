package dealbrain.testing;

import dealbrain.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntConsumer;

/** Runs the same work in several threads at once. */
public final class Concurrently {
    private Concurrently() {}

    /**
     * Starts {@code threads} threads at the same time and waits for them.
     *
     * @param work receives the number of the thread, from 0
     * @return for each thread {@code ok}, the code of the problem that it threw, or any other exception as text
     */
    public static List<String> run(int threads, IntConsumer work) {
        CountDownLatch start = new CountDownLatch(1);
        try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
            List<Future<String>> outcomes = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int number = i;
                outcomes.add(executor.submit(() -> {
                    start.await();
                    return outcome(() -> work.accept(number));
                }));
            }
            start.countDown();
            return outcomes.stream().map(Concurrently::result).toList();
        }
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
        try {
            return outcome.get();
        } catch (InterruptedException | ExecutionException e) {
            return e.toString();
        }
    }
}
