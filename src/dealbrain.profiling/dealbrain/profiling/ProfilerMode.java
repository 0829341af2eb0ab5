package dealbrain.profiling;

/** How much the profiler looks at. */
public enum ProfilerMode {
    /** Everything, with the line of our code that called, and the plans of slow statements. */
    FULL,
    /** Counters, percentiles and the log of slow and repeated statements; what production can afford. */
    COUNT,
    /** Nothing. */
    OFF
}
