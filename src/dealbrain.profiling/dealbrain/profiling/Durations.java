package dealbrain.profiling;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.AtomicHistogram;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * A histogram of durations from one microsecond to one minute, with an error of at most 1 %. Thread-safe: recording is
 * one atomic increment and takes no lock.
 */
final class Durations {
    static final long MAX_MICROS = TimeUnit.MINUTES.toMicros(1);
    /** Two significant digits: an error of 1 %. */
    static final int DIGITS = 2;

    private static final long FIRST_BUCKET_MICROS = 100;

    private final AtomicHistogram histogram = new AtomicHistogram(MAX_MICROS, DIGITS);

    void record(long nanos) {
        histogram.recordValue(micros(nanos));
    }

    /** Converts to microseconds, within the range of the histogram. */
    static long micros(long nanos) {
        return Math.clamp(TimeUnit.NANOSECONDS.toMicros(nanos), 1, MAX_MICROS);
    }

    /** Returns the current percentiles; all are 0 before the first duration. */
    Percentiles percentiles() {
        Histogram now = snapshot();
        return new Percentiles(
                now.getMean() / 1000, millis(now, 50), millis(now, 95), millis(now, 99), now.getMaxValue() / 1000.0);
    }

    /** Copies the histogram, since iterating over one that is being written throws. */
    private Histogram snapshot() {
        Histogram snapshot = new Histogram(MAX_MICROS, DIGITS);
        snapshot.add(histogram);
        return snapshot;
    }

    /** Returns a percentile of a histogram of microseconds, in milliseconds; 0 if it is empty. */
    static double millis(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / 1000.0;
    }

    /**
     * Returns the counts up to 0.1 ms, up to 0.2 ms, up to 0.4 ms and so on, until the longest duration.
     *
     * <p>Each bucket is twice as wide as the previous one. The recorded values come in ascending order: a value above
     * the current upper bound closes the bucket, and the empty buckets up to the value.
     */
    List<HistogramBucket> buckets() {
        List<HistogramBucket> buckets = new ArrayList<>();
        long to = FIRST_BUCKET_MICROS;
        long count = 0;
        for (HistogramIterationValue value : snapshot().recordedValues()) {
            for (; value.getValueIteratedTo() > to; to *= 2) {
                buckets.add(new HistogramBucket(to / 1000.0, count));
                count = 0;
            }
            count += value.getCountAddedInThisIterationStep();
        }
        if (count > 0) {
            buckets.add(new HistogramBucket(to / 1000.0, count));
        }
        return buckets;
    }
}
