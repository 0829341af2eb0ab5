package dealbrain.collections;

import dealbrain.database.ColumnReader;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The one projection of a collection for its owner, with some of its items and their listings: which columns, and how the joined
 * rows are folded. They are read by index, in their order, and the collection's own only from the first row. Statements name the
 * collection {@code c} and the item {@code i}.
 */
final class CollectionRows {
    static final String COLLECTION = "c.id, c.user_id, c.name, c.description, c.visibility, c.item_count, c.row_version, c.created_at, c.updated_at";
    /** What to select behind the collection and the number of all items. */
    static final String ITEM = "i.id, i.collection_id, i.listing_id, i.status, i.notes, i.position, i.order_key, i.row_version, i.added_at, "
            + "i.updated_at, " + ListingRows.COLUMNS;

    private CollectionRows() {
    }

    /**
     * Folds a result that has the collection, a total and the items of one page. A row per item goes straight into its records:
     * Jdbi's own reducers look for the mapper anew for each row, which costs as much as reading it.
     *
     * @return empty when there is no row
     */
    static Optional<CollectionPage> read(ResultSet result) throws SQLException {
        if (!result.next()) {
            return Optional.empty();
        }
        ColumnReader row = new ColumnReader(result);
        ListingRows listings = new ListingRows();
        List<CollectionItem> items = new ArrayList<>();
        DealCollection collection = collection(row);
        long total = row.int64();
        int width = row.position() - 1;
        do {
            CollectionItem item = item(row.rewind().skip(width), listings);
            if (item != null) {
                items.add(item);
            }
        } while (result.next());
        return Optional.of(new CollectionPage(collection.withItems(items), total));
    }

    /** Null in the one row of a collection whose page is empty. */
    private static @Nullable CollectionItem item(ColumnReader row, ListingRows listings) throws SQLException {
        Long id = row.int64OrNull();
        if (id == null) {
            return null;
        }
        long collectionId = row.int64();
        long listingId = row.int64();
        ItemStatus status = ItemStatus.valueOf(row.text().toUpperCase(Locale.ROOT));
        String notes = row.textOrNull();
        int position = row.int32();
        var orderKey = row.decimal();
        long rowVersion = row.int64();
        var addedAt = row.instant();
        var updatedAt = row.instant();
        Listing listing = listings.next(row);
        if (listing == null) {
            throw new SQLException("item " + id + " has no listing, against its foreign key");
        }
        return new CollectionItem(id, collectionId, listingId, status, notes, position, addedAt, updatedAt, listing, orderKey, rowVersion);
    }

    /** Reads the columns of {@link #COLLECTION}; without items. */
    static DealCollection collection(ColumnReader row) throws SQLException {
        long id = row.int64();
        long userId = row.int64();
        String name = row.text();
        String description = row.textOrNull();
        Visibility visibility = Visibility.valueOf(row.text().toUpperCase(Locale.ROOT));
        int itemCount = row.int32();
        long rowVersion = row.int64();
        return new DealCollection(id, userId, name, description, visibility, row.instant(), row.instant(), itemCount, null, rowVersion);
    }
}
