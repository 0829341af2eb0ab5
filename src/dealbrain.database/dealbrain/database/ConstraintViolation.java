package dealbrain.database;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A violation of a constraint of the database. A service translates it into a problem, which would otherwise be an
 * internal error.
 *
 * @param constraint the name of the constraint, or of the column when the constraint has no name (NOT NULL before
 *                   PostgreSQL 18)
 * @param sqlState   of class 23 (PostgreSQL manual, appendix A)
 */
public record ConstraintViolation(String constraint, String sqlState) {

    /** Finds the violation in {@code thrown} and its causes, also when the statement was part of a batch. */
    public static Optional<ConstraintViolation> of(Throwable thrown) {
        return CauseChain.of(thrown)
                .filter(cause -> cause instanceof PSQLException)
                .flatMap(cause -> Stream.ofNullable(((PSQLException) cause).getServerErrorMessage()))
                .map(error -> new ConstraintViolation(name(error), Objects.requireNonNullElse(error.getSQLState(), "")))
                .filter(violation -> violation.sqlState.startsWith("23"))
                .findFirst();
    }

    private static String name(ServerErrorMessage error) {
        String name = error.getConstraint() == null ? error.getColumn() : error.getConstraint();
        return Objects.requireNonNullElse(name, "");
    }

    /**
     * Returns the result of {@code work}. Throws the exception that {@code translation} returns if a statement of the
     * work violates a constraint that {@code which} accepts. Example: {@code translate(() -> dao.insert(id),
     * ConstraintViolation::isForeignKey, _ -> notFound(id))}.
     *
     * @throws UnableToExecuteStatementException any other failure of a statement
     */
    public static <T> T translate(
            Supplier<T> work,
            Predicate<ConstraintViolation> which,
            Function<ConstraintViolation, ? extends RuntimeException> translation) {
        try {
            return work.get();
        } catch (UnableToExecuteStatementException e) {
            Optional<ConstraintViolation> violation = of(e).filter(which);
            if (violation.isPresent()) {
                throw translation.apply(violation.get());
            }
            throw e;
        }
    }

    /** Runs {@code work}. Throws the same exceptions as the method for work with a result. */
    public static void translate(
            Runnable work,
            Predicate<ConstraintViolation> which,
            Function<ConstraintViolation, ? extends RuntimeException> translation) {
        Supplier<Boolean> done = () -> {
            work.run();
            return true;
        };
        translate(done, which, translation);
    }

    /** Returns whether the row exists already: a primary key, UNIQUE or an exclusion. */
    public boolean isDuplicate() {
        return sqlState.equals("23505") || sqlState.equals("23P01");
    }

    /** Returns whether the row refers to a row that does not exist, or is still referred to. */
    public boolean isForeignKey() {
        return sqlState.equals("23503") || sqlState.equals("23001");
    }
}
