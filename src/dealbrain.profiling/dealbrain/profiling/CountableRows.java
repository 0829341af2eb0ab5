package dealbrain.profiling;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.DefaultStatementBuilder;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * Makes statements whose results can say how many rows they have. The driver holds all rows of a result in memory anyway, so a
 * scrollable one costs it nothing: its end is looked at and left, without another round trip.
 */
final class CountableRows extends DefaultStatementBuilder {
    @Override
    public PreparedStatement create(Connection connection, String sql, StatementContext context) throws SQLException {
        if (context.isReturningGeneratedKeys() || context.isConcurrentUpdatable()) {
            return super.create(connection, sql, context);
        }
        return connection.prepareStatement(sql, ResultSet.TYPE_SCROLL_INSENSITIVE, ResultSet.CONCUR_READ_ONLY);
    }

    /** The rows that were read or changed; 0 where that cannot be told, as for a batch. */
    static long count(StatementContext context) {
        PreparedStatement statement = context.getStatement();
        if (statement == null) { // a batch
            return 0;
        }
        try {
            ResultSet rows = statement.getResultSet();
            return rows == null ? Math.max(0, statement.getUpdateCount()) : count(rows);
        } catch (SQLException _) { // a driver that cannot tell must not make the statement fail
            return 0;
        }
    }

    private static long count(ResultSet rows) throws SQLException {
        if (rows.getType() == ResultSet.TYPE_FORWARD_ONLY) {
            return 0;
        }
        long count = rows.last() ? rows.getRow() : 0;
        rows.beforeFirst();
        return count;
    }
}
