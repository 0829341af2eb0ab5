package dealbrain.profiling;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks PostgreSQL for the generic plans of slow statements that only read, and logs them. On a thread and a connection of its
 * own, by plain JDBC so that it does not profile itself; each statement once in ten minutes, and of many at once only the first few.
 */
final class Plans implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Plans.class);
    private static final Duration AGAIN_AFTER = Duration.ofMinutes(10);
    private static final int WAITING = 3;
    private static final String NAME = "dealbrain_plan";

    private final Jdbi jdbi;
    private final ThreadPoolExecutor asker = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(WAITING),
            Thread.ofPlatform().daemon().name("plans").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    Plans(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    void ask(StatementStatistics statement, StatementContext context) {
        Plan last = statement.plan();
        if (statement.sql().onlyReads()
                && (last == null || last.at().isBefore(Instant.now().minus(AGAIN_AFTER)))) {
            Placeholders sql = Placeholders.numbered(context.getParsedSql().getSql());
            asker.execute(() -> explain(statement, sql));
        }
    }

    private void explain(StatementStatistics statement, Placeholders sql) {
        Plan last = statement.plan();
        if (last != null && last.at().isAfter(Instant.now().minus(AGAIN_AFTER))) {
            return; // another that waited before this one has asked
        }
        String text = jdbi.withHandle(handle -> explain(handle.getConnection(), sql));
        statement.planned(new Plan(Instant.now(), text));
        LOG.atInfo()
                .addKeyValue("query_fingerprint", statement.sql().fingerprint())
                .log("plan of a slow query:\n" + text);
    }

    /** Prepared and explained without values: connections of ours make generic plans only, which no value enters. */
    private static String explain(Connection connection, Placeholders sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE " + NAME + " AS " + sql.sql());
            try {
                return read(
                        statement,
                        sql.count() == 0
                                ? NAME
                                : NAME + "(" + String.join(", ", Collections.nCopies(sql.count(), "NULL")) + ")");
            } finally {
                statement.execute("DEALLOCATE " + NAME);
            }
        } catch (SQLException e) {
            return "PostgreSQL gives no plan: " + e.getMessage();
        }
    }

    private static String read(Statement statement, String prepared) throws SQLException {
        try (ResultSet lines = statement.executeQuery("EXPLAIN EXECUTE " + prepared)) {
            StringBuilder plan = new StringBuilder();
            while (lines.next()) {
                plan.append(plan.isEmpty() ? "" : "\n").append(lines.getString(1));
            }
            return plan.toString();
        }
    }

    @Override
    public void close() {
        asker.shutdownNow();
    }
}
