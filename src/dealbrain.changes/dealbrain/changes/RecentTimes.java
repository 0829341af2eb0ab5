package dealbrain.changes;

import java.util.Arrays;

/** The durations of the last polls. */
final class RecentTimes {
    private static final int SIZE = 9;

    private final long[] nanos = new long[SIZE];
    private int count;
    private int next;

    void add(long duration) {
        nanos[next] = duration;
        next = (next + 1) % SIZE;
        count = Math.min(count + 1, SIZE);
    }

    /** Returns the median of the last nine durations; 0 while there are fewer. */
    long median() {
        if (count < SIZE) {
            return 0;
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return sorted[SIZE / 2];
    }
}
