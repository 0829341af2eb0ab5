package dealbrain.profiling;

/** How much the profiler records. */
public enum ProfilerMode {
    /** Everything: also the line of code that runs a statement, and the plans of slow statements. */
    FULL,
    /** Counters, percentiles, and the log of slow and repeated statements: cheap enough for production. */
    COUNT,
    /** Off: no statement is profiled. */
    OFF
}
