package dealbrain.accounts;

import dealbrain.http.ProblemException;
import dealbrain.http.ProblemType;
import dealbrain.http.RateLimit;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Limits the sign-ups of a network on this instance: a number of them at once, then one per second (a token bucket). It
 * counts every one whose password is hashed, because the hash is what an attacker can exhaust. Thread-safe.
 */
final class SignUpLimit {
    static final int BURST = 200;

    private static final long SECOND = 1_000_000_000;
    /** The networks that are remembered, so that the memory is bounded. Further ones are limited by the queue only. */
    private static final int MAX_NETWORKS = 50_000;

    private final LongSupplier nanoTime;
    private final int burst;
    /** When the sign-ups of a network that were counted would be over, if there was one per second. */
    private final Map<String, Long> ends = new HashMap<>();

    /** @param nanoTime such as {@link System#nanoTime} */
    SignUpLimit(LongSupplier nanoTime, int burst) {
        this.nanoTime = nanoTime;
        this.burst = burst;
    }

    /**
     * Counts a sign-up.
     *
     * @throws ProblemException too many requests
     */
    synchronized void count(String network) {
        long now = nanoTime.getAsLong();
        if (ends.size() >= MAX_NETWORKS) {
            ends.values().removeIf(end -> end - now <= 0);
        }
        long rest = Math.max(0, ends.getOrDefault(network, now) - now) + SECOND;
        if (rest > burst * SECOND) {
            throw exceeded();
        }
        if (ends.size() < MAX_NETWORKS) {
            ends.put(network, now + rest);
        }
    }

    private ProblemException exceeded() {
        return new RateLimit("sign-up", burst, 0, burst, 1)
                .exceeded(
                        ProblemType.TOO_MANY_REQUESTS,
                        "too many sign-ups from your address; there may be one per second, try again in 1 second");
    }
}
