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
 * Explains slow read-only statements in the background and logs their generic plans, each statement at most once in ten
 * minutes. Uses JDBC without Jdbi, so that its own statements are not profiled. The queue is short: while it is full,
 * further statements are not explained. Thread-safe.
 */
final class AutoExplain implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AutoExplain.class);
    private static final Duration MIN_INTERVAL = Duration.ofMinutes(10);
    private static final int QUEUE_CAPACITY = 3;
    private static final String NAME = "dealbrain_plan";

    private final Jdbi jdbi;
    private final ThreadPoolExecutor executor = new ThreadPoolExecutor(
            0,
            1,
            10,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(QUEUE_CAPACITY),
            Thread.ofPlatform().daemon().name("plans").factory(),
            new ThreadPoolExecutor.DiscardPolicy());

    AutoExplain(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /**
     * Explains the statement in the background. The context is read before this method returns, as Jdbi closes it
     * afterwards.
     */
    void explainLater(StatementStatistics statement, StatementContext context) {
        if (statement.sql().isReadOnly() && isDue(statement)) {
            NativeSql sql = NativeSql.of(context.getParsedSql().getSql());
            executor.execute(() -> explain(statement, sql));
        }
    }

    private static boolean isDue(StatementStatistics statement) {
        Plan last = statement.plan();
        return last == null || !last.at().isAfter(Instant.now().minus(MIN_INTERVAL));
    }

    private void explain(StatementStatistics statement, NativeSql sql) {
        if (!isDue(statement)) {
            return; // the same statement was in the queue twice
        }
        String text = jdbi.withHandle(handle -> explain(handle.getConnection(), sql));
        statement.plan(new Plan(Instant.now(), text));
        LOG.atInfo()
                .addKeyValue("query_fingerprint", statement.sql().fingerprint())
                .log("plan of a slow query:\n" + text);
    }

    /**
     * Prepares the statement and explains it with NULL for each parameter. The values do not matter: the pool's
     * connections are set to generic plans ({@code plan_cache_mode}), which do not depend on them.
     */
    private static String explain(Connection connection, NativeSql sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute("PREPARE " + NAME + " AS " + sql.text());
            try {
                return readPlan(statement, NAME + arguments(sql.parameters()));
            } finally {
                statement.execute("DEALLOCATE " + NAME);
            }
        } catch (SQLException e) {
            return "EXPLAIN failed: " + e.getMessage();
        }
    }

    private static String arguments(int count) {
        return count == 0 ? "" : "(" + String.join(", ", Collections.nCopies(count, "NULL")) + ")";
    }

    private static String readPlan(Statement statement, String prepared) throws SQLException {
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
        executor.shutdownNow();
    }
}
