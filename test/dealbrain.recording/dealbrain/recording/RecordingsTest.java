package dealbrain.recording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RecordingsTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private final Recordings recordings = new Recordings();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void giveSamplesToTheRequestOfTheirThread() throws IOException {
        try (ExecutorService threads = RecordedRequests.newThreads()) {
            threads.execute(() -> work("GET /one"));
            threads.execute(() -> work("GET /two"));
            RouteSamples samples =
                    recordings.record(Duration.ofSeconds(1), RouteSamples::read).orElseThrow();
            for (int i = 0; i < 20 && samples.requests() < 20; i++) { // a busy machine
                samples = recordings
                        .record(Duration.ofSeconds(1), RouteSamples::read)
                        .orElseThrow();
            }
            done.set(true);

            assertEquals(
                    Set.of("GET /one", "GET /two"),
                    samples.routes().stream().map(Frame::name).collect(Collectors.toSet()));
            assertEquals(
                    samples.named(),
                    samples.routes().stream().mapToLong(Frame::samples).sum());
            assertTrue(names(samples.routes()).contains("RecordingsTest.compute"), samples::toString);
        } finally {
            done.set(true);
        }
    }

    private void work(String route) {
        while (!done.get()) {
            RecordedRequests.process(() -> {
                RecordedRequests.describe(route, "id");
                compute();
            });
        }
    }

    private static void compute() {
        long end = System.nanoTime() + 5_000_000;
        List<Double> values = new ArrayList<>();
        while (System.nanoTime() < end) {
            values.add(Math.sin(values.size()));
        }
        assertFalse(values.isEmpty());
    }

    private static List<String> names(List<Frame> frames) {
        List<String> names = new ArrayList<>();
        frames.forEach(frame -> {
            names.add(frame.name());
            names.addAll(names(frame.children()));
        });
        return names;
    }

    @Test
    void hasTheRouteAndTheRequestIdAsContext() throws IOException {
        CompletableFuture<List<RecordedEvent>> events =
                CompletableFuture.supplyAsync(() -> record(LONG, RecordingFile::readAllEvents));
        while (!events.isDone()) {
            RecordedRequests.process(() -> RecordedRequests.describe("GET /", "an id"));
            stopWhenRecording();
        }
        RecordedEvent event = events.join().stream()
                .filter(each -> each.getEventType().getName().equals(RequestEvent.NAME))
                .findFirst()
                .orElseThrow();
        assertEquals("GET /", event.getString("route"));
        assertEquals("an id", event.getString("requestId"));
        assertTrue(event.getEventType().getField("route").getAnnotationElements().stream()
                .anyMatch(each -> each.getTypeName().equals("jdk.jfr.Contextual")));
    }

    @Test
    void areMadeOneAtATime() throws IOException {
        CompletableFuture<Path> first = CompletableFuture.supplyAsync(() -> record(LONG, file -> file));
        while (!first.isDone()) {
            if (recordings.record(Duration.ZERO, file -> file).isEmpty()) {
                recordings.close(); // ends the first one, for which the second one did not wait
            }
        }
        assertFalse(Files.exists(first.join()), "the file is deleted");
        assertTrue(recordings.record(LONG, file -> file).isPresent(), "ends at once after the close");
    }

    @Test
    void haveNoSecretsOfTheProcess() throws IOException {
        Set<String> types = recordings
                .record(
                        Duration.ofMillis(100),
                        file -> RecordingFile.readAllEvents(file).stream()
                                .map(event -> event.getEventType().getName())
                                .collect(Collectors.toSet()))
                .orElseThrow();
        for (String type : List.of(
                "jdk.InitialEnvironmentVariable",
                "jdk.InitialSystemProperty",
                "jdk.JVMInformation",
                "jdk.SystemProcess")) {
            assertFalse(types.contains(type), types::toString);
        }
    }

    private void stopWhenRecording() {
        if (new RequestEvent().isEnabled()) {
            RecordedRequests.process(() -> RecordedRequests.describe("GET /", "an id"));
            recordings.close();
        }
    }

    private <T> T record(Duration duration, Recordings.FileReader<T> reader) {
        try {
            while (true) {
                Optional<T> result = recordings.record(duration, reader);
                if (result.isPresent()) {
                    return result.get();
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
