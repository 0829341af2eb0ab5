package dealbrain.perf;

import java.util.Arrays;

/**
 * The latencies of some requests in nanoseconds. All of them are stored, because the rounding of a histogram would be
 * as large as the differences that are measured. Not thread-safe.
 */
final class Latencies {
    private long[] nanos = new long[4096];
    private int count;
    private long total;
    private boolean sorted;

    /** Returns a single latency. */
    static Latencies ofNanos(long latency) {
        Latencies latencies = new Latencies();
        latencies.add(latency);
        return latencies;
    }

    void add(long latency) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = latency;
        total += latency;
        sorted = false;
    }

    /** Sets the time that all requests took together. By default it is the sum of the latencies. */
    void setElapsed(long nanos) {
        total = nanos;
    }

    /** Adds the latencies and the elapsed time of {@code others}, which ran before or after. */
    void addAll(Latencies others) {
        long elapsed = total + others.total;
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
        total = elapsed;
    }

    int count() {
        return count;
    }

    double perSecond() {
        return count * 1e9 / total;
    }

    /** Returns the latency in milliseconds at a quantile between 0 and 1. */
    double millis(double quantile) {
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        return nanos[(int) Math.min(count - 1L, (long) (count * quantile))] / 1e6;
    }

    double p50() {
        return millis(0.5);
    }

    double p95() {
        return millis(0.95);
    }

    double p99() {
        return millis(0.99);
    }

    double max() {
        return millis(1);
    }
}
