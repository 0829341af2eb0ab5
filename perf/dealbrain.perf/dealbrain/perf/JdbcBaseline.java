package dealbrain.perf;

import dealbrain.database.ColumnReader;
import dealbrain.database.DatabaseUrl;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingRows;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A statement of the application without the application: plain JDBC on its own connection, with rows read into records
 * by column index.
 */
final class JdbcBaseline implements Workload, AutoCloseable {
    /** The columns of a row, with its listing. */
    record Item(
            long id,
            long collectionId,
            long listingId,
            String status,
            @Nullable String notes,
            int position,
            Instant addedAt,
            Instant updatedAt,
            BigDecimal orderKey,
            long version,
            @Nullable Listing listing) {}

    private static final int ITEM_COLUMNS = Item.class.getRecordComponents().length - 1;

    private final Connection connection;
    private final PreparedStatement statement;
    private final int itemColumns; // before those of the listing
    private final boolean items;
    private int executions;

    private JdbcBaseline(Connection connection, PreparedStatement statement, int itemColumns, boolean items) {
        this.connection = connection;
        this.statement = statement;
        this.itemColumns = itemColumns;
        this.items = items;
    }

    /** Reads a collection with a page of its items. */
    static JdbcBaseline collection(DatabaseUrl url, long id, int limit) throws SQLException {
        Connection connection = JdbcConnections.open(url);
        return new JdbcBaseline(
                connection,
                DaoStatement.of("dealbrain.collections.CollectionDao", "FIND_PAGE")
                        .prepare(connection, Map.of("id", id, "limit", limit, "offset", 0)),
                ITEM_COLUMNS,
                true);
    }

    /** Reads a share with its listing, a different one each time. */
    static JdbcBaseline shares(DatabaseUrl url) throws SQLException {
        Connection connection = JdbcConnections.open(url);
        return new JdbcBaseline(
                connection,
                DaoStatement.of("dealbrain.shares.ListingShareDao", "FIND_BY_TOKEN")
                        .prepare(connection, Map.of("token", DataSet.shareToken(1))),
                0,
                false);
    }

    @Override
    public Latencies run(Duration duration) throws SQLException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + duration.toNanos();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            if (!items) {
                statement.setString(1, DataSet.shareToken(1 + executions++ % DataSet.SHARES));
            }
            if (read().isEmpty()) {
                throw new IllegalStateException("the statement returned no rows: " + statement);
            }
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    /** Executes the statement once and returns a record for each row. */
    private List<Object> read() throws SQLException {
        List<Object> records = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            ColumnReader row = new ColumnReader(result);
            ListingRows listings = new ListingRows(null);
            int skipped = result.getMetaData().getColumnCount() - ListingRows.WIDTH - itemColumns;
            while (result.next()) {
                row.rewind().skip(skipped);
                records.add(items ? item(row, listings) : listings.next(row));
            }
        }
        return records;
    }

    private static Item item(ColumnReader row, ListingRows listings) throws SQLException {
        return new Item(
                row.int64(),
                row.int64(),
                row.int64(),
                row.text(),
                row.textOrNull(),
                row.int32(),
                row.instant(),
                row.instant(),
                row.decimal(),
                row.int64(),
                listings.next(row));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
