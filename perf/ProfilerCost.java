import dealbrain.database.Database;
import dealbrain.database.DatabaseUrl;
import dealbrain.postgres.EmbeddedPostgres;
import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.Profiling;
import dealbrain.profiling.StatementProfiler;
import dealbrain.profiling.StatementScope;
import dealbrain.profiling.TelemetryOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Measures how many nanoseconds the profiler adds to a statement. Executes one statement and calls the hooks of the
 * profiler many times while its result is open. So the time of the database is not measured. Each pair of calls is a
 * request of its own. Started by {@code ./build.sh profiler-cost}.
 */
final class ProfilerCost {
    private static final int WARM_UP_ROUNDS = 3;
    private static final int ROUNDS = 15;
    private static final int CALLS = 200_000;

    void main() {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Path.of("build/perf"), Path.of("build/postgres"), false);
                Database database = Database.open(DatabaseUrl.parse(postgres.start()), 2)) {
            IO.println("nanoseconds per statement (lowest, median and highest of " + ROUNDS + " rounds)");
            for (ProfilerMode mode : ProfilerMode.values()) {
                String cost = mode == ProfilerMode.OFF ? "no profiler installed" : measure(mode, database);
                IO.println("%-6s %s".formatted(mode.name().toLowerCase(), cost));
            }
        }
    }

    private static String measure(ProfilerMode mode, Database database) {
        ProfilerOptions options = ProfilerOptions.of(mode)
                .withSlowThreshold(Duration.ofHours(1))
                .withRepeatedThreshold(Integer.MAX_VALUE);
        try (Profiling profiling = Profiling.start(options, TelemetryOptions.withoutExport("test"))) {
            profiling.statements().install(database.jdbi());
            long[] nanos = new long[ROUNDS];
            database.jdbi().setSqlLogger(new HookRepeater(profiling.statements(), nanos));
            database.jdbi()
                    .useHandle(handle -> handle.createQuery("SELECT i FROM generate_series(1, 100) i")
                            .mapTo(Integer.class)
                            .list());
            Arrays.sort(nanos);
            return "%,d  %,d  %,d".formatted(nanos[0], nanos[ROUNDS / 2], nanos[ROUNDS - 1]);
        }
    }

    /**
     * Calls the hooks of the profiler many times. Each request executes the statement twice, because the profiler looks
     * up the calling line when a statement is executed for the second time.
     */
    private record HookRepeater(StatementProfiler profiler, long[] nanos) implements SqlLogger {
        @Override
        public void logAfterExecution(StatementContext context) {
            for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < CALLS; i += 2) {
                    profiler.run(StatementScope.request("GET /cost", "cost"), () -> twice(context));
                }
                if (round >= 0) {
                    nanos[round] = (System.nanoTime() - start) / CALLS;
                }
            }
        }

        private StatementContext twice(StatementContext context) {
            for (int i = 0; i < 2; i++) {
                profiler.logBeforeExecution(context);
                profiler.logAfterExecution(context);
            }
            return context;
        }
    }
}
