package dealbrain.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.time.Duration;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Opens the connections of the pool, and retries four times a second while the server cannot be reached. HikariCP's own
 * retries come up to five seconds apart. Only the pool's thread waits here.
 */
final class RetryingDataSource implements DataSource {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(RetryingDataSource.class);
    private static final Duration PAUSE = Duration.ofMillis(250);
    /** A restart of the server takes less, and requests wait for it. */
    private static final Duration RESTART = Duration.ofSeconds(1);

    private final DatabaseUrl url;
    private final Properties properties;
    /** The start of the first failed attempt in a row, by {@link System#nanoTime}; null after a success. */
    private volatile @Nullable Long failingSince;

    RetryingDataSource(DatabaseUrl url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    /** Returns whether connecting has failed for longer than a restart takes. */
    boolean isAway() {
        Long since = failingSince;
        return since != null && System.nanoTime() - since > RESTART.toNanos();
    }

    /** @throws SQLException the pool was closed meanwhile, which interrupts its thread */
    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            long start = System.nanoTime();
            try {
                Connection connection = ConnectionSettings.driverConnection(url, properties);
                if (failingSince != null) {
                    log(Level.INFO).log("reconnected to the database");
                    failingSince = null;
                }
                return connection;
            } catch (SQLException e) {
                if (failingSince == null) {
                    log(Level.WARN)
                            .addKeyValue("reason", DatabaseUnavailableException.reason(e))
                            .log("cannot connect to the database; retrying");
                    failingSince = start;
                }
                pause(e);
            }
        }
    }

    private LoggingEventBuilder log(Level level) {
        return LOG.atLevel(level)
                .addKeyValue("database", url)
                .addKeyValue("application", properties.getProperty("ApplicationName"));
    }

    private static void pause(SQLException reason) throws SQLException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("the user is part of the URL");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    /** Does nothing: the log is SLF4J's. */
    @Override
    public void setLogWriter(@Nullable PrintWriter out) {}

    /** Does nothing: the timeout is part of the properties. */
    @Override
    public void setLoginTimeout(int seconds) {}

    @Override
    public int getLoginTimeout() {
        return (int) ConnectionSettings.CONNECT_TIMEOUT.toSeconds();
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the log is SLF4J's");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("wraps no " + type.getName());
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
