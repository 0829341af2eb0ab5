package dealbrain.profiling;

/** The spread of durations, in milliseconds. */
public record Percentiles(double mean, double p50, double p95, double p99, double max) {}
