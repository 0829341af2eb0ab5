package dealbrain.profiling;

import java.sql.SQLException;
import java.time.temporal.ChronoUnit;
import java.util.function.Function;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Hears of each statement of Jdbi and counts it for the piece of work that runs it, such as a request. The work is known by
 * a scoped value: nothing mixes between threads, and nothing is left behind. Safe for use by many threads.
 */
public final class StatementProfiler implements SqlLogger {
    private static final ScopedValue<Statements> CURRENT = ScopedValue.newInstance();

    /** Does the work with a count of its own, which the work is given. Work within counts for itself alone. */
    public static <T> T profile(Function<Statements, T> work) {
        Statements statements = new Statements();
        return ScopedValue.where(CURRENT, statements).call(() -> work.apply(statements));
    }

    @Override
    public void logAfterExecution(StatementContext context) {
        count(context);
    }

    @Override
    public void logException(StatementContext context, SQLException e) {
        count(context);
    }

    private static void count(StatementContext context) {
        if (CURRENT.isBound()) {
            CURRENT.get().add(context.getElapsedTime(ChronoUnit.NANOS));
        }
    }
}
