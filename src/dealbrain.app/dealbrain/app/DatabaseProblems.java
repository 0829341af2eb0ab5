package dealbrain.app;

import dealbrain.database.DatabaseUnavailableException;
import dealbrain.http.ProblemException;
import java.time.Duration;
import java.util.Optional;

/** What a fault of the database means to a client. */
final class DatabaseProblems {
    private DatabaseProblems() {}

    static Optional<ProblemException> meaning(Throwable thrown) {
        return DatabaseUnavailableException.isCauseOf(thrown)
                ? Optional.of(ProblemException.unavailable(
                        "the database cannot serve just now; try again in a second", Duration.ofSeconds(1)))
                : Optional.empty();
    }
}
