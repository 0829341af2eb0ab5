package dealbrain.testing;

import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.StatementProfiler;
import dealbrain.profiling.StatementScope;
import org.jdbi.v3.core.Jdbi;

/** Counts statements: a promise of many methods. */
public final class StatementCounter {
    private static final StatementProfiler PROFILER = new StatementProfiler(ProfilerOptions.of(ProfilerMode.FULL));

    private StatementCounter() {
    }

    /** Has a Jdbi heard, as {@code Main} does; to be called before the first count. */
    public static void listenTo(Jdbi jdbi) {
        PROFILER.install(jdbi);
    }

    /** How many statements the work runs on this thread. */
    public static int count(Runnable work) {
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.count(scope, () -> {
            work.run();
            return scope.count();
        });
    }
}
