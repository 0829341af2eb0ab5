package dealbrain.perf;

import java.time.Duration;

/** A side with what its requests cost the program in processor time, which says more than the clock where others use the machine too. */
final class Metered implements Side {
    private final Program program;
    private final Side side;
    private long requests;
    private long nanos;

    Metered(Program program, Side side) {
        this.program = program;
        this.side = side;
    }

    @Override
    public Latencies run(Duration duration) throws Exception {
        Duration before = program.processorTime();
        Latencies latencies = side.run(duration);
        nanos += program.processorTime().minus(before).toNanos();
        requests += latencies.count();
        return latencies;
    }

    /** For one request, on average over all rounds. */
    double microseconds() {
        return nanos / 1000.0 / requests;
    }
}
