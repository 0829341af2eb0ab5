package dealbrain.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import org.postgresql.Driver;

/** The properties of connections. Parameters of the URL take precedence where a method does not say otherwise. */
final class ConnectionSettings {
    static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);

    private static final String APPLICATION = "dealbrain";
    private static final Duration STATEMENT_TIMEOUT = Duration.ofSeconds(30);
    /** Shorter than that of a statement, or one locked table blocks all connections for as long. */
    private static final Duration LOCK_TIMEOUT = Duration.ofSeconds(10);

    private static final String APPLICATION_NAME = "ApplicationName";
    private static final String CONNECT = "connectTimeout";
    private static final String SOCKET = "socketTimeout";
    private static final String OPTIONS = "options";

    private ConnectionSettings() {}

    /** Returns the driver's properties for connections to {@code url}. */
    static Properties properties(DatabaseUrl url) {
        Properties properties = common(url);
        properties.putIfAbsent(CONNECT, seconds(CONNECT_TIMEOUT));
        properties.putIfAbsent(SOCKET, seconds(STATEMENT_TIMEOUT.plusSeconds(10))); // the server stops earlier
        StartupOptions ofUser = options(url);
        properties.setProperty(
                OPTIONS, ofUser.with(SessionSettings.requested(timeouts(STATEMENT_TIMEOUT, LOCK_TIMEOUT), ofUser)));
        return properties;
    }

    /**
     * Returns the properties for connections whose statements fail after {@code timeout}, at most that of other
     * connections. If the server does not respond, it takes up to a second more, as the driver counts in seconds. The
     * URL cannot change the timeouts.
     */
    static Properties properties(DatabaseUrl url, String purpose, Duration timeout) {
        Duration statement = timeout.compareTo(STATEMENT_TIMEOUT) < 0 ? timeout : STATEMENT_TIMEOUT;
        Duration socket = statement.truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
        Properties properties = common(url);
        properties.setProperty(APPLICATION_NAME, properties.getProperty(APPLICATION_NAME) + " " + purpose);
        properties.setProperty(CONNECT, seconds(socket.compareTo(CONNECT_TIMEOUT) < 0 ? socket : CONNECT_TIMEOUT));
        properties.setProperty(SOCKET, seconds(socket));
        Map<String, String> timeouts = timeouts(statement, statement);
        properties.setProperty(OPTIONS, withTimeouts(options(url), timeouts));
        return properties;
    }

    /** Returns the properties for migrations, whose statements may take any time, also if the URL has timeouts. */
    static Properties migration(DatabaseUrl url) {
        Properties properties = common(url);
        properties.putIfAbsent(CONNECT, seconds(CONNECT_TIMEOUT));
        properties.putIfAbsent("loginTimeout", "30"); // a server of another kind may never respond
        properties.setProperty(SOCKET, "0");
        properties.setProperty("preferQueryMode", "simple"); // a file is one text, in which errors have a position
        properties.setProperty(OPTIONS, withTimeouts(options(url), timeouts(Duration.ZERO, Duration.ZERO)));
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
        properties.setProperty(APPLICATION_NAME, APPLICATION);
        properties.putAll(url.parameters());
        return properties;
    }

    private static StartupOptions options(DatabaseUrl url) {
        return StartupOptions.parse(url.parameters().getOrDefault(OPTIONS, ""));
    }

    private static String withTimeouts(StartupOptions ofUser, Map<String, String> timeouts) {
        Map<String, String> settings = new LinkedHashMap<>(SessionSettings.requested(timeouts, ofUser));
        settings.putAll(timeouts);
        return ofUser.with(settings);
    }

    private static Map<String, String> timeouts(Duration statement, Duration lock) {
        Map<String, String> timeouts = new LinkedHashMap<>();
        timeouts.put("statement_timeout", statement.toMillis() + "ms");
        timeouts.put("lock_timeout", lock.toMillis() + "ms");
        timeouts.put("idle_in_transaction_session_timeout", "60s");
        return timeouts;
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
                statement.execute(SessionSettings.INITIAL_STATEMENTS);
            } catch (SQLException e) {
                connection.close();
                throw e;
            }
            return connection;
        } catch (SQLException e) {
            throw DatabaseUnavailableException.to(url, e);
        }
    }

    /** The properties contain the parameters of the URL, which would otherwise override them. */
    static Connection driverConnection(DatabaseUrl url, Properties properties) throws SQLException {
        Connection connection = new Driver().connect("jdbc:postgresql://" + url.address(), properties);
        if (connection == null) {
            throw new IllegalStateException("not a PostgreSQL URL: " + url);
        }
        return connection;
    }
}
