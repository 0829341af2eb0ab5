package dealbrain.caching;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * Runs concurrent tasks of the same key only once, so that a cache miss of many readers is one load. The first caller
 * runs the task in its own thread, and callers that arrive before it ends wait for its result.
 *
 * <p>A result may come from a task that started before the call. An exception does not, as its cause may be gone: a
 * caller that waited for a failed task tries once more, again together with the other callers.
 *
 * <p>Thread-safe.
 */
final class SingleFlight<R> {
    private final ConcurrentMap<String, CompletableFuture<R>> inFlight = new ConcurrentHashMap<>();

    /** Returns the result of {@code task}, or of another caller's task of the same {@code key}. */
    R run(String key, Supplier<R> task) {
        // 1. The caller whose future enters the map runs its task.
        CompletableFuture<R> own = new CompletableFuture<>();
        CompletableFuture<R> other = inFlight.putIfAbsent(key, own);
        if (other == null) {
            return complete(key, own, task);
        }
        try {
            // 2. All others wait for that future.
            return result(other);
        } catch (RuntimeException _) {
            // 3. After a failure the same again, for the last time: the next task has started after this call.
            CompletableFuture<R> next = inFlight.putIfAbsent(key, own);
            return next == null ? complete(key, own, task) : result(next);
        }
    }

    private R complete(String key, CompletableFuture<R> own, Supplier<R> task) {
        // Removed before it is completed: a caller that retries after a failure must not find the failed future again.
        try {
            R result = task.get();
            inFlight.remove(key, own);
            own.complete(result);
        } catch (RuntimeException | Error e) {
            inFlight.remove(key, own);
            own.completeExceptionally(e);
        }
        return result(own);
    }

    private static <R> R result(CompletableFuture<R> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
