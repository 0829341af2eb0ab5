package dealbrain.app;

import dealbrain.database.DatabaseUrl;
import dealbrain.postgres.EmbeddedPostgres;
import dealbrain.testing.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** A PostgreSQL for one test, which may stop it. Port and data stay the same over a restart. */
final class OwnPostgres implements AutoCloseable {
    private final Path folder;
    private final DatabaseUrl url;
    private EmbeddedPostgres server;

    OwnPostgres(Path folder) {
        this.folder = folder;
        this.server = server();
        this.url = DatabaseUrl.parse(server.start());
    }

    private EmbeddedPostgres server() {
        return new EmbeddedPostgres(folder, TestDatabase.binaries(), false);
    }

    DatabaseUrl url() {
        return url;
    }

    /** Returns the value of {@code DATABASE_URL}. */
    String variable() {
        return variable(url);
    }

    static String variable(DatabaseUrl url) {
        return url.jdbcUrl() + (url.jdbcUrl().contains("?") ? "&" : "?") + "user=" + url.user() + "&password="
                + url.password();
    }

    /** Closes all connections and stops the server. */
    void stop() {
        server.close();
    }

    void start() {
        server = server();
        if (!DatabaseUrl.parse(server.start()).equals(url)) {
            throw new IllegalStateException("another process took the port of " + url);
        }
    }

    /** Executes statements, each in its own transaction. */
    void run(String... statements) {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    long number(String query) {
        return number(url, query);
    }

    static long number(DatabaseUrl url, String query) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the number of connections of the application. */
    long connections() {
        return number("SELECT count(*) FROM pg_stat_activity WHERE application_name = 'dealbrain'");
    }

    Connection connect() throws SQLException {
        return connect(url);
    }

    static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }

    @Override
    public void close() {
        server.close();
    }
}
