package dealbrain.perf;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StoredReportTest {
    private static StoredResult result(StoredGoal goal, StoredResult.Measured small, StoredResult.Measured large) {
        StoredRequest request = new StoredRequest("listings", "status=active", "/api/v1/listings", goal);
        return new StoredResult(request, new TreeMap<>(Map.of(10_000, small, 1_000_000, large)));
    }

    private static StoredResult.Measured at(long millis, int rows) {
        return new StoredResult.Measured(Latencies.ofNanos(millis * 1_000_000), rows);
    }

    @Test
    void missesAGoalByTimeOrRatio() {
        assertFalse(result(StoredGoal.PAGE, at(7, 20), at(10, 20)).isMissed());
        assertTrue(result(StoredGoal.PAGE, at(9, 20), at(11, 20)).isMissed());
        assertTrue(result(StoredGoal.PAGE, at(2, 20), at(4, 20)).isMissed());
        assertFalse(result(StoredGoal.WORDS, at(2, 20), at(20, 20)).isMissed());
        assertTrue(result(StoredGoal.PAIR, at(2, 20), at(51, 20)).isMissed());
        assertFalse(result(StoredGoal.NONE, at(2, 20), at(999, 20)).isMissed());
    }

    @Test
    void comparesOnlyResponsesWithTheSameNumberOfRows() {
        StoredResult result = result(StoredGoal.PAGE, at(2, 1), at(4, 20));

        assertNull(result.ratio());
        assertFalse(result.isMissed());
    }

    @Test
    void showsTheSlowestRequestOfASubjectAndTheNumberOfMissedGoals() {
        StoredReport report = new StoredReport(
                LocalDate.EPOCH,
                List.of(
                        result(StoredGoal.PAGE, at(2, 20), at(2, 20)),
                        result(StoredGoal.PAGE, at(5, 20), at(40, 20)),
                        result(StoredGoal.PAGE, at(3, 20), at(3, 20))),
                List.of());

        assertEquals("2 of 3 goals met, 1 missed.", report.headline());
        assertEquals(
                List.of("❌", "status=active", "1 of 3", "5.00 ms", "–", "40.0 ms", "8.00", "≤ 10 ms, ≤ 1.5"),
                report.summaryRows().getLast());
        assertEquals(
                List.of("goal not met: status=active: 5.00 ms, –, 40.0 ms, 8.00, ≤ 10 ms, ≤ 1.5"),
                report.missedGoals());
    }

    @Test
    void drawsTheSlowestMedianAtEachSize() {
        StoredReport report = new StoredReport(
                LocalDate.EPOCH,
                List.of(result(StoredGoal.PAGE, at(6, 20), at(2, 20)), result(StoredGoal.PAGE, at(5, 20), at(40, 20))),
                List.of());

        assertEquals(Map.of("listings", Map.of(10_000, 6.0, 1_000_000, 40.0)), report.lines());
    }

    @Test
    void namesTheRequestsThatFailedAlsoIfNotStrict() {
        StoredReport report = new StoredReport(
                LocalDate.EPOCH,
                List.of(result(StoredGoal.PAGE, at(9, 20), at(11, 20))),
                List.of("request failed: q=pc: status 503"));

        assertEquals("0 of 1 goals met, 1 missed, 1 failed.", report.headline());
        assertEquals(
                List.of(
                        "request failed: q=pc: status 503",
                        "goal not met: status=active: 9.00 ms, –, 11.0 ms, 1.22, ≤ 10 ms, ≤ 1.5"),
                report.problems());
    }
}
