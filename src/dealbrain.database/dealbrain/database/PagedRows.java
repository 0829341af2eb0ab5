package dealbrain.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * One page of the rows that a query finds.
 *
 * @param counted the number of rows that the query finds on all pages, at most {@link PageRange#maxRows}
 * @param hasNext whether another page follows
 */
public record PagedRows<T>(List<T> rows, long counted, boolean hasNext) {
    public PagedRows {
        rows = List.copyOf(rows);
    }

    /** Reads the columns that follow the total. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ColumnReader row) throws SQLException;
    }

    /**
     * Runs {@code query}, such as one of {@link PageSql}, and reads its rows in their order. One statement. Binds
     * {@code :limit}, which is one row more than the page has, {@code :offset} and {@code :maxRows}. The first column
     * of each row is the total, the second one is never NULL. When the page is empty, the query returns one row with
     * the total and NULL.
     */
    public static <T> PagedRows<T> read(Query query, PageRange range, RowReader<T> reader) {
        return query.bind("limit", range.limit() + 1)
                .bind("offset", range.offset())
                .bind("maxRows", range.maxRows())
                .scanResultSet((results, _) -> {
                    try (ResultSet result = results.get()) {
                        return read(result, range.limit(), reader);
                    }
                });
    }

    private static <T> PagedRows<T> read(ResultSet result, int limit, RowReader<T> reader) throws SQLException {
        ColumnReader row = new ColumnReader(result);
        List<T> rows = new ArrayList<>();
        long counted = 0;
        boolean hasNext = false;
        while (result.next()) {
            counted = row.rewind().int64();
            if (rows.size() == limit) {
                hasNext = true;
            } else if (row.int64OrNull() != null) {
                rows.add(reader.read(row.skip(-1)));
            }
        }
        return new PagedRows<>(rows, counted, hasNext);
    }

    /** Returns the cursor of the next page, made of the last row of this one; null if no page follows. */
    public @Nullable String next(Function<T, String> cursor) {
        return hasNext ? cursor.apply(rows.getLast()) : null;
    }
}
