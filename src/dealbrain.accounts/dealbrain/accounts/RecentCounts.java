package dealbrain.accounts;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Counts events for each network in the last one to two minutes: in the current minute and the one before it. Not
 * thread-safe.
 */
final class RecentCounts {
    private static final long MINUTE = 60_000_000_000L;

    private final LongSupplier nanoTime;
    private Map<String, Integer> previous = new HashMap<>();
    private Map<String, Integer> current = new HashMap<>();
    private long start;

    /** @param nanoTime such as {@link System#nanoTime} */
    RecentCounts(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    void add(String network) {
        forgetOld();
        current.merge(network, 1, Integer::sum);
    }

    int of(String network) {
        forgetOld();
        return previous.getOrDefault(network, 0) + current.getOrDefault(network, 0);
    }

    private void forgetOld() {
        long age = nanoTime.getAsLong() - start;
        if (age >= MINUTE) {
            previous = age < 2 * MINUTE ? current : new HashMap<>();
            current = new HashMap<>();
            start += age;
        }
    }
}
