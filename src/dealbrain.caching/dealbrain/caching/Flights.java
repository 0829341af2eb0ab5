package dealbrain.caching;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/** Work that is done once however many ask for it at the same time. Safe for use by many threads. */
final class Flights<R> {
    private final ConcurrentMap<String, CompletableFuture<R>> underWay = new ConcurrentHashMap<>();

    /** Does the work, or waits for who is doing it; what it throws, all throw. */
    R join(String key, Supplier<R> work) {
        CompletableFuture<R> own = new CompletableFuture<>();
        CompletableFuture<R> other = underWay.putIfAbsent(key, own);
        if (other != null) {
            return outcome(other);
        }
        try {
            own.complete(work.get());
        } catch (RuntimeException | Error e) {
            own.completeExceptionally(e);
        } finally {
            underWay.remove(key, own);
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
