package dealbrain.database;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.statement.Query;

/**
 * One page of what a statement finds, with the number of all, which stands in the first column of each row, and in a row of its own
 * where the page is empty: the second column is NULL there, and nowhere else.
 */
public record Counted<T>(List<T> page, long total) {
    public Counted {
        page = List.copyOf(page);
    }

    /** Reads the columns behind the total. */
    @FunctionalInterface
    public interface RowReader<T> {
        T read(ColumnReader row) throws SQLException;
    }

    /** Runs the query, and reads its rows in their order. One statement. */
    public static <T> Counted<T> of(Query query, RowReader<T> reader) {
        return query.scanResultSet((results, _) -> {
            try (ResultSet result = results.get()) {
                return read(result, reader);
            }
        });
    }

    private static <T> Counted<T> read(ResultSet result, RowReader<T> reader) throws SQLException {
        ColumnReader row = new ColumnReader(result);
        List<T> page = new ArrayList<>();
        long total = 0;
        while (result.next()) {
            total = row.rewind().int64();
            if (row.int64OrNull() != null) {
                page.add(reader.read(row.skip(-1)));
            }
        }
        return new Counted<>(page, total);
    }
}
