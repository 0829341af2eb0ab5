package dealbrain.perf;

import dealbrain.database.DatabaseUrl;
import dealbrain.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** PostgreSQL with the data set, Redis, and the servers that are measured. {@link #close} stops all of them. */
final class TestBed implements AutoCloseable {
    static final Path FOLDER = Path.of("build", "perf").toAbsolutePath();

    /** Eight instances have 88 connections, and the other servers some more: the default of 100 is not enough. */
    private static final int MAX_CONNECTIONS = 200;

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final DatabaseUrl server;
    private final DatabaseUrl database;
    private final int redisPort;
    private ServerProcess redis;

    private TestBed() throws SQLException, IOException {
        this.server = startPostgres();
        this.database = createDatabase("perf");
        this.redisPort = ServerProcess.freePort();
        this.redis = add(RedisProcess.start(redisPort, FOLDER));
    }

    /** Starts Redis and a durable embedded PostgreSQL, as {@code make run} has it, and loads the data set. */
    static TestBed open() throws SQLException, IOException {
        TestBed testBed = new TestBed();
        try {
            DataSet.load(testBed.database);
            return testBed;
        } catch (SQLException | IOException | RuntimeException e) {
            testBed.close();
            throw e;
        }
    }

    /** Starts the same without the data set: {@link #database} is empty. */
    static TestBed withoutData() throws SQLException, IOException {
        return new TestBed();
    }

    /** Starts PostgreSQL, and once more if it has to be restarted for {@link #MAX_CONNECTIONS}. */
    private DatabaseUrl startPostgres() throws SQLException {
        DatabaseUrl url = DatabaseUrl.parse(add(newPostgres()).start());
        try (Connection connection = JdbcConnections.open(url);
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER SYSTEM SET max_connections = " + MAX_CONNECTIONS);
            if (hasConnections(statement)) {
                return url;
            }
        }
        close();
        return DatabaseUrl.parse(add(newPostgres()).start());
    }

    private static boolean hasConnections(Statement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery("SHOW max_connections")) {
            return row.next() && row.getInt(1) == MAX_CONNECTIONS;
        }
    }

    private static EmbeddedPostgres newPostgres() {
        return new EmbeddedPostgres(
                FOLDER.resolve("data"), Path.of("build", "postgres").toAbsolutePath(), true);
    }

    /** Creates an empty database; one of the same name is dropped before. */
    DatabaseUrl createDatabase(String name) throws SQLException {
        dropDatabase(name);
        try (Connection connection = JdbcConnections.open(server);
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        return server.withName(name);
    }

    void dropDatabase(String name) throws SQLException {
        try (Connection connection = JdbcConnections.open(server);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name + " WITH (FORCE)");
        }
    }

    DatabaseUrl database() {
        return database;
    }

    int redisPort() {
        return redisPort;
    }

    /**
     * Starts the application in production mode. The access log is off, because the baselines have none.
     *
     * @param name     of the log file and of the namespace in Redis
     * @param settings more environment variables, which override those of the test bed
     */
    ServerProcess startApplication(String name, Map<String, String> settings) throws IOException {
        return startApplication(name, ServerProcess.java("dealbrain.app"), settings);
    }

    /** Starts the application by another command. */
    ServerProcess startApplication(String name, List<String> command, Map<String, String> settings) throws IOException {
        int port = ServerProcess.freePort();
        return add(
                ServerProcess.start(command, environment(name, port, settings), port, FOLDER.resolve(name + ".log")));
    }

    private Map<String, String> environment(String name, int port, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>();
        environment.put("PORT", Integer.toString(port));
        environment.put("DATABASE_URL", text(database));
        environment.put("DEALBRAIN_ENV", "production");
        environment.put("DEALBRAIN_SIGNUP", "open");
        environment.put("DEALBRAIN_CATALOG", "none"); // the measurements load parts of their own
        environment.put("REDIS_URL", "redis://127.0.0.1:" + redisPort);
        environment.put("DEALBRAIN_REDIS_NAMESPACE", name);
        environment.put("DEALBRAIN_ADMIN_PASSWORD", "perf perf perf");
        environment.put("DEALBRAIN_ACCESS_LOG", "off");
        environment.putAll(settings);
        return environment;
    }

    /** Returns a URL as the application reads it from its environment. */
    static String text(DatabaseUrl url) {
        return "postgresql://" + url.user() + ":" + url.password() + "@" + url.address();
    }

    /** Starts a server of this module. Its first argument is the port. */
    ServerProcess startServer(Class<?> server, List<String> arguments) throws IOException {
        int port = ServerProcess.freePort();
        List<String> command = ServerProcess.java("dealbrain.perf/" + server.getName());
        command.add(Integer.toString(port));
        command.addAll(arguments);
        return add(ServerProcess.start(
                command,
                Map.of("DATABASE_URL", text(database)),
                port,
                FOLDER.resolve(server.getSimpleName() + ".log")));
    }

    void killRedis() {
        redis.kill();
    }

    void restartRedis() throws IOException {
        redis = add(RedisProcess.start(redisPort, FOLDER));
    }

    private <T extends AutoCloseable> T add(T process) {
        running.push(process);
        return process;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("a server did not stop: " + e);
            }
        }
    }
}
