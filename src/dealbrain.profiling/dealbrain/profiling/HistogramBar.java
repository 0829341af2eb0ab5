package dealbrain.profiling;

/**
 * One bar of a histogram of durations.
 *
 * @param toMillis its upper end; its lower one is that of the bar before
 */
public record HistogramBar(double toMillis, long count) {}
