package dealbrain.operations;

import dealbrain.operations.Check.State;
import dealbrain.profiling.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Whether it is well, by the last five minutes: that is what somebody wants to know who was woken up. */
final class Wellness {
    /** Five minutes of steps of five seconds. */
    private static final int STEPS = 60;

    private static final double SLOW_P95 = 250;
    private static final double BAD_P95 = 1000;
    /** So few requests in a step say nothing of speed: the first of a night is always slow. */
    private static final int FEWEST = 20;

    private static final double BAD_ERRORS = 0.01;

    private Wellness() {}

    static List<Check> checks(Timeline timeline, List<Section> sections) {
        List<Timeline.Step> all = timeline.steps();
        List<Timeline.Step> last = new ArrayList<>(all.subList(Math.max(0, all.size() - STEPS), all.size()));
        last.add(timeline.currentStep());
        Stream<Check> own = Stream.of(errors(last), speed(last), slow(last), repeated(last));
        return Stream.concat(sections.stream().flatMap(section -> section.checks().stream()), own)
                .toList();
    }

    static State worst(List<Check> checks) {
        return checks.stream().map(Check::state).max(State::compareTo).orElse(State.OK);
    }

    private static Check errors(List<Timeline.Step> steps) {
        long requests = steps.stream().mapToLong(Timeline.Step::requests).sum();
        long errors = steps.stream().mapToLong(Timeline.Step::errors).sum();
        State state = errors == 0 ? State.OK : errors > BAD_ERRORS * requests ? State.BAD : State.WARN;
        return new Check(
                "Answers",
                state,
                errors == 0
                        ? "no request failed by a fault of ours"
                        : Numbers.count(errors) + " of " + Numbers.count(requests)
                                + " requests failed by a fault of ours");
    }

    /** The slowest step counts, as an average over minutes hides a bad one. */
    private static Check speed(List<Timeline.Step> steps) {
        double p95 = steps.stream()
                .filter(step -> step.requests() >= FEWEST)
                .mapToDouble(Timeline.Step::p95)
                .max()
                .orElse(0);
        State state = p95 >= BAD_P95 ? State.BAD : p95 >= SLOW_P95 ? State.WARN : State.OK;
        return new Check(
                "Speed",
                state,
                p95 == 0
                        ? "too few requests to tell"
                        : "95 of 100 requests within " + Numbers.millis(p95) + " at the worst");
    }

    private static Check slow(List<Timeline.Step> steps) {
        long slow = steps.stream().mapToLong(Timeline.Step::slow).sum();
        return new Check(
                "Slow statements",
                slow == 0 ? State.OK : State.WARN,
                slow == 0 ? "none" : Numbers.count(slow) + ", named below");
    }

    private static Check repeated(List<Timeline.Step> steps) {
        long repeated = steps.stream().mapToLong(Timeline.Step::repeated).sum();
        return new Check(
                "Repeated statements",
                repeated == 0 ? State.OK : State.BAD,
                repeated == 0
                        ? "none"
                        : Numbers.count(repeated) + " times a request ran one statement again and again");
    }
}
