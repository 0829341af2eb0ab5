package dealbrain.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;

/** The database cannot be used. The message is one sentence for the person who starts the program; no stack is needed. */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    // Shutdown, crash and start of the server, a statement or a lock that took too long, a server that takes no writes.
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25006", "25P03");

    public DatabaseUnavailableException(String message) {
        super(message);
    }

    DatabaseUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Says what the server answered to a connection for {@code url}, and what to do. */
    static DatabaseUnavailableException to(DatabaseUrl url, SQLException cause) {
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        String advice = switch (state) {
            case "28P01", "28000" -> "check user and password in the database URL";
            case "3D000" -> "create the database, or correct its name in the database URL";
            case "53300" -> "raise max_connections of the server, or give this program a smaller pool";
            case "57P03" -> "wait until the server has started";
            default -> "check that PostgreSQL runs there and that the database URL is right";
        };
        String said = firstLine(cause.getMessage()).replaceFirst("^FATAL: ", "").replaceFirst("\\.? Check that .*", "");
        return new DatabaseUnavailableException(
                "the database at " + url.address() + " cannot be used by " + url.user() + ": " + said + "; " + advice,
                cause);
    }

    static String firstLine(@Nullable String text) {
        return text == null
                ? "no reason was given"
                : text.lines().findFirst().orElse("").strip();
    }

    /**
     * Whether {@code thrown}, or what caused it, means that the database or the pool cannot serve now, and the same
     * request may work later: the connection was refused or lost, no connection was free in time, the server shuts
     * down, starts, is out of resources, takes no writes, or gave up a statement that took too long. Lost races
     * (40001, 40P01) are not among them: whoever asked must retry those.
     */
    public static boolean isCauseOf(Throwable thrown) {
        return CauseChain.of(thrown)
                .anyMatch(cause -> cause instanceof DatabaseUnavailableException
                        || cause instanceof ConnectionException
                        || cause instanceof SQLTransientConnectionException
                        || (cause instanceof SQLException failed && isAway(failed.getSQLState())));
    }

    private static boolean isAway(@Nullable String state) {
        return state != null && (state.startsWith("08") || state.startsWith("53") || STATES.contains(state));
    }
}
