package dealbrain.testing;

import dealbrain.profiling.ProfilerMode;
import dealbrain.profiling.ProfilerOptions;
import dealbrain.profiling.StatementProfiler;
import dealbrain.profiling.StatementScope;
import java.util.function.Supplier;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Counts statements: a promise of many methods. A statement that is run twice within what is counted fails the test, whatever
 * the count, since that is how N+1 begins. As an extension, ordered after the database, it asserts counts:
 *
 * <pre>{@code
 * @Order(2)
 * @RegisterExtension
 * static final StatementCounter statements = new StatementCounter(database::jdbi);
 *
 * Listing found = statements.expect(1, () -> listings.get(id));
 * }</pre>
 */
public final class StatementCounter implements BeforeAllCallback {
    private static final StatementProfiler PROFILER = new StatementProfiler(ProfilerOptions.of(ProfilerMode.FULL));

    private final Supplier<Jdbi> jdbi;

    public StatementCounter(Supplier<Jdbi> jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        listenTo(jdbi.get());
    }

    /** Has a Jdbi heard, as {@code Main} does; to be called before the first count. */
    public static void listenTo(Jdbi jdbi) {
        PROFILER.install(jdbi);
    }

    /** How many statements the work runs on this thread, each another one. */
    public static int count(Runnable work) {
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.runUnreported(scope, () -> {
            work.run();
            refuseRepetition(scope);
            return scope.count();
        });
    }

    /** How many statements the work runs that repeats some of them on purpose, such as page by page. */
    public static int countWithRepetition(Runnable work) {
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.runUnreported(scope, () -> {
            work.run();
            return scope.count();
        });
    }

    /** Does the work, which must run so many statements, each another one. */
    public <T> T expect(int statements, Supplier<T> work) {
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.runUnreported(scope, () -> {
            T result = work.get();
            refuseRepetition(scope);
            if (scope.count() != statements) {
                throw new AssertionError("expected " + statements + " statements, but there were " + scope.count()
                        + ": " + scope.executedAtLeast(1));
            }
            return result;
        });
    }

    private static void refuseRepetition(StatementScope scope) {
        if (!scope.executedAtLeast(2).isEmpty()) {
            throw new AssertionError("these statements were run more than once: " + scope.executedAtLeast(2));
        }
    }
}
