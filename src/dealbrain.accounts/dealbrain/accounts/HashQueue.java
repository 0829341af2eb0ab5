package dealbrain.accounts;

import dealbrain.accounts.HashClient.Purpose;
import dealbrain.http.ProblemException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The password hashes that wait for a thread. Each {@link Purpose} has a {@link FairQueue} of its own, and the queues
 * take turns: sign-ups cannot delay a sign-in by more than the hash before it. Thread-safe.
 */
final class HashQueue {
    private record PurposeQueue(Purpose purpose, FairQueue<FutureTask<byte[]>> hashes) {}

    private final Executor executor;
    /** The first has the next turn. */
    private final Deque<PurposeQueue> turns = new ArrayDeque<>();

    /**
     * @param executor runs a task for each hash; this class decides which hash the task computes
     * @param nanoTime such as {@link System#nanoTime}
     */
    HashQueue(Executor executor, LongSupplier nanoTime) {
        this.executor = executor;
        for (Purpose purpose : Purpose.values()) {
            turns.add(new PurposeQueue(purpose, new FairQueue<>(nanoTime)));
        }
    }

    /** Returns a queue with half as many threads as there are processors. They end after five idle seconds. */
    static HashQueue ofProcessors() {
        int threads = Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        ThreadFactory daemons =
                Thread.ofPlatform().name("passwords-", 0).daemon().factory();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                threads,
                threads,
                5,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(), // has one task for each hash in the bounded queues
                daemons);
        pool.allowCoreThreadTimeOut(true);
        return new HashQueue(pool, System::nanoTime);
    }

    /**
     * Adds a hash. If another one takes its place in the queue, it is cancelled.
     *
     * @throws ProblemException too many requests: too many hashes of the network are waiting; unavailable: the queue is
     *                          full
     */
    Future<byte[]> add(HashClient client, FutureTask<byte[]> hash) {
        enqueue(client, hash).ifPresent(displaced -> displaced.cancel(false));
        executor.execute(() -> next().ifPresent(FutureTask::run));
        return hash;
    }

    private synchronized Optional<FutureTask<byte[]>> enqueue(HashClient client, FutureTask<byte[]> hash) {
        return turns.stream()
                .filter(queue -> queue.purpose() == client.purpose())
                .findFirst()
                .orElseThrow()
                .hashes()
                .add(client.network(), hash);
    }

    /** Removes the hash to compute next; empty if it was displaced. */
    private synchronized Optional<FutureTask<byte[]>> next() {
        for (int i = 0; i < turns.size(); i++) {
            PurposeQueue queue = turns.remove();
            turns.add(queue);
            Optional<FutureTask<byte[]>> hash = queue.hashes().poll();
            if (hash.isPresent()) {
                return hash;
            }
        }
        return Optional.empty();
    }
}
