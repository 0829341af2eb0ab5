package dealbrain.operations;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementScope;
import dealbrain.profiling.TelemetryOptions;
import dealbrain.testing.StatementCounter;
import dealbrain.testing.TestDatabase;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class VersionsTest {
    @Order(1)
    @RegisterExtension
    static final TestDatabase database = new TestDatabase();

    @Order(2)
    @RegisterExtension
    static final StatementCounter statements = new StatementCounter(database::jdbi);

    private Profiling profiling = start();

    private static Profiling start() {
        return Profiling.start(ProfilerOptions.of(ProfilerMode.COUNT), TelemetryOptions.withoutExport("test"));
    }

    @BeforeEach
    void delete() {
        sql("DELETE FROM version_statistics");
    }

    @AfterEach
    void close() {
        profiling.close();
    }

    private static void sql(String text) {
        database.jdbi().useHandle(handle -> handle.execute(text));
    }

    private void restart() {
        profiling.close();
        profiling = start();
    }

    private void requests(int count, long millis) {
        for (int i = 0; i < count; i++) {
            profiling.recordRequest(StatementScope.request("GET /", "id"), millis * 1_000_000, 200);
        }
    }

    private Versions versions(String version) {
        return new Versions(profiling, database.jdbi(), version);
    }

    private void store(String version) {
        assertEquals(1, StatementCounter.count(versions(version)::store));
    }

    @Test
    void areComparedWithTheVersionThatWasUsedBefore() {
        requests(100, 10);
        store("1.0.0");
        restart();
        requests(100, 30);
        store("1.1.0");

        VersionReport report = statements.expect(1, versions("1.1.0")::report);

        assertEquals("1.0.0", report.previous());
        assertEquals(1, report.changes().size());
        VersionChange change = report.changes().getFirst();
        assertEquals("GET /", change.name());
        assertEquals(100, change.now().executions());
        assertEquals(10, Math.round(change.before().p95Ms()));
        String growth = VersionTable.rows(report).getFirst().get("growth");
        assertTrue(growth.matches("p95 10\\.\\d ms → 30\\.\\d ms"), growth); // the histogram rounds
        assertNull(versions("1.0.0").report().previous(), "the first one has none");
    }

    @Test
    void areThoseOfTheServerWithTheMostExecutions() {
        requests(100, 10);
        store("1.0.0");
        restart();
        requests(3, 500);
        store("1.0.0");

        assertEquals(100, executions("1.0.0"));
        requests(98, 500);
        store("1.0.0");
        assertEquals(101, executions("1.0.0"));
    }

    private long executions(String version) {
        return versions(version).report().changes().getFirst().now().executions();
    }

    @Test
    void areKeptOfThreeVersions() {
        requests(1, 1);
        for (String version : List.of("1", "2", "3", "4")) {
            store(version);
        }
        store("4"); // the statement before did not see its own rows

        assertEquals(
                List.of("2", "3", "4"),
                database.jdbi()
                        .withHandle(handle -> handle.createQuery("SELECT version FROM version_statistics ORDER BY 1")
                                .mapTo(String.class)
                                .list()));
    }

    @Test
    void growIfStatementsOrDurationsDo() {
        VersionStatistics before = route(100, 10, 2, 3);
        assertEquals(List.of(), growth(before, route(100, 12, 2, 3)));
        assertEquals(List.of("statements 2 → 3", "most statements 3 → 40"), growth(before, route(100, 1, 3, 40)));
        assertEquals(List.of("p95 10.0 ms → 20.0 ms"), growth(before, route(100, 20, 2, 3)));
        assertEquals(List.of(), growth(before, route(VersionTable.MIN_EXECUTIONS - 1, 20, 2, 3)), "too few");
        assertEquals(List.of(), growth(null, before), "new");
    }

    private static VersionStatistics route(long executions, double p95, long median, long max) {
        return new VersionStatistics(executions, p95, median, max, null, null, null);
    }

    private static List<String> growth(@Nullable VersionStatistics before, VersionStatistics now) {
        return VersionTable.growth(new VersionChange(VersionSubject.ROUTE, "GET /", now, before));
    }

    @Test
    void comparePlansWithoutTheirEstimates() {
        String plan = Versions.hash("Index Scan using a on b  (cost=0.15..74.90 rows=357 width=40)\n  Index Cond: (x)");

        assertEquals(
                plan, Versions.hash("Index Scan using a on b  (cost=1.15..9.90 rows=1 width=4)\n  Index Cond: (x)"));
        assertNotEquals(plan, Versions.hash("Seq Scan on b  (cost=0.15..74.90 rows=357 width=40)"));
    }
}
