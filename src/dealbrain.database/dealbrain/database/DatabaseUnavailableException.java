package dealbrain.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** The database is unavailable. The message is one sentence for the operator, who needs no stack trace. */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    // Shutdown, crash and start of the server, timeouts of statements and locks, a read-only server.
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25006", "25P03");

    public DatabaseUnavailableException(String message) {
        super(message);
    }

    public DatabaseUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns an exception with the reason why the connection failed and with what to do. */
    static DatabaseUnavailableException to(DatabaseUrl url, SQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String advice = switch (state) {
            case "28P01", "28000" -> "check user and password in the database URL";
            case "3D000" -> "create the database, or correct its name in the database URL";
            case "53300" -> "raise max_connections of the server, or lower DEALBRAIN_POOL_SIZE";
            case "57P03" -> "wait until the server has started";
            default -> "check that PostgreSQL runs there and that the database URL is right";
        };
        String reason =
                firstLine(cause.getMessage()).replaceFirst("^FATAL: ", "").replaceFirst("\\.? Check that .*", "");
        return new DatabaseUnavailableException(
                "the database at " + url.address() + " cannot be used by " + url.user() + ": " + reason + "; " + advice,
                cause);
    }

    static String firstLine(@Nullable String text) {
        return text == null
                ? "unknown reason"
                : text.lines().findFirst().orElse("").strip();
    }

    /**
     * Returns whether {@code thrown} or one of its causes means that the database is unavailable for now: the
     * connection was refused or lost, no connection was free in time, a timeout cancelled the statement, or the server
     * is starting, stopping, out of resources or read-only. Deadlocks and serialization failures (40P01, 40001) do not
     * count; {@link Transactions} retries them.
     */
    public static boolean isCauseOf(Throwable thrown) {
        return CauseChain.of(thrown)
                .anyMatch(cause -> cause instanceof DatabaseUnavailableException
                        || cause instanceof ConnectionException
                        || cause instanceof SQLTransientConnectionException
                        || (cause instanceof SQLException failed && isUnavailable(failed.getSQLState())));
    }

    private static boolean isUnavailable(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || STATES.contains(state));
    }
}
