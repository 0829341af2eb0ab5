package dealbrain.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/** The settings that each connection requests from the driver and the server. Parameters of the URL take precedence. */
final class ConnectionSettings {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    /** The driver sets the time zone of this machine when it connects. */
    static final String UTC = "SET TIME ZONE 'UTC'";

    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    /** Shorter than that of a statement, or one locked table blocks all connections for as long. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private ConnectionSettings() {}

    /** Returns the driver's properties for connections to {@code url}. */
    static Properties properties(DatabaseUrl url) {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("ApplicationName", "dealbrain");
        properties.setProperty("assumeMinServerVersion", "14"); // saves a round trip
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("binaryTransfer", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("logServerErrorDetail", "false"); // it contains the values of the row
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", seconds(CONNECT_TIMEOUT));
        properties.setProperty("socketTimeout", seconds(STATEMENT_TIMEOUT.plusSeconds(10))); // the server stops earlier
        // Planning the wide statements costs more than running them: the generic plan is kept with the prepared
        // statement.
        properties.setProperty(
                "options",
                "-c plan_cache_mode=force_generic_plan -c jit=off -c statement_timeout=" + seconds(STATEMENT_TIMEOUT)
                        + "s -c lock_timeout=" + seconds(LOCK_TIMEOUT)
                        + "s -c idle_in_transaction_session_timeout=60s");
        return properties;
    }

    private static String seconds(Duration timeout) {
        return String.valueOf(timeout.toSeconds());
    }

    /**
     * Opens a connection outside of the pool.
     *
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    static Connection connect(DatabaseUrl url, Properties properties) {
        try {
            Connection connection = driverConnection(url, properties);
            try (Statement statement = connection.createStatement()) {
                statement.execute(UTC);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            throw DatabaseUnavailableException.to(url, e);
        }
    }

    static Connection driverConnection(DatabaseUrl url, Properties properties) throws SQLException {
        Connection connection = new Driver().connect(url.jdbcUrl(), properties);
        if (connection == null) {
            throw new IllegalStateException("not a PostgreSQL URL: " + url);
        }
        return connection;
    }
}
