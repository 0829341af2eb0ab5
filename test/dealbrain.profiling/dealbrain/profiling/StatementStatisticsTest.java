package dealbrain.profiling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.testing.Concurrently;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.statement.SqlLogger;
import org.junit.jupiter.api.Test;

class StatementStatisticsTest extends ProfilerFixture {
    @Test
    void countRowsRoutesErrorsAndDurations() {
        StatementProfiler profiler = install(FULL);
        in(profiler, request(), () -> assertEquals(7, dao.numbers(7).size()));
        in(profiler, StatementScope.job("count"), () -> dao.numbers(3));
        assertThrows(JdbiException.class, () -> dao.numbers(-1));

        StatementReport report = profiler.statements().getFirst();
        assertEquals(3, report.count());
        assertEquals(10, report.rows());
        assertEquals(1, report.errorCount());
        assertEquals("count", report.lastRoute());
        assertEquals("SleepDao.numbers", report.daoMethod());
        assertTrue(
                report.p50Ms() > 0 && report.p50Ms() <= report.p99Ms() && report.p99Ms() <= report.maxMs(),
                report::toString);
        StatementDetails details = profiler.statement(report.fingerprint()).orElseThrow();
        assertEquals(
                3,
                details.histogram().stream().mapToLong(HistogramBucket::count).sum());
        assertEquals(2, details.routes().size());
    }

    @Test
    void countChangedRows() {
        StatementProfiler profiler = install(FULL);

        jdbi.useHandle(handle -> {
            handle.execute("CREATE TEMPORARY TABLE changed AS SELECT i FROM generate_series(1, 5) i");
            handle.execute("UPDATE changed SET i = i + 1");
            handle.execute("DROP TABLE changed");
        });

        assertEquals(
                5,
                profiler.statements().stream()
                        .filter(each -> each.summary().equals("UPDATE changed"))
                        .findFirst()
                        .orElseThrow()
                        .rows());
    }

    @Test
    void areRecordedOnceWhenInstalledTwice() {
        StatementProfiler profiler = install(FULL);
        profiler.install(jdbi);

        assertEquals(1, in(profiler, request(), () -> query(1)));
        assertEquals(1, profiler.statements().getFirst().count());
    }

    @Test
    void canBeReadWhileTheyAreWritten() {
        Durations durations = new Durations();
        AtomicInteger left = new AtomicInteger(3);

        List<String> outcomes = Concurrently.run(4, number -> {
            if (number > 0) {
                for (int i = 1; i <= 200_000; i++) {
                    durations.record(1000L * i);
                }
                left.decrementAndGet();
            } else {
                while (left.get() > 0) {
                    durations.percentiles();
                    durations.buckets();
                }
            }
        });

        assertEquals(Collections.nCopies(4, "ok"), outcomes);
        assertEquals(
                600_000,
                durations.buckets().stream().mapToLong(HistogramBucket::count).sum());
    }

    @Test
    void areLimitedTo500Statements() {
        StatementProfiler profiler = install(FULL);

        jdbi.useHandle(handle -> {
            for (int i = 0; i < 600; i++) {
                handle.execute("SELECT " + i);
            }
        });

        assertEquals(500, profiler.statements().size());
    }

    @Test
    void areNotRecordedWhenOff() {
        jdbi.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
        StatementProfiler profiler = install(ProfilerOptions.of(ProfilerMode.OFF));

        in(profiler, request(), () -> query(20));

        assertEquals(List.of(), profiler.statements());
        assertEquals(List.of(), log.all());
    }

    @Test
    void areKeptForStepsOfTimeAndWarnings() {
        Instant[] now = {Instant.parse("2026-01-31T12:00:00Z")};
        Timeline timeline = new Timeline(() -> now[0]);
        StatementScope scope = request();
        timeline.recordRequest(2_000_000, false, 3);
        timeline.recordRequest(8_000_000, true, 1);
        timeline.recordSlow(SqlText.of("SELECT 1"), "SLOW", scope);
        now[0] = now[0].plusSeconds(5);
        timeline.endStep();
        now[0] = now[0].plusSeconds(5);
        timeline.endStep();

        Timeline.Step first = timeline.steps().getFirst();
        assertEquals(2, first.requests());
        assertEquals(0.4, first.rate());
        assertEquals(1, first.errors());
        assertEquals(4, first.statements());
        assertEquals(1, first.slow());
        assertTrue(first.p99() >= 8 && first.p50() < 3, first::toString);
        assertEquals(0, timeline.steps().getLast().requests());
        timeline.recordRepeated(SqlText.of("SELECT 1"), "N+1", scope);
        timeline.recordSlow(SqlText.of("SELECT 1"), "SLOWER", scope);
        assertEquals(
                List.of(
                        new Timeline.Warning(now[0], "SLOWER", "GET /things/{id}", 2),
                        new Timeline.Warning(now[0], "N+1", "GET /things/{id}", 1)),
                timeline.warnings());
        assertEquals(1, timeline.currentStep().repeated());
    }
}
