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
import java.util.Optional;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * What the profiler adds to a statement, in nanoseconds. The hooks that Jdbi calls around a statement are called again and again
 * for one that has just run, with its result still open, within requests of two statements; so nothing of the database's own time is in the figure.
 * Started by {@code ./build.sh profiler-cost}.
 */
final class ProfilerCost {
    private static final int ROUNDS = 15;
    private static final int CALLS = 200_000;

    void main() {
        try (EmbeddedPostgres postgres = new EmbeddedPostgres(Path.of("build/perf"), Path.of("build/postgres"), false);
                Database database = Database.open(DatabaseUrl.parse(postgres.start()), 2)) {
            IO.println("nanoseconds a statement, median of " + ROUNDS + " rounds of " + CALLS
                    + ": lowest, median, highest");
            for (ProfilerMode mode : ProfilerMode.values()) {
                IO.println("%-6s %s"
                        .formatted(
                                mode.name().toLowerCase(),
                                mode == ProfilerMode.OFF ? "no logger is installed" : measure(mode, database)));
            }
        }
    }

    private static String measure(ProfilerMode mode, Database database) {
        ProfilerOptions options =
                ProfilerOptions.of(mode).slow(Duration.ofHours(1)).repeated(Integer.MAX_VALUE);
        try (Profiling profiling = Profiling.start(
                options, new TelemetryOptions(Optional.empty(), Duration.ofMinutes(1), "cost", "test"))) {
            profiling.statements().install(database.jdbi());
            long[] nanos = new long[ROUNDS];
            database.jdbi().setSqlLogger(new Repeating(profiling.statements(), nanos));
            database.jdbi()
                    .useHandle(handle -> handle.createQuery("SELECT i FROM generate_series(1, 100) i")
                            .mapTo(Integer.class)
                            .list());
            Arrays.sort(nanos);
            return "%,d  %,d  %,d".formatted(nanos[0], nanos[ROUNDS / 2], nanos[ROUNDS - 1]);
        }
    }

    /** Calls the hooks of another logger very often: twice in each request, since at the second time the line that called is looked up. */
    private record Repeating(StatementProfiler measured, long[] nanos) implements SqlLogger {
        @Override
        public void logAfterExecution(StatementContext context) {
            for (int round = -3; round < ROUNDS; round++) {
                long start = System.nanoTime();
                for (int i = 0; i < CALLS; i += 2) {
                    measured.run(StatementScope.request("GET /cost", "cost"), () -> twice(context));
                }
                if (round >= 0) { // after those that warm up
                    nanos[round] = (System.nanoTime() - start) / CALLS;
                }
            }
        }

        private StatementContext twice(StatementContext context) {
            for (int i = 0; i < 2; i++) {
                measured.logBeforeExecution(context);
                measured.logAfterExecution(context);
            }
            return context;
        }
    }
}
