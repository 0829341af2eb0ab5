package dealbrain.postgres;

import org.jspecify.annotations.Nullable;

/** The embedded PostgreSQL did not start. The message is one sentence for the user: the reason, and what to do. */
public final class PostgresStartException extends RuntimeException {
    private static final long serialVersionUID = 1;

    PostgresStartException(String message) {
        super(message);
    }

    PostgresStartException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
