package dealbrain.perf;

import java.time.Duration;

/** Work that is repeated for some time and whose latencies are measured. */
@FunctionalInterface
interface Workload {
    Latencies run(Duration duration) throws Exception;
}
