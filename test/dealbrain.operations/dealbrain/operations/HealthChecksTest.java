package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dealbrain.operations.HealthCheck.Status;
import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementScope;
import dealbrain.profiling.TelemetryOptions;
import dealbrain.profiling.Timeline;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HealthChecksTest {
    private final Profiling profiling =
            Profiling.start(ProfilerOptions.of(ProfilerMode.COUNT), TelemetryOptions.withoutExport("test"));

    @AfterEach
    void close() {
        profiling.close();
    }

    private void requests(int count, boolean failed) {
        for (int i = 0; i < count; i++) {
            profiling.recordRequest(StatementScope.request("GET /", "id"), 1_000_000, failed ? 500 : 200);
        }
    }

    private HealthCheck errors() {
        return check("Errors");
    }

    private HealthCheck check(String name) {
        return HealthChecks.checks(profiling.timeline(), List.of()).stream()
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void areOkWithoutRequests() {
        assertEquals(Status.OK, HealthChecks.worst(HealthChecks.checks(profiling.timeline(), List.of())));
    }

    @Test
    void areBadIfMoreThanOnePercentOfRequestsFail() {
        requests(199, false);
        requests(1, true);
        assertEquals(new HealthCheck("Errors", Status.WARN, "1 of 200 responses are 5xx"), errors());

        requests(9, true);
        assertEquals(Status.BAD, errors().status());
    }

    @Test
    void areNotBadByOneOfThreeRequests() {
        requests(2, false);
        requests(1, true);
        assertEquals(Status.WARN, errors().status());

        for (int i = 0; i < 3; i++) {
            profiling.recordRequest(StatementScope.request("GET /", "slow"), 5_000_000_000L, 200);
        }
        assertEquals(new HealthCheck("Latency", Status.OK, "too few requests to measure"), check("Latency"));
    }

    @Test
    void areOkDespiteAFewSlowStatements() {
        assertEquals(new HealthCheck("Slow statements", Status.OK, "4, listed below"), slow(4));
        assertEquals(new HealthCheck("Slow statements", Status.WARN, "5, listed below"), slow(5));
    }

    private static HealthCheck slow(long count) {
        return HealthChecks.slow(List.of(new Timeline.Step(Instant.EPOCH, 5000, 9, 0, 1, 1, 1, 9, count, 0)));
    }

    @Test
    void areAsBadAsTheWorstCheckOfAPanel() {
        Panel panel = new Panel(
                "Pool",
                List.of(),
                List.of(
                        new HealthCheck("Pool", Status.WARN, "full"),
                        new HealthCheck("Database", Status.BAD, "unavailable")));

        assertEquals(Status.BAD, HealthChecks.worst(HealthChecks.checks(profiling.timeline(), List.of(panel))));
    }
}
