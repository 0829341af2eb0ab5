package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.operations.Check.State;
import dealbrain.profiling.HistogramBucket;
import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementScope;
import dealbrain.profiling.TelemetryOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WellnessTest {
    private final Profiling profiling = Profiling.start(
            ProfilerOptions.of(ProfilerMode.COUNT),
            new TelemetryOptions(Optional.empty(), Duration.ofMinutes(1), "test", "test"));

    @AfterEach
    void close() {
        profiling.close();
    }

    private void requests(int count, boolean failed) {
        for (int i = 0; i < count; i++) {
            profiling.record(StatementScope.request("GET /", "id"), 1_000_000, failed);
        }
    }

    private State state(String name) {
        return Wellness.checks(profiling.timeline(), List.of()).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow()
                .state();
    }

    @Test
    void isFineWhenNobodyAsksForAnything() {
        assertEquals(State.OK, Wellness.worst(Wellness.checks(profiling.timeline(), List.of())));
    }

    @Test
    void isBadWhenMoreThanOneOfAHundredFails() {
        requests(199, false);
        requests(1, true);
        assertEquals(State.WARN, state("Answers"));

        requests(9, true);
        assertEquals(State.BAD, state("Answers"));
    }

    @Test
    void isAsBadAsTheWorstOfWhatOthersSay() {
        List<Section> others = List.of(new Section(
                "Pool",
                List.of(),
                List.of(new Check("Pool", State.WARN, "full"), new Check("Database", State.BAD, "away"))));

        assertEquals(State.BAD, Wellness.worst(Wellness.checks(profiling.timeline(), others)));
    }

    @Test
    void isShownInNumbersThatAPersonReads() {
        assertEquals("–", Numbers.millis(0));
        assertEquals("250 µs", Numbers.millis(0.25));
        assertEquals("1.50 ms", Numbers.millis(1.5));
        assertEquals("12.3 s", Numbers.millis(12_345));
        assertEquals("1\u202f234\u202f567", Numbers.count(1_234_567));
        assertEquals("2 d 3 h", Numbers.uptime(Duration.ofHours(51)));
    }

    @Test
    void drawsWhatIsThereAndNothingOfNothing() {
        assertEquals("", Charts.histogram(List.of()));
        assertTrue(Charts.histogram(List.of(new HistogramBucket(0.1, 3), new HistogramBucket(0.2, 0)))
                .contains(">3</text>"));
        assertTrue(Charts.sparkline(List.of(), "nothing").endsWith("points=\"\"/></svg>"));
    }
}
