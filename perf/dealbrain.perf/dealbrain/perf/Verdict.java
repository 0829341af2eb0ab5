package dealbrain.perf;

import java.util.List;
import java.util.stream.Stream;

/**
 * The errors of a run, which decide its exit status. A failed check is an error. A missed goal is one only if
 * {@code strict}, because a busy machine misses some.
 *
 * @param errors a line each
 */
record Verdict(List<String> errors) {
    static final Verdict NO_ERRORS = new Verdict(List.of());

    /** Returns an error for each failed check and, if {@code strict}, for each goal that is not met. */
    static Verdict of(List<CheckResult> checks, List<BenchmarkResult> results, boolean strict) {
        Stream<String> failed =
                checks.stream().filter(check -> !check.isPassed()).map(check -> "check failed: " + check.text());
        Stream<String> missed =
                results.stream().filter(result -> strict && !result.isMet()).map(Verdict::notMet);
        return new Verdict(Stream.concat(failed, missed).toList());
    }

    int exitStatus() {
        return errors.isEmpty() ? 0 : 1;
    }

    private static String notMet(BenchmarkResult result) {
        Benchmark benchmark = result.benchmark();
        return "goal not met: " + benchmark.name() + ", compared with " + benchmark.baseline() + ": "
                + (result.ratio() == null ? result.note() : result.ratioText()) + ", goal " + benchmark.goal();
    }
}
