package dealbrain.perf;

import dealbrain.database.DatabaseUrl;
import dealbrain.postgres.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Everything that is measured and what it needs, each in a process of its own; closed together. */
final class Site implements AutoCloseable {
    static final Path FOLDER = Path.of("build", "perf").toAbsolutePath();

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final DatabaseUrl database;
    private final int redisPort;
    private Program redis;

    private Site(EmbeddedPostgres postgres) throws SQLException, IOException {
        running.push(postgres);
        this.database = fresh(DatabaseUrl.parse(postgres.start()));
        this.redisPort = Program.freePort();
        this.redis = add(RedisProgram.start(redisPort, FOLDER));
    }

    /** A loaded database on an embedded PostgreSQL as {@code make run} has it, which waits for its disk, and a Redis. */
    static Site open() throws SQLException, IOException {
        Site site = new Site(new EmbeddedPostgres(
                FOLDER.resolve("data"), Path.of("build", "postgres").toAbsolutePath(), true));
        try {
            DataSet.load(site.database);
            return site;
        } catch (SQLException | IOException | RuntimeException e) {
            site.close();
            throw e;
        }
    }

    private static DatabaseUrl fresh(DatabaseUrl server) throws SQLException {
        try (Connection connection = Databases.connect(server);
                Statement statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS perf WITH (FORCE)");
            statement.execute("CREATE DATABASE perf");
        }
        return server.withName("perf");
    }

    DatabaseUrl database() {
        return database;
    }

    int redisPort() {
        return redisPort;
    }

    /** The program as in production but for its access log, which no floor has; with more settings by the names of its environment variables. */
    Program service(String name, Map<String, String> settings) throws IOException {
        return service(name, Program.java("dealbrain.app"), settings);
    }

    /** The program by another command. */
    Program service(String name, List<String> command, Map<String, String> settings) throws IOException {
        int port = Program.freePort();
        return add(Program.start(command, environment(name, port, settings), port, FOLDER.resolve(name + ".log")));
    }

    private Map<String, String> environment(String name, int port, Map<String, String> settings) {
        Map<String, String> environment = new HashMap<>(Map.of(
                "PORT",
                Integer.toString(port),
                "DATABASE_URL",
                address(),
                "DEALBRAIN_ENV",
                "production",
                "REDIS_URL",
                "redis://127.0.0.1:" + redisPort,
                "DEALBRAIN_REDIS_NAMESPACE",
                name,
                "DEALBRAIN_ADMIN_PASSWORD",
                "perf perf perf",
                "DEALBRAIN_ACCESS_LOG",
                "off"));
        environment.putAll(settings);
        return environment;
    }

    /** The database as the program takes it. */
    private String address() {
        return "postgresql://" + database.user() + ":" + database.password() + "@"
                + database.jdbcUrl().replaceFirst("^jdbc:postgresql://", "").replaceFirst("\\?.*", "");
    }

    /** One of our own servers. */
    Program own(Class<?> server, String... arguments) throws IOException {
        int port = Program.freePort();
        List<String> command = Program.java("dealbrain.perf/" + server.getName());
        command.add(Integer.toString(port));
        command.addAll(List.of(arguments));
        return add(Program.start(
                command, Map.of("DATABASE_URL", address()), port, FOLDER.resolve(server.getSimpleName() + ".log")));
    }

    void cutRedis() {
        redis.kill();
    }

    void restoreRedis() throws IOException {
        redis = add(RedisProgram.start(redisPort, FOLDER));
    }

    private <T extends AutoCloseable> T add(T part) {
        running.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("could not be stopped: " + e);
            }
        }
    }
}
