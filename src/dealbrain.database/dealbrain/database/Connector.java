package dealbrain.database;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;
import org.slf4j.LoggerFactory;

/**
 * Makes the connections of the pool, and tries again four times a second while none can be made. The pool by itself would wait
 * longer from time to time, up to five seconds, for which nobody is served although the database is back. Only the pool's own
 * thread waits here; who wants a connection waits no longer than the pool lets them.
 */
final class Connector implements DataSource {
    private static final org.slf4j.Logger LOG = LoggerFactory.getLogger(Connector.class);
    private static final int PAUSE_MILLIS = 250;
    /** A server that restarts is back in less, and nobody needs to be turned away. */
    private static final long RESTART_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final DatabaseUrl url;
    private final Properties properties;
    /** When the first attempt began that failed, by {@link System#nanoTime}; null while the last one did not. */
    private volatile @Nullable Long failingSince;

    Connector(DatabaseUrl url, Properties properties) {
        this.url = url;
        this.properties = properties;
    }

    /** Whether no connection could be made for longer than a restart takes; the pool's thread goes on trying meanwhile. */
    boolean isAway() {
        Long since = failingSince;
        return since != null && System.nanoTime() - since > RESTART_NANOS;
    }

    /** @throws SQLException only when interrupted, as the pool does when it is closed */
    @Override
    public Connection getConnection() throws SQLException {
        while (true) {
            long start = System.nanoTime();
            try {
                Connection connection = new Driver().connect(url.jdbcUrl(), properties);
                if (connection == null) {
                    throw new IllegalStateException("not a URL of PostgreSQL: " + url);
                }
                if (failingSince != null) {
                    LOG.atInfo().addKeyValue("database", url).log("connected to the database again");
                    failingSince = null;
                }
                return connection;
            } catch (SQLException e) {
                if (failingSince == null) {
                    LOG.atWarn()
                            .addKeyValue("database", url)
                            .addKeyValue("reason", DatabaseUnavailableException.firstLine(e.getMessage()))
                            .log("cannot connect to the database; trying again until it is back");
                    failingSince = start;
                }
                pause(e);
            }
        }
    }

    private static void pause(SQLException reason) throws SQLException {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw reason;
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLFeatureNotSupportedException("there is one user, that of the URL");
    }

    @Override
    public @Nullable PrintWriter getLogWriter() {
        return null;
    }

    @Override
    public void setLogWriter(@Nullable PrintWriter out) {
        // the log is SLF4J's
    }

    /** Does nothing: how long connecting may take is among the properties. */
    @Override
    public void setLoginTimeout(int seconds) {
        // see above
    }

    @Override
    public int getLoginTimeout() {
        return Database.CONNECT_SECONDS;
    }

    @Override
    public Logger getParentLogger() throws SQLFeatureNotSupportedException {
        throw new SQLFeatureNotSupportedException("the log is SLF4J's");
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        throw new SQLException("nothing is wrapped");
    }

    @Override
    public boolean isWrapperFor(Class<?> type) {
        return false;
    }
}
