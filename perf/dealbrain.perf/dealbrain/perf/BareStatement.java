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

/** One of the program's statements without the program: raw pgjdbc on a connection of its own, its rows read into records by index. */
final class BareStatement implements AutoCloseable {
    /** What a row has before its listing. */
    record Item(
            long id,
            long collectionId,
            long listingId,
            String status,
            @Nullable String notes,
            int position,
            BigDecimal orderKey,
            long version,
            Instant addedAt,
            Instant updatedAt,
            @Nullable Listing listing) {}

    private static final int ITEM_WIDTH = Item.class.getRecordComponents().length - 1;

    private final Connection connection;
    private final PreparedStatement statement;
    private final int before;
    private final boolean items;
    private int runs;

    private BareStatement(Connection connection, PreparedStatement statement, int before, boolean items) {
        this.connection = connection;
        this.statement = statement;
        this.before = before;
        this.items = items;
    }

    /** A collection with a page of its items. */
    static BareStatement collection(DatabaseUrl url, long id, int limit) throws SQLException {
        Connection connection = Databases.connect(url);
        return new BareStatement(
                connection,
                NamedStatement.of("dealbrain.collections.CollectionDao", "FIND_PAGE")
                        .prepare(connection, Map.of("id", id, "limit", limit, "offset", 0)),
                ITEM_WIDTH,
                true);
    }

    /** A share with its listing, each time another. */
    static BareStatement shares(DatabaseUrl url) throws SQLException {
        Connection connection = Databases.connect(url);
        return new BareStatement(
                connection,
                NamedStatement.of("dealbrain.shares.ListingShareDao", "FIND_BY_TOKEN")
                        .prepare(connection, Map.of("token", DataSet.shareToken(1))),
                0,
                false);
    }

    /** Runs again and again for so long. */
    Latencies run(Duration duration) throws SQLException {
        Latencies latencies = new Latencies();
        long end = System.nanoTime() + duration.toNanos();
        for (long start = System.nanoTime(); start < end; start = System.nanoTime()) {
            if (!items) {
                statement.setString(1, DataSet.shareToken(1 + runs++ % DataSet.ALL_SHARES));
            }
            if (read().isEmpty()) {
                throw new IllegalStateException("the statement finds nothing: " + statement);
            }
            latencies.add(System.nanoTime() - start);
        }
        return latencies;
    }

    /** Runs once; a record for each row. */
    List<Object> read() throws SQLException {
        List<Object> found = new ArrayList<>();
        try (ResultSet result = statement.executeQuery()) {
            ColumnReader row = new ColumnReader(result);
            ListingRows listings = new ListingRows();
            int skipped = result.getMetaData().getColumnCount() - ListingRows.WIDTH - before;
            while (result.next()) {
                row.rewind().skip(skipped);
                found.add(items ? item(row, listings) : listings.next(row));
            }
        }
        return found;
    }

    private static Item item(ColumnReader row, ListingRows listings) throws SQLException {
        return new Item(
                row.int64(),
                row.int64(),
                row.int64(),
                row.text(),
                row.textOrNull(),
                row.int32(),
                row.decimal(),
                row.int64(),
                row.instant(),
                row.instant(),
                listings.next(row));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
