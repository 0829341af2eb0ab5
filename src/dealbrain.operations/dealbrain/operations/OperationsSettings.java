package dealbrain.operations;

import dealbrain.profiling.ProfilerMode;

/**
 * The settings of the profiler, and the version.
 *
 * @param slowQueryThresholdMs a statement that takes this many milliseconds, or more, is slow
 * @param nPlusOneThreshold    a request or job run that executes one statement this often, or more, repeats it
 * @param version              the version of the server
 */
record OperationsSettings(long slowQueryThresholdMs, int nPlusOneThreshold, ProfilerMode profiler, String version) {}
