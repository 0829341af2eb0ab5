package dealbrain.testing;

import dealbrain.profiling.StatementProfiler;
import dealbrain.profiling.StatementScope;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The rows that a test with {@link Statements} creates, and the number of statements of its work. Not thread-safe. */
public final class Rows {
    private final int number;
    private final boolean different;
    private OptionalInt statements = OptionalInt.empty();

    Rows(int number, boolean different) {
        this.number = number;
        this.different = different;
    }

    public int number() {
        return number;
    }

    /** Returns whether the rows refer to other things each, instead of all to the same ones. */
    public boolean areDifferent() {
        return different;
    }

    /** Does the work of the test, and counts its statements. To be called once. */
    public <T> T count(Supplier<T> work) {
        if (statements.isPresent()) {
            throw new IllegalStateException("a test has one call of count");
        }
        StatementScope scope = StatementScope.job("test");
        return StatementProfiler.runUnreported(scope, () -> {
            T result = work.get();
            StatementCounter.failOnRepetition(scope);
            statements = OptionalInt.of(scope.count());
            return result;
        });
    }

    /** Returns the number of statements; empty before {@link #count}. */
    OptionalInt statements() {
        return statements;
    }

    @Override
    public String toString() {
        return number + (number == 1 ? " row" : different ? " different rows" : " equal rows");
    }
}
