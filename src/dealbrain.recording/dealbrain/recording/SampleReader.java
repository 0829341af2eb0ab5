package dealbrain.recording;

import dealbrain.recording.Frame.Origin;
import dealbrain.recording.FrameBuilder.Method;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;
import org.jspecify.annotations.Nullable;

/**
 * Collects the samples of request threads, and then gives them to the requests that these threads processed at that
 * time. The memory grows with the number of samples, which is limited, not with the number of requests. Not
 * thread-safe.
 */
final class SampleReader {
    private record Sample(Instant at, List<Method> stack) {}

    private final StackFrames frames = new StackFrames();
    /** By the id of the thread: samples without a route. */
    private final Map<Long, List<Sample>> unnamed = new HashMap<>();

    private final Map<String, FrameBuilder> routes = new HashMap<>();
    private long requests;
    private long named;
    private long others;
    private long lost;

    static void forEach(Path recording, Consumer<RecordedEvent> consumer) throws IOException {
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                consumer.accept(file.readEvent());
            }
        }
    }

    void addSample(RecordedEvent event) {
        switch (event.getEventType().getName()) {
            case RouteSamples.CPU_SAMPLE -> add(event, event.getThread("eventThread"));
            case RouteSamples.EXECUTION_SAMPLE -> add(event, event.getThread("sampledThread"));
            case RouteSamples.LOST -> lost += event.getLong("lostSamples");
            default -> {} // requests come later
        }
    }

    private void add(RecordedEvent event, @Nullable RecordedThread thread) {
        if (thread == null || !RecordedRequests.THREAD_NAME.equals(thread.getJavaName())) {
            others++;
            return;
        }
        requests++;
        unnamed.computeIfAbsent(thread.getJavaThreadId(), _ -> new ArrayList<>(2))
                .add(new Sample(event.getStartTime(), frames.of(event.getStackTrace())));
    }

    void addRequest(RecordedEvent event) {
        if (!event.getEventType().getName().equals(RequestEvent.NAME)) {
            return;
        }
        String route = event.getString("route");
        List<Sample> samples = unnamed.get(event.getThread().getJavaThreadId());
        if (route != null && samples != null) {
            FrameBuilder root =
                    routes.computeIfAbsent(route, name -> new FrameBuilder(new Method(name, Origin.APPLICATION)));
            for (Iterator<Sample> each = samples.iterator(); each.hasNext(); ) {
                Sample sample = each.next();
                if (!sample.at().isBefore(event.getStartTime()) && !sample.at().isAfter(event.getEndTime())) {
                    root.add(sample.stack());
                    named++;
                    each.remove();
                }
            }
        }
    }

    RouteSamples samples() {
        List<Frame> sorted = routes.values().stream()
                .map(FrameBuilder::build)
                .filter(route -> route.samples() > 0)
                .sorted(Comparator.comparingLong(Frame::samples).reversed())
                .toList();
        return new RouteSamples(requests, named, others, lost, sorted);
    }
}
