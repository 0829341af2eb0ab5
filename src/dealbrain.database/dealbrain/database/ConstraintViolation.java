package dealbrain.database;

import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/**
 * A constraint that a statement would have broken, so that a service can answer with the rule instead of an error.
 *
 * @param constraint its name; the column's when the constraint has none (NOT NULL before PostgreSQL 18)
 * @param sqlState   of class 23 (PostgreSQL manual, appendix A)
 */
public record ConstraintViolation(String constraint, String sqlState) {

    /** Looks for the violation in {@code thrown} and what caused it, also when the statement was one of a batch. */
    public static Optional<ConstraintViolation> of(Throwable thrown) {
        return Causes.of(thrown)
                .filter(cause -> cause instanceof PSQLException)
                .flatMap(cause -> Stream.ofNullable(((PSQLException) cause).getServerErrorMessage()))
                .map(said -> new ConstraintViolation(name(said), Objects.requireNonNullElse(said.getSQLState(), "")))
                .filter(violation -> violation.sqlState.startsWith("23"))
                .findFirst();
    }

    private static String name(ServerErrorMessage said) {
        String name = said.getConstraint() == null ? said.getColumn() : said.getConstraint();
        return Objects.requireNonNullElse(name, "");
    }

    /** There is one already: a primary key, UNIQUE or an exclusion. */
    public boolean isDuplicate() {
        return sqlState.equals("23505") || sqlState.equals("23P01");
    }

    /** A row that is referred to is not there, or one that others refer to would go. */
    public boolean isForeignKey() {
        return sqlState.equals("23503") || sqlState.equals("23001");
    }
}
