package dealbrain.recording;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import jdk.jfr.Recording;

/**
 * Makes recordings, one at a time. Thread-safe.
 *
 * <p>A recording has the events in {@link #EVENTS} only. The configurations of the JDK also record environment
 * variables, system properties and command lines, which contain passwords.
 */
public final class Recordings implements AutoCloseable {
    /** The longest recording. */
    public static final int MAX_SECONDS = 60;

    /** When it is larger, its oldest part is dropped, in units of 12 MB. */
    static final long MAX_BYTES = 50_000_000;

    /** CPU-time samples of all processors per second. */
    private static final String SAMPLES = "1000/s";

    private static final List<String> EVENTS = List.of(
            RequestEvent.NAME,
            "jdk.CPULoad",
            "jdk.GarbageCollection",
            "jdk.GCHeapSummary",
            "jdk.JavaMonitorEnter",
            "jdk.VirtualThreadPinned");

    /** Reads the file of a recording, which is deleted afterwards. An open stream remains readable. */
    @FunctionalInterface
    public interface FileReader<T> {
        T read(Path file) throws IOException;
    }

    private final Semaphore idle = new Semaphore(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    /**
     * Records for {@code duration}, or until this is closed, and returns what {@code reader} makes of the file. Returns
     * empty at once if another recording is being made.
     */
    public <T> Optional<T> record(Duration duration, FileReader<T> reader) throws IOException {
        if (!idle.tryAcquire()) {
            return Optional.empty();
        }
        try {
            StackDepth.raise();
            Path file = Files.createTempFile("dealbrain-recording", ".jfr"); // readable by its owner only
            try {
                record(duration, file);
                return Optional.of(reader.read(file));
            } finally {
                Files.delete(file);
            }
        } finally {
            idle.release();
        }
    }

    private void record(Duration duration, Path file) throws IOException {
        try (Recording recording = new Recording()) {
            recording.setName("dealbrain");
            recording.setMaxSize(MAX_BYTES);
            EVENTS.forEach(recording::enable);
            enableSamples(recording);
            recording.start();
            await(duration);
            recording.stop();
            recording.dump(file);
        }
    }

    /** Enables samples of processor time, which only Linux has; elsewhere, samples of running Java code. */
    private static void enableSamples(Recording recording) {
        if (System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("linux")) {
            recording.enable(RouteSamples.CPU_SAMPLE).with("throttle", SAMPLES);
            recording.enable(RouteSamples.LOST);
        } else {
            recording.enable(RouteSamples.EXECUTION_SAMPLE).withPeriod(Duration.ofMillis(10));
        }
    }

    private void await(Duration duration) {
        try {
            var _ = closed.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) { // the server stops
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the recording that is being made, and lets later ones end at once. */
    @Override
    public void close() {
        closed.countDown();
    }
}
