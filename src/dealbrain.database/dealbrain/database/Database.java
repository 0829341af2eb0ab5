package dealbrain.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.metrics.IMetricsTracker;
import com.zaxxer.hikari.pool.HikariPool;
import java.lang.reflect.Type;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
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
import org.postgresql.Driver;

/** The connections to the database and the one Jdbi over them. Threads may share it, virtual ones too. */
public final class Database implements AutoCloseable {
    static final int CONNECT_SECONDS = 3;
    private static final int HEALTH_SECONDS = 1;
    private static final int STATEMENT_SECONDS = 30;
    private static final int LOCK_SECONDS =
            10; // or a table that somebody locks keeps all connections for as long as statements may take
    private static final String UTC = "SET TIME ZONE 'UTC'"; // the driver asks for the machine's zone at connecting

    private final Connector connector;
    private final HikariPool pool; // and not HikariDataSource, which lets nobody say how long they wait
    private final int poolSize;
    private final Jdbi jdbi;

    private Database(Connector connector, HikariConfig configuration) {
        this.connector = connector;
        configuration.validate();
        this.pool = new HikariPool(configuration);
        this.poolSize = configuration.getMaximumPoolSize();
        this.jdbi = Jdbi.create(this::connection)
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
        // Statements are constant here, and the default engine would take "a <b> c" for a template.
        jdbi.getConfig(SqlStatements.class).setTemplateEngine(TemplateEngine.NOP);
        // Messages go to the log, where the values of parameters must not be.
        jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
    }

    /** Connects, with a pool that nobody listens to. */
    public static Database open(DatabaseUrl url, int poolSize) {
        return open(url, poolSize, PoolListener.NONE);
    }

    /**
     * Connects, and keeps {@code poolSize} connections.
     *
     * @throws DatabaseUnavailableException the server cannot be reached or refuses us
     */
    public static Database open(DatabaseUrl url, int poolSize, PoolListener listener) {
        Properties properties = properties(url);
        try (Connection _ = connect(url, properties)) { // first without the pool, which would log a stack
            Connector connector = new Connector(url, properties);
            HikariConfig configuration = configuration(connector, poolSize);
            configuration.setMetricsTrackerFactory((_, _) -> new Tracker(listener));
            return new Database(connector, configuration);
        } catch (SQLException e) {
            throw DatabaseUnavailableException.to(url, e);
        }
    }

    private static HikariConfig configuration(Connector connector, int poolSize) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("dealbrain");
        pool.setDataSource(connector);
        pool.setMaximumPoolSize(poolSize);
        pool.setValidationTimeout(TimeUnit.SECONDS.toMillis(HEALTH_SECONDS));
        pool.setInitializationFailTimeout(-1);
        pool.setConnectionInitSql(UTC);
        return pool;
    }

    /** What each connection asks of the driver and the server; parameters of the URL come before these. */
    static Properties properties(DatabaseUrl url) {
        Properties properties = new Properties();
        properties.setProperty("user", url.user());
        properties.setProperty("password", url.password());
        properties.setProperty("ApplicationName", "dealbrain");
        properties.setProperty("assumeMinServerVersion", "14"); // one round trip less at connecting
        properties.setProperty("prepareThreshold", "1");
        properties.setProperty("binaryTransfer", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        properties.setProperty("logServerErrorDetail", "false"); // it shows the values of the row
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("connectTimeout", String.valueOf(CONNECT_SECONDS));
        properties.setProperty("socketTimeout", String.valueOf(STATEMENT_SECONDS + 10)); // only when the server is gone
        // Planning the wide statements costs more than running them: a generic plan stays with the prepared statement.
        properties.setProperty(
                "options",
                "-c plan_cache_mode=force_generic_plan -c jit=off -c statement_timeout=" + STATEMENT_SECONDS
                        + "s -c lock_timeout=" + LOCK_SECONDS + "s -c idle_in_transaction_session_timeout=60s");
        return properties;
    }

    /** One connection that belongs to no pool. */
    static Connection connect(DatabaseUrl url, Properties properties) {
        try {
            Connection connection = new Driver().connect(url.jdbcUrl(), properties);
            if (connection == null) {
                throw new IllegalStateException("not a URL of PostgreSQL: " + url);
            }
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

    /** The one Jdbi; its statements are constant texts with {@code :named} parameters. */
    public Jdbi jdbi() {
        return jdbi;
    }

    /**
     * A connection of the pool, for which there is a wait of three seconds at most, and none while the database is known to be
     * away, or when the pool is closed, which by itself would have everybody wait.
     */
    private Connection connection() throws SQLException {
        if (pool.poolState == HikariPool.POOL_SHUTDOWN) {
            throw new SQLTransientConnectionException("the pool is closed");
        }
        if (connector.isAway() && pool.getTotalConnections() == 0) { // a server that is full has left us some
            throw new SQLTransientConnectionException("the database is away");
        }
        return ConnectionWait.connection(pool::getConnection);
    }

    /** What the pool is doing at this moment. */
    public PoolState pool() {
        return new PoolState(
                pool.getActiveConnections(), pool.getIdleConnections(), pool.getThreadsAwaitingConnection(), poolSize);
    }

    /** Whether the pool gives a connection and the server takes changes on it, within a second. Never throws. */
    public boolean isReachable() {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try (Connection connection = connection()) {
                answer.complete(isWritable(connection));
            } catch (SQLException | RuntimeException _) {
                answer.complete(false);
            }
        });
        return answer.completeOnTimeout(false, HEALTH_SECONDS, TimeUnit.SECONDS).join();
    }

    private static boolean isWritable(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SHOW transaction_read_only")) {
            return row.next() && row.getString(1).equals("off");
        }
    }

    /** Closes the connections; statements that still run are cut off. May be called again. */
    @Override
    public void close() {
        try {
            pool.shutdown();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The pool's events in the words of its library. */
    private record Tracker(PoolListener listener) implements IMetricsTracker {
        @Override
        public void recordConnectionCreatedMillis(long connectionCreatedMillis) {
            listener.created(connectionCreatedMillis);
        }

        @Override
        public void recordConnectionAcquiredNanos(long elapsedAcquiredNanos) {
            listener.acquired(elapsedAcquiredNanos);
        }

        @Override
        public void recordConnectionUsageMillis(long elapsedBorrowedMillis) {
            listener.used(elapsedBorrowedMillis);
        }

        @Override
        public void recordConnectionTimeout() {
            listener.timedOut();
        }
    }

    /** Binds an enum by its name in lower case, as it stands in JSON. */
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

    /** Binds an instant as timestamptz, whatever the zone of this machine. */
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
