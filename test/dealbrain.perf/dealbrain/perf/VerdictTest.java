package dealbrain.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.perf.Benchmark.Goal;
import java.util.List;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final CheckResult PASSED = new CheckResult(true, "Pagination working correctly");
    private static final CheckResult FAILED = new CheckResult(false, "Redis caching: the second read was not a hit");

    /** Returns a result whose goal is at least 0.9. */
    private static BenchmarkResult result(double ratio) {
        return new BenchmarkResult(benchmark(), new Spread(ratio, ratio, ratio), "9", "10", "");
    }

    private static Benchmark benchmark() {
        return new Benchmark("hit", "shared page", "requests per second", "the server", Goal.atLeast(0.9));
    }

    private static Verdict verdict(CheckResult check, BenchmarkResult result, boolean strict) {
        return Verdict.of(List.of(PASSED, check), List.of(result), strict);
    }

    @Test
    void succeedsIfAllChecksPassedAlsoIfGoalsAreMissed() {
        Verdict verdict = verdict(PASSED, result(0.5), false);

        assertEquals(0, verdict.exitStatus());
        assertEquals(List.of(), verdict.errors());
    }

    @Test
    void failsWithTheNameOfAFailedCheck() {
        Verdict verdict = verdict(FAILED, result(0.95), false);

        assertEquals(1, verdict.exitStatus());
        assertEquals(List.of("check failed: Redis caching: the second read was not a hit"), verdict.errors());
    }

    @Test
    void failsIfAGoalIsMissedAndStrict() {
        Verdict verdict = verdict(PASSED, result(0.5), true);

        assertEquals(1, verdict.exitStatus());
        assertEquals(
                List.of("goal not met: shared page, requests per second, compared with the server: 0.50 (0.50 to 0.50),"
                        + " goal ≥ 0.9"),
                verdict.errors());
    }

    @Test
    void failsIfABenchmarkWasNotMeasuredAndStrict() {
        BenchmarkResult result = benchmark().notMeasured("the response has no X-Cache: HIT");

        assertEquals(0, verdict(PASSED, result, false).exitStatus());
        assertEquals(
                List.of("goal not met: shared page, requests per second, compared with the server: not measured:"
                        + " the response has no X-Cache: HIT, goal ≥ 0.9"),
                verdict(PASSED, result, true).errors());
    }

    @Test
    void succeedsIfAllGoalsAreMetAndStrict() {
        assertEquals(0, verdict(PASSED, result(0.9), true).exitStatus());
    }
}
