package dealbrain.database;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.FileNotFoundException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The exceptions are those of the driver. */
class DatabaseUnavailableExceptionTest {
    private static final DatabaseUrl URL =
            DatabaseUrl.parse("postgresql://ada:topsecret@db/deals?sslmode=verify-full&password=topsecret");

    private static String message(SQLException cause) {
        return String.valueOf(DatabaseUnavailableException.to(URL, cause).getMessage());
    }

    static Stream<Arguments> causes() {
        String failed = "The connection attempt failed.";
        CertificateException untrusted = new CertificateException("unable to find valid certification path");
        SSLHandshakeException handshake = new SSLHandshakeException("PKIX path building failed");
        handshake.initCause(untrusted);
        return Stream.of(
                Arguments.of(
                        new SQLException(failed, "08001", new UnknownHostException("db")),
                        "the host db is unknown; check the host in the database URL"),
                Arguments.of(
                        new SQLException(failed, "08001", new SocketTimeoutException("Connect timed out")),
                        "Connect timed out; check that PostgreSQL runs there"),
                Arguments.of(
                        new SQLException("SSL error: PKIX …", "08006", handshake),
                        "unable to find valid certification path; check sslmode"),
                Arguments.of(
                        new SQLException("The hostname db could not be verified by hostnameverifier X.", "08006"),
                        "The hostname db could not be verified by hostnameverifier X; check sslmode, the host name"),
                Arguments.of(
                        new SQLException(
                                "Could not open SSL root certificate file /a.",
                                "08006",
                                new FileNotFoundException("/a")),
                        "Could not open SSL root certificate file /a; check sslmode"),
                Arguments.of(
                        new SQLException("no encryption", "28000"), "a server that requires TLS needs sslmode=require"),
                Arguments.of(
                        new SQLException("The server does not support SSL.", "08004"),
                        "check user and password in the database URL; a server without TLS needs sslmode=disable"),
                Arguments.of(
                        new SQLException("invalid command-line argument for server process: endpoint=x", "42601"),
                        "correct the parameters of the database URL, such as options"),
                Arguments.of(
                        new SQLException("unsupported startup parameter: options", "08P01"), "a connection pooler"),
                Arguments.of(new SQLException("unknown", "42704"), "correct the parameters of the database URL"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void saysTheReasonAndWhatToDoInOneLine(SQLException cause, String expected) {
        String message = message(cause);
        assertTrue(message.startsWith("the database at db:5432/deals cannot be used by ada: "), message);
        assertTrue(message.contains(expected), message);
        assertFalse(message.contains("\n"), message);
        assertFalse(message.contains("topsecret"), message);
    }

    @Test
    void hasTheReasonOfTheLogOfThePool() {
        SQLException cause =
                new SQLException("The connection attempt failed.", "08001", new UnknownHostException("db"));
        assertEquals("the host db is unknown", DatabaseUnavailableException.reason(cause));
    }
}
