package dealbrain.profiling;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Creates statements with the comment of their DAO method, and with scrollable results, so that the profiler can count
 * the rows before Jdbi reads them. The PostgreSQL driver holds all rows of a result in memory anyway: moving to the last
 * row and back costs no round trip.
 */
final class ScrollableStatementBuilder extends DefaultStatementBuilder {
    private final StatementRegistry registry;

    ScrollableStatementBuilder(StatementRegistry registry) {
        this.registry = registry;
    }

    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        String text = registry.of(context).commented(sql);
        if (context.isReturningGeneratedKeys() || context.isConcurrentUpdatable()) {
            return super.create(connection, text, context);
        }
        return connection.prepareStatement(text, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    }

    /** Returns the number of rows that the statement has read or changed; 0 where it is unknown, as for a batch. */
    static long rowCount(StatementContext context) {
        PreparedStatement statement = context.getStatement();
        if (statement == null) { // a batch
            return 0;
        }
        try {
            ResultSet rows = statement.getResultSet();
            return rows == null ? Math.max(0, statement.getUpdateCount()) : rowCount(rows);
        } catch (SQLException _) { // the count is optional: it must not make a successful statement fail
            return 0;
        }
    }

    private static long rowCount(ResultSet rows) throws SQLException {
        if (rows.getType() == ResultSet.TYPE_FORWARD_ONLY) {
            return 0;
        }
        long count = rows.last() ? rows.getRow() : 0;
        rows.beforeFirst();
        return count;
    }
}
