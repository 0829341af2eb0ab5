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
 * The one projection of a collection for others than its owner, with a page of its items and their listings, for every
 * statement that shows one: which columns, which joins, and how the rows are folded. Statements name the collection {@code c};
 * notes and status are not even read. Whether it may be shown is for the statement's own condition to say.
 *
 * <p>An object of this class folds the rows of one collection.
 */
public final class PublicCollectionRows {
    static final String COLLECTION =
            "c.id, c.name, c.description, c.visibility, c.created_at, c.updated_at, c.item_count, c.view_count, "
                    + "c.row_version, owner.username";
    static final String OWNER = " LEFT JOIN user_account owner ON owner.id = c.user_id ";
    private static final String ITEM = "i.id, i.listing_id, i.position, i.added_at, i.updated_at";

    /** What to select. */
    public static final String COLUMNS = COLLECTION + ", " + ITEM + ", " + ListingRows.COLUMNS;

    /** What to join to a collection {@code c}: one page of its items by {@code :limit} and {@code :offset}, chosen before anything else. */
    public static final String JOINS = OWNER + """

              LEFT JOIN LATERAL (
                   SELECT * FROM collection_item WHERE collection_id = c.id
                    ORDER BY position LIMIT :limit OFFSET :offset) i ON true
              LEFT JOIN listing l ON l.id = i.listing_id
            """ + ListingRows.JOINS;

    /** The order in which the rows must come. */
    public static final String ORDER = " ORDER BY i.position, i.id";

    private static final int COLLECTION_WIDTH = width(COLLECTION);

    /** How many columns {@link #COLUMNS} are. */
    public static final int WIDTH = width(COLUMNS);

    private final ListingRows listings = new ListingRows();
    private final List<PublicItem> items = new ArrayList<>();
    private @Nullable PublicCollection collection;

    private static int width(String columns) {
        return (int) columns.chars().filter(c -> c == ',').count() + 1;
    }

    /** Folds a result that has nothing but {@link #COLUMNS}; empty when it has no row. */
    static Optional<PublicCollection> read(ResultSet result) throws SQLException {
        PublicCollectionRows rows = new PublicCollectionRows();
        ColumnReader row = new ColumnReader(result);
        while (result.next()) {
            rows.add(row.rewind());
        }
        return rows.collection();
    }

    /** Takes the next {@link #WIDTH} columns of one row. */
    public void add(ColumnReader row) throws SQLException {
        if (collection == null) {
            collection = collection(row);
        } else {
            row.skip(COLLECTION_WIDTH);
        }
        PublicItem item = item(row, collection.id());
        if (item != null) {
            items.add(item);
        }
    }

    /** What was folded; empty before the first row. */
    public Optional<PublicCollection> collection() {
        return Optional.ofNullable(collection).map(found -> found.withItems(items));
    }

    private @Nullable PublicItem item(ColumnReader row, long collectionId) throws SQLException {
        Long id = row.int64OrNull();
        if (id == null) {
            row.skip(WIDTH - COLLECTION_WIDTH - 1);
            return null;
        }
        long listingId = row.int64();
        int position = row.int32();
        var addedAt = row.instant();
        var updatedAt = row.instant();
        Listing listing = listings.next(row);
        if (listing == null) {
            throw new SQLException("item " + id + " has no listing, against its foreign key");
        }
        return new PublicItem(id, collectionId, listingId, position, addedAt, updatedAt, listing);
    }

    /** Reads the columns of {@link #COLLECTION}; without items. */
    static PublicCollection collection(ColumnReader row) throws SQLException {
        long id = row.int64();
        String name = row.text();
        @Nullable String description = row.textOrNull();
        Visibility visibility = Visibility.valueOf(row.text().toUpperCase(Locale.ROOT));
        var createdAt = row.instant();
        var updatedAt = row.instant();
        int itemCount = row.int32();
        long viewCount = row.int64();
        long rowVersion = row.int64();
        return new PublicCollection(
                id,
                name,
                description,
                visibility,
                createdAt,
                updatedAt,
                itemCount,
                viewCount,
                row.text(),
                null,
                rowVersion);
    }
}
