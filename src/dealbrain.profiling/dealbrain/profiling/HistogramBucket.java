package dealbrain.profiling;

/**
 * One bucket of a histogram of durations.
 *
 * @param toMillis the upper bound; the lower bound is the upper one of the previous bucket
 */
public record HistogramBucket(double toMillis, long count) {}
