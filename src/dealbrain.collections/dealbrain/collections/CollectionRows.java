package dealbrain.collections;

import dealbrain.caching.LoadResult;
import dealbrain.catalog.JsonColumns;
import dealbrain.database.ColumnReader;
import dealbrain.database.RecordColumns;
import dealbrain.listings.ListingRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * The projection of a collection with a page of its items, and how its rows are read. Statements give the collection
 * the alias {@code c}, the item {@code i} and the listing {@code l}. Columns are read by index.
 */
final class CollectionRows {
    private static final RecordColumns<DealCollection> COLLECTION = JsonColumns.of(DealCollection.class);
    private static final RecordColumns<CollectionItem> ITEM = JsonColumns.of(CollectionItem.class);
    private static final int LISTING = ITEM.component("listing");

    /** The columns of a collection without items. */
    static final String COLLECTION_COLUMNS = COLLECTION.select("c");

    /** The columns that follow the collection and its total. */
    private static final String ITEM_COLUMNS =
            ", " + LoadResult.SNAPSHOT + ", " + itemColumns(ITEM) + ", " + ListingRows.COLUMNS;

    /**
     * The conditions of a page of the items of {@code c}, in their order. The offset is a position, as those that are
     * shown have no gaps.
     */
    static final String FROM_OFFSET =
            "position >= stored_position(:offset, c.position_gaps) ORDER BY position LIMIT :limit";

    private CollectionRows() {}

    /** Returns the columns of an item, with the position without gaps. */
    static String itemColumns(RecordColumns<?> item) {
        return item.select("i", Map.of("position", "shown_position(i.position, c.position_gaps)"));
    }

    /** Returns the columns to select; {@code total} is the expression for {@link CollectionSlice#total}. */
    static String columns(String total) {
        return COLLECTION_COLUMNS + ", " + total + ITEM_COLUMNS;
    }

    /**
     * Runs a query of one collection with {@link #columns}. Empty if it has no row.
     *
     * @param viewerId the id of the user who sees the listings; null for a viewer without an account
     */
    static Optional<CollectionSlice> read(Query query, @Nullable Long viewerId) {
        return query.scanResultSet((results, _) -> {
            try (ResultSet result = results.get()) {
                return read(result, new ListingRows(viewerId));
            }
        });
    }

    /** All rows are of one collection, so its columns are read from the first row only. */
    private static Optional<CollectionSlice> read(ResultSet result, ListingRows listings) throws SQLException {
        if (!result.next()) {
            return Optional.empty();
        }
        ColumnReader row = new ColumnReader(result);
        DealCollection collection = collection(row);
        long total = row.int64();
        String snapshot = row.text();
        int width = row.position() - 1;

        List<CollectionItem> items = new ArrayList<>();
        do {
            CollectionItem item = item(row.rewind().skip(width), listings);
            if (item != null) {
                items.add(item);
            }
        } while (result.next());
        return Optional.of(new CollectionSlice(collection.withItems(items), total, snapshot));
    }

    /** Reads the columns of a collection, without items. */
    static DealCollection collection(ColumnReader row) throws SQLException {
        return COLLECTION.read(row);
    }

    /** Returns null for the row of an empty page. */
    private static @Nullable CollectionItem item(ColumnReader row, ListingRows listings) throws SQLException {
        if (row.int64OrNull() == null) {
            return null;
        }
        @Nullable Object[] values = ITEM.values(row.skip(-1));
        values[LISTING] = Objects.requireNonNull(listings.next(row), "an item has a listing by its foreign key");
        return ITEM.create(values);
    }
}
