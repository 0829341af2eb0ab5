package dealbrain.perf;

import java.time.Duration;

/**
 * A workload on a server that also measures the processor time of the server. With other load on the machine, this is
 * more precise than the elapsed time.
 */
final class MeteredWorkload implements Workload {
    private final ServerProcess server;
    private final Workload workload;
    private long requests;
    private long nanos;

    MeteredWorkload(ServerProcess server, Workload workload) {
        this.server = server;
        this.workload = workload;
    }

    @Override
    public Latencies run(Duration duration) throws Exception {
        Duration before = server.processorTime();
        Latencies latencies = workload.run(duration);
        nanos += server.processorTime().minus(before).toNanos();
        requests += latencies.count();
        return latencies;
    }

    /** Returns the processor time of a request, on average over all rounds. */
    double microsPerRequest() {
        return nanos / 1000.0 / requests;
    }
}
