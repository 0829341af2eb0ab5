package dealbrain.collections;

import dealbrain.accounts.UserColumns;
import dealbrain.catalog.JsonColumns;
import dealbrain.database.ColumnReader;
import dealbrain.database.RecordColumns;
import dealbrain.listings.ListingRows;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The projection of a collection for viewers other than its owner, with a page of its items and their listings: its
 * columns, its joins, and how its rows are read. Statements give the collection the alias {@code c}, and decide whether
 * the viewer may see it. Notes and status of the items are not selected.
 *
 * <p>An instance reads the rows of one collection. Not thread-safe.
 */
public final class PublicCollectionRows {
    private static final RecordColumns<PublicCollection> COLLECTION = JsonColumns.of(PublicCollection.class);
    private static final RecordColumns<PublicItem> ITEM = JsonColumns.of(PublicItem.class);
    private static final int OWNER_USERNAME = COLLECTION.component("owner_username");
    private static final int OWNER_NAME = COLLECTION.component("owner_name");
    private static final int LISTING = ITEM.component("listing");

    static final String COLLECTION_COLUMNS =
            COLLECTION.select("c") + ", owner.username, " + UserColumns.shownName("owner");
    static final String OWNER = " LEFT JOIN user_account owner ON owner.id = c.user_id ";

    /** The columns to select. */
    public static final String COLUMNS =
            COLLECTION_COLUMNS + ", " + CollectionRows.itemColumns(ITEM) + ", " + ListingRows.PUBLIC_COLUMNS;

    /** The joins to a collection {@code c}. They select the page by {@code :limit} and {@code :offset} first. */
    public static final String JOINS = OWNER
            + " LEFT JOIN LATERAL (SELECT * FROM collection_item WHERE collection_id = c.id AND "
            + CollectionRows.FROM_OFFSET
            + ") i ON true LEFT JOIN listing l ON l.id = i.listing_id" + ListingRows.JOINS;

    /** The order of the rows. */
    public static final String ORDER = " ORDER BY i.position, i.id";

    private static final int COLLECTION_WIDTH = COLLECTION.width() + 2; // with the names of the owner

    private final ListingRows listings = new ListingRows(null);
    private final List<PublicItem> items = new ArrayList<>();
    private @Nullable PublicCollection collection;

    /** Reads the next columns of a row, which are {@link #COLUMNS}. */
    public void add(ColumnReader row) throws SQLException {
        if (collection == null) {
            collection = collection(row);
        } else {
            row.skip(COLLECTION_WIDTH);
        }
        if (row.int64OrNull() != null) { // null in the row of an empty page
            items.add(item(row.skip(-1)));
        }
    }

    /** Reads the columns of a collection, without items. */
    static PublicCollection collection(ColumnReader row) throws SQLException {
        @Nullable Object[] values = COLLECTION.values(row);
        values[OWNER_USERNAME] = row.text();
        values[OWNER_NAME] = row.text();
        return COLLECTION.create(values);
    }

    private PublicItem item(ColumnReader row) throws SQLException {
        @Nullable Object[] values = ITEM.values(row);
        values[LISTING] = Objects.requireNonNull(listings.next(row), "an item has a listing by its foreign key");
        return ITEM.create(values);
    }

    /** Returns the collection with its items; empty before the first row. */
    public Optional<PublicCollection> collection() {
        return Optional.ofNullable(collection).map(stored -> stored.withItems(items));
    }
}
