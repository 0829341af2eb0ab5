package dealbrain.changes;

import java.util.Arrays;

/** The durations of the last polls. */
final class RecentTimes {
    private static final int SIZE = 9;

    private final long[] nanos = new long[SIZE];
    private int count;

    void add(long duration) {
        nanos[count % SIZE] = duration;
        count++;
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
