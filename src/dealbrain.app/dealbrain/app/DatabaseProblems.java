package dealbrain.app;

import dealbrain.database.DatabaseUnavailableException;
import dealbrain.http.ProblemException;
import java.time.Duration;
import java.util.Optional;

/** Maps errors of the database to problems of the API. */
final class DatabaseProblems {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private DatabaseProblems() {}

    /** Returns 503 if the error is caused by an unavailable database; empty for all other errors. */
    static Optional<ProblemException> toProblem(Throwable error) {
        if (!DatabaseUnavailableException.isCauseOf(error)) {
            return Optional.empty();
        }
        return Optional.of(ProblemException.unavailable(
                "the database is temporarily unavailable; try again in a second", RETRY_AFTER));
    }
}
