package dealbrain.collections;

import dealbrain.database.ColumnReader;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.result.RowReducer;
import org.jdbi.v3.core.result.RowView;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * Folds the joined rows of one collection, its items and their listings. The columns are those of {@link CollectionDao}, in
 * their order: they are read by index, and the collection's own only from the first row.
 */
public final class CollectionReducer implements RowReducer<CollectionReducer.Accumulator, CollectionSlice> {
    /** One joined row; the item is null for a collection whose page is empty. */
    public record Row(
            DealCollection collection,
            long total,
            String snapshot,
            @Nullable CollectionItem item) {}

    /** What was folded so far. */
    public static final class Accumulator {
        private final List<CollectionItem> items = new ArrayList<>();
        private @Nullable Row first;
    }

    @Override
    public Accumulator container() {
        return new Accumulator();
    }

    @Override
    public void accumulate(Accumulator folded, RowView view) {
        Row row = view.getRow(Row.class);
        if (folded.first == null) {
            folded.first = row;
        }
        if (row.item() != null) {
            folded.items.add(row.item());
        }
    }

    @Override
    public Stream<CollectionSlice> stream(Accumulator folded) {
        Row first = folded.first;
        return first == null
                ? Stream.empty()
                : Stream.of(new CollectionSlice(
                        first.collection().withItems(folded.items), first.total(), first.snapshot()));
    }

    /** Reads rows; Jdbi specializes it for each result, which has one collection. */
    public static final class Mapper implements RowMapper<Row> {
        @Override
        public Row map(ResultSet row, StatementContext context) throws SQLException {
            return specialize(row, context).map(row, context);
        }

        @Override
        public RowMapper<Row> specialize(ResultSet result, StatementContext context) {
            return new ResultMapper(result);
        }
    }

    private static final class ResultMapper implements RowMapper<Row> {
        private final ColumnReader row;
        private final ListingRows listings = new ListingRows();
        private @Nullable DealCollection collection;
        private long total;
        private String snapshot = "";
        private int width;

        ResultMapper(ResultSet result) {
            this.row = new ColumnReader(result);
        }

        @Override
        public Row map(ResultSet result, StatementContext context) throws SQLException {
            row.rewind();
            if (collection == null) {
                collection = collection(row);
                total = row.int64();
                snapshot = row.text();
                width = row.position() - 1;
            } else {
                row.skip(width);
            }
            return new Row(collection, total, snapshot, item());
        }

        private @Nullable CollectionItem item() throws SQLException {
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
            return new CollectionItem(
                    id,
                    collectionId,
                    listingId,
                    status,
                    notes,
                    position,
                    addedAt,
                    updatedAt,
                    listing,
                    orderKey,
                    rowVersion);
        }
    }

    /** Reads the columns of {@link CollectionDao#COLLECTION}; without items. */
    static DealCollection collection(ColumnReader row) throws SQLException {
        long id = row.int64();
        long userId = row.int64();
        String name = row.text();
        String description = row.textOrNull();
        Visibility visibility = Visibility.valueOf(row.text().toUpperCase(Locale.ROOT));
        int itemCount = row.int32();
        long rowVersion = row.int64();
        return new DealCollection(
                id, userId, name, description, visibility, row.instant(), row.instant(), itemCount, null, rowVersion);
    }
}
