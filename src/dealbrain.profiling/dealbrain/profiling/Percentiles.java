package dealbrain.profiling;

/** Mean, percentiles and maximum of durations, in milliseconds. */
record Percentiles(double mean, double p50, double p95, double p99, double max) {}
