package dealbrain.database;

import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.argument.AbstractArgumentFactory;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.argument.ArgumentFactory;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.jdbi.v3.sqlobject.SqlObjectPlugin;
import org.jspecify.annotations.Nullable;

/** The connection pool and its Jdbi. Thread-safe, also with virtual threads. */
public final class Database implements AutoCloseable {
    private static final String APPLICATION = "dealbrain";
    private static final int HEALTH_SECONDS = 1;

    private final ConnectionPool pool;
    private final Jdbi jdbi;

    private Database(ConnectionPool pool) {
        this.pool = pool;
        this.jdbi = Jdbi.create(pool)
                .installPlugin(new SqlObjectPlugin())
                .installPlugin(new PostgresPlugin())
                .registerRowMapper(new RecordMapper.Factory())
                .registerArgument(new InstantArgument())
                .registerArgument(new EnumArgument())
                .registerColumnMapper(Instant.class, (row, column, _) -> {
                    Timestamp value = row.getTimestamp(column);
                    return value == null ? null : value.toInstant();
                });
        jdbi.registerExtension(new DaoFactory(jdbi));
        // Statements are constant. The default engine would read "a <b> c" as a template.
        jdbi.getConfig(SqlStatements.class)
                .setTemplateEngine(TemplateEngine.NOP)
                .setSqlParser(new NamedParameterParser());
        // Messages are logged, and must not contain the values of parameters.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /** Opens a pool of {@code poolSize} connections without a listener. */
    public static Database open(DatabaseUrl url, int poolSize) {
        return open(url, poolSize, PoolListener.NONE);
    }

    /**
     * Opens a pool of {@code poolSize} connections.
     *
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public static Database open(DatabaseUrl url, int poolSize, PoolListener listener) {
        return open(url, APPLICATION, ConnectionSettings.properties(url), poolSize, listener);
    }

    /**
     * Opens a pool of one connection for one thread that must detect soon that the database is unavailable. Its
     * statements, also if the server does not respond, and its attempts to connect fail after about {@code timeout}.
     *
     * @param purpose appended to the application name that {@code pg_stat_activity} shows
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public static Database openSingle(DatabaseUrl url, String purpose, Duration timeout) {
        Properties properties = ConnectionSettings.properties(url, purpose, timeout);
        return open(url, APPLICATION + " " + purpose, properties, 1, PoolListener.NONE);
    }

    /**
     * Opens a pool for a server that can be away at any time, and that another one can replace. Never fails, as the
     * connections are opened in the background. Statements fail after about {@code timeout}, or up to a second later
     * if the server does not respond, and are not retried.
     *
     * @param purpose appended to the application name that {@code pg_stat_activity} shows
     */
    public static Database openReplaceable(DatabaseUrl url, String purpose, Duration timeout, int poolSize) {
        Properties properties = ConnectionSettings.properties(url, purpose, timeout);
        RetryingDataSource source = new RetryingDataSource(url, properties);
        Database database =
                new Database(new ConnectionPool(APPLICATION + " " + purpose, source, poolSize, PoolListener.NONE));
        database.jdbi.getConfig(Retries.class).disable();
        return database;
    }

    /**
     * Opens a connection outside of the pool for a command that takes minutes: its statements have no timeout.
     *
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public static Connection connect(DatabaseUrl url, String purpose) {
        Properties properties = ConnectionSettings.migration(url);
        properties.setProperty("ApplicationName", APPLICATION + " " + purpose);
        return ConnectionSettings.connect(url, properties);
    }

    /**
     * Opens a connection outside of the pool, whose statements and attempts to connect fail after about
     * {@code timeout}.
     *
     * @param purpose appended to the application name that {@code pg_stat_activity} shows
     * @throws DatabaseUnavailableException the server cannot be reached or rejects the connection
     */
    public static Connection connect(DatabaseUrl url, String purpose, Duration timeout) {
        return ConnectionSettings.connect(url, ConnectionSettings.properties(url, purpose, timeout));
    }

    private static Database open(
            DatabaseUrl url, String name, Properties properties, int poolSize, PoolListener listener) {
        try (Connection _ = ConnectionSettings.connect(url, properties)) { // outside of the pool, which would retry
            return new Database(new ConnectionPool(name, new RetryingDataSource(url, properties), poolSize, listener));
        } catch (SQLException e) {
            throw DatabaseUnavailableException.to(url, e);
        }
    }

    /** Returns the only Jdbi. Its statements are constants with {@code :named} parameters. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /** Returns how often transactions were run again after a deadlock or a serialization failure. */
    public long retries() {
        return jdbi.getConfig(Retries.class).total();
    }

    /** Returns the current state of the pool. */
    public PoolState pool() {
        return pool.state();
    }

    /**
     * Returns whether, within a second, the pool has a connection on which the server accepts changes. Never throws.
     */
    public boolean isReachable() {
        CompletableFuture<Boolean> reachable = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                reachable.complete(isWritable());
            } catch (SQLException | RuntimeException _) {
                reachable.complete(false);
            }
        });
        return reachable
                .completeOnTimeout(false, HEALTH_SECONDS, TimeUnit.SECONDS)
                .join();
    }

    private boolean isWritable() throws SQLException {
        Connection connection = pool.openConnection();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
            return row.next() && row.getString(1).equals("off");
        } finally {
            pool.closeConnection(connection);
        }
    }

    /** Closes the connections; running statements are cancelled. May be called again. */
    @Override
    public void close() {
        pool.close();
    }

    /** Binds an enum by its name in lower case, as in JSON. */
    private static final class EnumArgument implements ArgumentFactory.Preparable {
        @Override
        public Optional<Function<Object, Argument>> prepare(Type type, ConfigRegistry config) {
            return type instanceof Class<?> raw && raw.isEnum()
                    ? Optional.of(EnumArgument::lowerCase)
                    : Optional.empty();
        }

        private static Argument lowerCase(@Nullable Object constant) {
            String text = constant == null ? null : ((Enum<?>) constant).name().toLowerCase(Locale.ROOT);
            return (position, statement, _) -> statement.setString(position, text);
        }
    }

    /** Binds an instant as timestamptz, independent of the time zone of this machine. */
    private static final class InstantArgument extends AbstractArgumentFactory<Instant> {
        InstantArgument() {
            super(Types.TIMESTAMP_WITH_TIMEZONE);
        }

        @Override
        protected Argument build(Instant value, ConfigRegistry config) {
            return (position, statement, _) -> statement.setObject(position, value.atOffset(ZoneOffset.UTC));
        }
    }
}
