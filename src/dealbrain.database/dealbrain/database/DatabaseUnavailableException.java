package dealbrain.database;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import javax.net.ssl.SSLException;
import org.jdbi.v3.core.ConnectionException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** The database is unavailable. The message is one sentence for the operator, who needs no stack trace. */
public final class DatabaseUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    // Shutdown, crash and start of the server, timeouts of statements, locks and transactions, a read-only server.
    private static final Set<String> STATES =
            Set.of("57P01", "57P02", "57P03", "57P05", "57014", "55P03", "25006", "25P03", "25P04");

    public DatabaseUnavailableException(String message) {
        super(message);
    }

    public DatabaseUnavailableException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Returns an exception with the reason why the connection failed and with what to do. */
    static DatabaseUnavailableException to(DatabaseUrl url, SQLException cause) {
        return new DatabaseUnavailableException(
                "the database at " + url.address() + " cannot be used by " + url.user() + ": " + reason(cause) + "; "
                        + advice(url, cause),
                cause);
    }

    /**
     * Returns why a connection or a statement failed, in one line: the driver's message or, where that says only that the connection
     * failed, the innermost cause.
     */
    public static String reason(SQLException failure) {
        Throwable innermost = CauseChain.of(failure).reduce(failure, (_, next) -> next);
        ServerErrorMessage ofServer = failure instanceof PSQLException known ? known.getServerErrorMessage() : null;
        if (ofServer != null) {
            return firstLine(ofServer.getMessage()); // without FATAL, which is translated
        }
        if (innermost instanceof UnknownHostException unknown) {
            return "the host " + unknown.getMessage() + " is unknown";
        }
        boolean isTold = innermost instanceof ConnectException || innermost instanceof FileNotFoundException;
        boolean isOfNetwork = innermost instanceof IOException || isOfTls(failure);
        Throwable best = isOfNetwork && !isTold && innermost.getMessage() != null ? innermost : failure;
        return firstLine(best.getMessage())
                .replaceFirst("\\.? Check that .*", "")
                .replaceFirst("\\.$", "");
    }

    private static boolean isOfTls(SQLException failure) {
        return CauseChain.of(failure)
                .anyMatch(cause -> cause instanceof SSLException || cause instanceof GeneralSecurityException);
    }

    private static String advice(DatabaseUrl url, SQLException cause) {
        if (CauseChain.of(cause).anyMatch(UnknownHostException.class::isInstance)) {
            return "check the host in the database URL";
        }
        String state = cause.getSQLState() == null ? "" : cause.getSQLState();
        boolean requiresTls = url.parameters().keySet().stream()
                .anyMatch(name ->
                        Set.of("sslmode", "ssl", "sslrootcert", "sslfactory").contains(name));
        if (isOfTls(cause) || (state.equals("08006") && requiresTls)) {
            return "check sslmode, the host name, and sslrootcert in the database URL: the file with the certificate of"
                    + " the provider's authority, or system for the authorities that Java trusts";
        }
        return switch (state) {
            case "28P01" -> "check user and password in the database URL";
            case "08004" ->
                "check user and password in the database URL"
                        + (requiresTls ? "; a server without TLS needs sslmode=disable" : "");
            case "28000" ->
                "check user and password in the database URL, and whether pg_hba.conf of the server allows this user"
                        + " and this machine; a server that requires TLS needs sslmode=require";
            case "3D000" -> "create the database, or correct its name in the database URL";
            case "42501" -> "GRANT CONNECT on the database to the user";
            case "42601", "42704", "22023" -> "correct the parameters of the database URL, such as options";
            case "53300" -> "raise max_connections of the server, or lower DEALBRAIN_POOL_SIZE";
            case "57P03" -> "wait until the server has started";
            case "08P01" ->
                "a connection pooler must ignore the parameters extra_float_digits and options (docs/operations.md,"
                        + " PgBouncer); otherwise use the direct address of the server";
            default -> "check that PostgreSQL runs there and that the database URL is right";
        };
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
