package dealbrain.testing;

import dealbrain.profiling.StatementProfiler;
import org.jdbi.v3.core.Jdbi;

/** Counts statements: a promise of many methods. */
public final class StatementCounter {
    private StatementCounter() {
    }

    /** Has a Jdbi heard, as {@code Main} does; to be called before the first count. */
    public static void listenTo(Jdbi jdbi) {
        jdbi.setSqlLogger(new StatementProfiler());
    }

    /** How many statements the work runs on this thread. */
    public static int count(Runnable work) {
        return StatementProfiler.profile(statements -> {
            work.run();
            return statements.count();
        });
    }
}
