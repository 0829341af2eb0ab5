package dealbrain.operations;

import dealbrain.operations.HealthCheck.Status;
import dealbrain.profiling.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Checks requests and statements of the last five minutes against thresholds. */
final class HealthChecks {
    /** Five minutes in steps of five seconds. */
    private static final int STEPS = 60;

    private static final double WARN_P95_MS = 250;
    private static final double BAD_P95_MS = 1000;
    /**
     * With fewer requests there is no verdict on their duration, and failures do not make an instance unhealthy: one
     * request would decide. The first requests after a quiet period are slow.
     */
    static final int MIN_REQUESTS = 20;

    private static final double BAD_ERROR_RATE = 0.01;
    /** Fewer slow statements do not make an instance unhealthy; the page lists them nevertheless. */
    private static final int MIN_SLOW = 5;

    private HealthChecks() {}

    /** Returns the checks of the panels, then those of requests and statements. */
    static List<HealthCheck> checks(Timeline timeline, List<Panel> panels) {
        List<Timeline.Step> all = timeline.steps();
        List<Timeline.Step> recent = new ArrayList<>(all.subList(Math.max(0, all.size() - STEPS), all.size()));
        recent.add(timeline.currentStep());
        return Stream.concat(
                        panels.stream().flatMap(panel -> panel.checks().stream()),
                        Stream.of(errors(recent), latency(recent), slow(recent), repeated(recent)))
                .toList();
    }

    /** Returns the worst status; {@code OK} if there are no checks. */
    static Status worst(List<HealthCheck> checks) {
        return checks.stream().map(HealthCheck::status).max(Status::compareTo).orElse(Status.OK);
    }

    private static HealthCheck errors(List<Timeline.Step> steps) {
        long requests = steps.stream().mapToLong(Timeline.Step::requests).sum();
        long errors = steps.stream().mapToLong(Timeline.Step::errors).sum();
        if (errors == 0) {
            return new HealthCheck("Errors", Status.OK, "no 5xx responses");
        }
        return new HealthCheck(
                "Errors",
                requests >= MIN_REQUESTS && errors > BAD_ERROR_RATE * requests ? Status.BAD : Status.WARN,
                Formats.count(errors) + " of " + Formats.count(requests) + " responses are 5xx");
    }

    /** Checks the slowest step, since an average over minutes would hide it. */
    private static HealthCheck latency(List<Timeline.Step> steps) {
        double p95 = steps.stream()
                .filter(step -> step.requests() >= MIN_REQUESTS)
                .mapToDouble(Timeline.Step::p95)
                .max()
                .orElse(0);
        return p95 == 0
                ? new HealthCheck("Latency", Status.OK, "too few requests to measure")
                : new HealthCheck("Latency", latencyStatus(p95), "p95 up to " + Formats.millis(p95));
    }

    private static Status latencyStatus(double p95) {
        if (p95 >= BAD_P95_MS) {
            return Status.BAD;
        }
        return p95 >= WARN_P95_MS ? Status.WARN : Status.OK;
    }

    static HealthCheck slow(List<Timeline.Step> steps) {
        long slow = steps.stream().mapToLong(Timeline.Step::slow).sum();
        return slow == 0
                ? new HealthCheck("Slow statements", Status.OK, "none")
                : new HealthCheck(
                        "Slow statements",
                        slow < MIN_SLOW ? Status.OK : Status.WARN,
                        Formats.count(slow) + ", listed below");
    }

    private static HealthCheck repeated(List<Timeline.Step> steps) {
        long repeated = steps.stream().mapToLong(Timeline.Step::repeated).sum();
        return repeated == 0
                ? new HealthCheck("Repeated statements", Status.OK, "none")
                : new HealthCheck(
                        "Repeated statements", Status.BAD, Formats.count(repeated) + " times (N+1), listed below");
    }
}
