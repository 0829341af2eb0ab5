package dealbrain.operations;

import dealbrain.profiling.ProfilerMode;

/**
 * How the program is being watched.
 *
 * @param slowQueryThresholdMs from how many milliseconds on a statement is slow
 * @param nPlusOneThreshold    from how many executions of one statement in a request on it is a pattern
 */
public record OperationsSettings(long slowQueryThresholdMs, int nPlusOneThreshold, ProfilerMode profiler) {}
