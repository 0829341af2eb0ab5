package dealbrain.caching;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Work that is done once however many ask for it at the same time. Safe for use by many threads. */
final class Flights<R> {
    private final ConcurrentMap<String, CompletableFuture<R>> underWay = new ConcurrentHashMap<>();

    /**
     * Does the work, or waits for who is doing it. What it returns may have begun before the call; what it throws has not, as
     * the reason may be gone: whoever waited for work that failed asks once more.
     */
    R join(String key, Supplier<R> work) {
        CompletableFuture<R> own = new CompletableFuture<>();
        CompletableFuture<R> other = underWay.putIfAbsent(key, own);
        if (other == null) {
            return done(key, own, work);
        }
        try {
            return outcome(other);
        } catch (RuntimeException _) {
            CompletableFuture<R> next = underWay.putIfAbsent(key, own);
            return next == null ? done(key, own, work) : outcome(next);
        }
    }

    /** It is no longer found when it ends, so that what is found after it has begun after it. */
    private R done(String key, CompletableFuture<R> own, Supplier<R> work) {
        try {
            R result = work.get();
            underWay.remove(key, own);
            own.complete(result);
        } catch (RuntimeException | Error e) {
            underWay.remove(key, own);
            own.completeExceptionally(e);
        }
        return outcome(own);
    }

    private static <R> R outcome(CompletableFuture<R> flight) {
        try {
            return flight.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
