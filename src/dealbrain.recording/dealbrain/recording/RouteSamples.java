package dealbrain.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The samples of a recording by route.
 *
 * @param requests the samples of threads that process requests
 * @param named    those of them whose route is known
 * @param others   the samples of other threads: background jobs, the scheduling of threads, the compiler
 * @param lost     the samples that the Java virtual machine could not take
 * @param routes   the most samples first
 */
public record RouteSamples(long requests, long named, long others, long lost, List<Frame> routes) {
    static final String CPU_SAMPLE = "jdk.CPUTimeSample";
    static final String EXECUTION_SAMPLE = "jdk.ExecutionSample";
    static final String LOST = "jdk.CPUTimeSamplesLost";

    public RouteSamples {
        routes = List.copyOf(routes);
    }

    /** Reads the file twice: the event of a request follows the samples in it. */
    public static RouteSamples read(Path recording) throws IOException {
        SampleReader reader = new SampleReader();
        SampleReader.forEach(recording, reader::addSample);
        SampleReader.forEach(recording, reader::addRequest);
        return reader.samples();
    }
}
