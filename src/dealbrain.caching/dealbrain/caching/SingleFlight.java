package dealbrain.caching;

import dealbrain.waterfall.StepKind;
import dealbrain.waterfall.Waterfall;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs concurrent tasks of the same key only once, so that a cache miss of many readers is one load. The first caller
 * runs the task in its own thread, and callers that arrive before it ends wait for its result.
 *
 * <p>A caller shares the result of a task that started before its call only if it accepts it. It never shares an
 * exception of such a task, as the cause may be gone. Otherwise it runs the task once more, again together with the
 * other callers: then all of them share a task that started after their calls. So the callers that arrive while a task
 * runs cause one more task at most, even if none of them accepts a result.
 *
 * <p>Thread-safe.
 */
final class SingleFlight<R> {
    private final ConcurrentMap<String, Flight<R>> inFlight = new ConcurrentHashMap<>();

    /** The result of a running task, and the task that follows it. */
    private static final class Flight<R> extends CompletableFuture<R> {
        private @Nullable Flight<R> next;

        /** Returns the next flight, the same for all callers that waited for this one; {@code start} makes it. */
        synchronized Flight<R> next(Supplier<Flight<R>> start) {
            if (next == null) {
                next = start.get();
            }
            return next;
        }
    }

    /**
     * Returns the result of {@code task}, or of another caller's task of the same {@code key}.
     *
     * @param acceptable decides about the result of a task that started before the call
     */
    R run(String key, Supplier<R> task, Predicate<R> acceptable) {
        // 1. The caller whose flight enters the map runs its task.
        Flight<R> own = new Flight<>();
        Flight<R> earlier = inFlight.putIfAbsent(key, own);
        if (earlier == null) {
            return complete(key, own, task);
        }
        // 2. All others wait for that flight.
        try {
            R result = await(earlier);
            if (acceptable.test(result)) {
                return result;
            }
        } catch (RuntimeException _) { // continue with the next flight
        }
        // 3. Then for the next one. It enters the map after the earlier one has left it, and so after the start of this
        // call. It may have ended already when this caller continues.
        Flight<R> next = earlier.next(() -> {
            Flight<R> other = inFlight.putIfAbsent(key, own);
            return other == null ? own : other;
        });
        return next == own ? complete(key, own, task) : await(next);
    }

    private static <R> R await(Flight<R> other) {
        long start = System.nanoTime();
        try {
            return result(other);
        } finally {
            Waterfall.record(StepKind.SHARED_LOAD, start);
        }
    }

    private R complete(String key, Flight<R> own, Supplier<R> task) {
        // Removed before it is completed: a caller that continues with step 3 must not find the same flight again.
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

    private static <R> R result(Flight<R> flight) {
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
