package dealbrain.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * One page of the rows that a query finds.
 *
 * @param total the number of all rows that the query finds, on all pages
 */
public record PagedRows<T>(List<T> rows, long total) {
    public PagedRows {
        rows = List.copyOf(rows);
    }

    /** Reads the columns that follow the total. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ColumnReader row) throws SQLException;
    }

    /**
     * Runs {@code query} and reads its rows in their order. One statement. The first column of each row is the total,
     * the second one is never NULL. When the page is empty, the query returns one row with the total and NULL.
     */
    public static <T> PagedRows<T> read(Query query, RowReader<T> reader) {
        return query.scanResultSet((results, _) -> {
            try (ResultSet result = results.get()) {
                return read(result, reader);
            }
        });
    }

    private static <T> PagedRows<T> read(ResultSet result, RowReader<T> reader) throws SQLException {
        ColumnReader row = new ColumnReader(result);
        List<T> rows = new ArrayList<>();
        long total = 0;
        while (result.next()) {
            total = row.rewind().int64();
            if (row.int64OrNull() != null) {
                rows.add(reader.read(row.skip(-1)));
            }
        }
        return new PagedRows<>(rows, total);
    }
}
