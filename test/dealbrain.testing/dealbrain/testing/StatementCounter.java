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
 * Counts SQL statements, because many methods guarantee their number. A statement that is executed twice within the
 * counted work fails the test, because repeated statements are the sign of an N+1 problem. As an extension, ordered
 * after the database, it asserts counts:
 *
 * <pre>{@code
 * @Order(2)
 * @RegisterExtension
 * static final StatementCounter statements = new StatementCounter(database::jdbi);
 *
 * Listing found = statements.expect(1, () -> listings.get(id));
 * }</pre>
 *
 * <p>{@link Statements} compares the counts for several numbers of rows.
 */
public final class StatementCounter implements BeforeAllCallback {
    private final Supplier<Jdbi> jdbi;

    public StatementCounter(Supplier<Jdbi> jdbi) {
        this.jdbi = jdbi;
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        listenTo(jdbi.get());
    }

    /** Installs the profiler in a Jdbi, as {@code Main} does. Must be called before the first count. */
    public static void listenTo(Jdbi jdbi) {
        // Of its own: a profiler tells a limited number of texts apart, fewer than all tests execute.
        new StatementProfiler(ProfilerOptions.of(ProfilerMode.FULL)).install(jdbi);
    }

    /** Returns how many statements the work executes on this thread. Fails if one is executed twice. */
    public static int count(Runnable work) {
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.runUnreported(scope, () -> {
            work.run();
            failOnRepetition(scope);
            return scope.count();
        });
    }

    /** Returns how many statements the work executes. It may repeat them, for example to read page by page. */
    public static int countWithRepetition(Runnable work) {
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.runUnreported(scope, () -> {
            work.run();
            return scope.count();
        });
    }

    /** Runs the work. Fails unless it executes exactly {@code statements} different statements, each once. */
    public <T> T expect(int statements, Supplier<T> work) {
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.runUnreported(scope, () -> {
            T result = work.get();
            failOnRepetition(scope);
            if (scope.count() != statements) {
                throw new AssertionError("expected " + statements + " statements, but there were " + scope.count()
                        + ": " + scope.executedAtLeast(1));
            }
            return result;
        });
    }

    static void failOnRepetition(StatementScope scope) {
        if (!scope.executedAtLeast(2).isEmpty()) {
            throw new AssertionError("these statements were run more than once: " + scope.executedAtLeast(2));
        }
    }
}
