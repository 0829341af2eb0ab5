package dealbrain.accounts;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * A bounded queue in which no client can keep others out. Not thread-safe.
 *
 * <p>The network of which the fewest elements were removed recently goes first; the order of arrival decides between
 * equal ones. When the queue is full, an element of a network with fewer takes the place of one with more. So a client
 * that floods the server delays and displaces only itself and others that flood it, from however many addresses.
 */
final class FairQueue<T> {
    /** The elements that can wait: about twelve seconds of work for one thread. */
    static final int CAPACITY = 128;

    static final int NETWORK_CAPACITY = 32;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private record Waiting<T>(String network, long number, T element) {}

    private final List<Waiting<T>> waiting = new ArrayList<>();
    private final RecentCounts recent;
    private final Comparator<Waiting<T>> order;
    private long arrivals;

    /** @param nanoTime such as {@link System#nanoTime} */
    FairQueue(LongSupplier nanoTime) {
        this.recent = new RecentCounts(nanoTime);
        this.order = Comparator.<Waiting<T>>comparingInt(each -> recent.of(each.network()))
                .thenComparingLong(Waiting::number);
    }

    /**
     * Adds an element. Returns the one that it displaced, if the queue was full.
     *
     * @throws ProblemException too many requests: too many elements of the network are waiting; unavailable: the queue
     *                          is full of elements whose networks have no more than this one
     */
    Optional<T> add(String network, T element) {
        long own =
                waiting.stream().filter(each -> each.network().equals(network)).count();
        if (own >= NETWORK_CAPACITY) {
            throw tooManyOfNetwork();
        }
        Optional<T> displaced = waiting.size() < CAPACITY ? Optional.empty() : Optional.of(removeLast(network));
        waiting.add(new Waiting<>(network, arrivals++, element));
        return displaced;
    }

    private T removeLast(String network) {
        Waiting<T> last = waiting.stream().max(order).orElseThrow();
        if (recent.of(last.network()) <= recent.of(network)) {
            throw ProblemException.unavailable(
                    "too many passwords are being checked at the same time; try again in a second", RETRY_AFTER);
        }
        waiting.remove(last);
        return last.element();
    }

    /** Removes the next element; empty if there is none. */
    Optional<T> poll() {
        return waiting.stream().min(order).map(next -> {
            waiting.remove(next);
            recent.add(next.network());
            return next.element();
        });
    }

    static ProblemException tooManyOfNetwork() {
        return new ProblemException(
                ProblemType.TOO_MANY_REQUESTS,
                "too many passwords of your address are being checked at the same time; try again in a second",
                Map.of("Retry-After", Long.toString(RETRY_AFTER.toSeconds())));
    }
}
