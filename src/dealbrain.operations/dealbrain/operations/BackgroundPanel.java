package dealbrain.operations;

import dealbrain.background.WorkerState;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;

/** Makes the panel of the background threads. It shows the text of failures, so it is for administrators only. */
final class BackgroundPanel implements Supplier<Panel> {
    private static final int MAX_FAILURE = 240;

    private final DegradationChecks checks;
    private final InstantSource clock;

    BackgroundPanel(DegradationChecks checks, InstantSource clock) {
        this.checks = checks;
        this.clock = clock;
    }

    @Override
    public Panel get() {
        return new Panel(
                "Background threads",
                checks.workers().stream().map(this::metric).toList(),
                List.of(checks.backgroundThreads()));
    }

    private Panel.Metric metric(WorkerState worker) {
        return new Panel.Metric(
                worker.name(),
                value(worker),
                worker.failure().map(BackgroundPanel::shortened).orElseGet(() -> last(worker)));
    }

    private static String value(WorkerState worker) {
        if (!worker.isAlive()) {
            return "has ended";
        }
        return worker.isHealthy() ? "works" : "fails";
    }

    private static String shortened(String failure) {
        return failure.length() <= MAX_FAILURE ? failure : failure.substring(0, MAX_FAILURE) + "…";
    }

    private String last(WorkerState worker) {
        return worker.lastSuccess().map(end -> "last run " + age(end) + " ago").orElse("has not run yet");
    }

    private String age(Instant time) {
        return Formats.uptime(Duration.between(time, clock.instant()));
    }
}
