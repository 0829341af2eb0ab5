package dealbrain.testing;

import dealbrain.database.DatabaseUrl;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs SQL by plain JDBC, each call over its own connection. URLs can be texts as {@code DATABASE_URL} has them, so
 * that tests of modules without a database can use it. Failures are thrown as {@link IllegalStateException}.
 */
public final class SqlClient {
    private SqlClient() {}

    /** Runs statements in order, each in its own transaction. */
    public static void execute(String url, String... statements) {
        execute(DatabaseUrl.parse(url), statements);
    }

    /** Runs statements in order, each in its own transaction. */
    public static void execute(DatabaseUrl url, String... statements) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(String.join("; ", statements) + " failed on " + url, e);
        }
    }

    /** Returns the first column of the first row as text. */
    public static String query(String url, String sql) {
        return column(DatabaseUrl.parse(url), sql).getFirst();
    }

    /** Returns the first column of all rows as text. */
    public static List<String> column(DatabaseUrl url, String sql) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            List<String> values = new ArrayList<>();
            while (rows.next()) {
                values.add(rows.getString(1));
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql + " failed on " + url, e);
        }
    }

    /** Kills the backend of its own connection, so that the server recovers from a crash. */
    static void killBackend(DatabaseUrl url) {
        try (Connection connection = connect(url);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT pg_backend_pid()")) {
            row.next();
            ProcessHandle.of(row.getLong(1)).orElseThrow().destroyForcibly();
        } catch (SQLException e) {
            throw new IllegalStateException("no backend was killed on " + url, e);
        }
    }

    private static Connection connect(DatabaseUrl url) throws SQLException {
        return DriverManager.getConnection(url.jdbcUrl(), url.user(), url.password());
    }
}
