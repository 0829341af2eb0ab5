package dealbrain.perf;

import java.util.Arrays;

/** How long each of some requests took, in nanoseconds, all of them kept: a histogram's rounding would be as large as what is compared. */
final class Latencies {
    private long[] nanos = new long[4096];
    private int count;
    private long total;
    private boolean sorted;

    void add(long each) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = each;
        total += each;
        sorted = false;
    }

    /** How long all of them took together by the clock; without this, the sum. */
    void took(long elapsed) {
        total = elapsed;
    }

    void addAll(Latencies others) {
        for (int i = 0; i < others.count; i++) {
            add(others.nanos[i]);
        }
    }

    int count() {
        return count;
    }

    double perSecond() {
        return count * 1e9 / total;
    }

    /** The latency in milliseconds that this share of requests did not exceed. */
    double millis(double share) {
        if (!sorted) {
            Arrays.sort(nanos, 0, count);
            sorted = true;
        }
        return nanos[(int) Math.min(count - 1L, (long) (count * share))] / 1e6;
    }

    double p50() {
        return millis(0.5);
    }

    double p99() {
        return millis(0.99);
    }
}
