package dealbrain.app;

import dealbrain.database.DatabaseUrl;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.postgresql.PGConnection;

/** The dump of a database as SQL with COPY: the output of {@code pg_dump}, loaded without {@code psql}. */
final class ReleaseDatabase {
    private static final Pattern COPY = Pattern.compile("(?ms)^(COPY [^;]+ FROM stdin);\\n(.*?)^\\\\\\.\\n");

    /** What depends on the machine, or is for {@code psql} only. */
    private static final Pattern NOISE = Pattern.compile("(?m)^(--.*|\\\\(un)?restrict .*|SET default_.*)\\n");

    private ReleaseDatabase() {}

    /** Returns the output of {@code pg_dump} without comments and repeated blank lines. */
    static String shortened(String dump) {
        return NOISE.matcher(dump).replaceAll("").replaceAll("\\n{3,}", "\n\n").strip() + "\n";
    }

    /**
     * Loads a dump into an empty database, over one connection. By the simple query protocol: the driver does not find
     * the end of functions with a body in standard SQL, the server does.
     */
    static void load(DatabaseUrl url, String dump) throws SQLException, IOException {
        String simple = url.jdbcUrl() + (url.jdbcUrl().contains("?") ? "&" : "?") + "preferQueryMode=simple";
        try (Connection connection = DriverManager.getConnection(simple, url.user(), url.password());
                Statement statement = connection.createStatement()) {
            Matcher copy = COPY.matcher(dump);
            int from = 0;
            while (copy.find()) {
                execute(statement, dump.substring(from, copy.start()));
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn(copy.group(1), new StringReader(copy.group(2)));
                from = copy.end();
            }
            execute(statement, dump.substring(from));
        }
    }

    private static void execute(Statement statement, String sql) throws SQLException {
        if (!sql.isBlank()) {
            statement.execute(sql);
        }
    }
}
