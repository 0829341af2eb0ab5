package dealbrain.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
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
        Properties properties = common(url);
        properties.setProperty("ApplicationName", "dealbrain");
        properties.setProperty("connectTimeout", seconds(CONNECT_TIMEOUT));
        properties.setProperty("socketTimeout", seconds(STATEMENT_TIMEOUT.plusSeconds(10))); // the server stops earlier
        properties.setProperty("options", options(STATEMENT_TIMEOUT, LOCK_TIMEOUT));
        return properties;
    }

    /**
     * Returns the properties for connections whose statements fail after {@code timeout}, at most that of other
     * connections. If the server does not respond, it takes up to a second more, as the driver counts in seconds.
     */
    static Properties properties(DatabaseUrl url, String application, Duration timeout) {
        Duration statement = timeout.compareTo(STATEMENT_TIMEOUT) < 0 ? timeout : STATEMENT_TIMEOUT;
        Duration socket = statement.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Properties properties = common(url);
        properties.setProperty("ApplicationName", application);
        properties.setProperty(
                "connectTimeout", seconds(socket.compareTo(CONNECT_TIMEOUT) < 0 ? socket : CONNECT_TIMEOUT));
        properties.setProperty("socketTimeout", seconds(socket));
        properties.setProperty("options", options(statement, statement));
        return properties;
    }

    private static Properties common(DatabaseUrl url) {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("assumeMinServerVersion", "14"); // saves a round trip
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("binaryTransfer", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("logServerErrorDetail", "false"); // it contains the values of the row
        properties.setProperty("tcpKeepAlive", "true");
        return properties;
    }

    /**
     * Returns the settings of the server. Planning the wide statements costs more than running them: the generic plan
     * is kept with the prepared statement.
     */
    private static String options(Duration statement, Duration lock) {
        return "-c plan_cache_mode=force_generic_plan -c jit=off -c statement_timeout=" + statement.toMillis()
                + "ms -c lock_timeout=" + lock.toMillis() + "ms -c idle_in_transaction_session_timeout=60s";
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
