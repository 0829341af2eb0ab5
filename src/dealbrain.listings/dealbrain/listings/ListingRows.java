package dealbrain.listings;

import dealbrain.catalog.Cpu;
import dealbrain.catalog.JsonColumns;
import dealbrain.catalog.Part;
import dealbrain.catalog.PartKind;
import dealbrain.database.ColumnReader;
import dealbrain.database.RecordColumns;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The only projection of a listing with its eight relations: its columns, its joins, and how a row is read. Statements
 * give the listing the alias {@code l}. Notes and attributes are read for the owner only
 * (docs/decisions/0028-ownership.md).
 *
 * <p>An instance reads one result for one viewer. It creates each distinct part once, because many listings share a few
 * parts. Of a part that was read before, it reads the id only. Not thread-safe.
 */
public final class ListingRows {
    private static final RecordColumns<Listing> LISTING = JsonColumns.of(Listing.class);

    private static final String RELATIONS = ListingVerdict.COLUMNS + ", "
            + ListingRelation.ALL.stream().map(ListingRelation::select).collect(Collectors.joining(", "));

    /** The columns to select. */
    public static final String COLUMNS = LISTING.select("l") + ", " + RELATIONS;

    /** The columns to select for viewers without an account: without the values that only the owner sees. */
    public static final String PUBLIC_COLUMNS =
            LISTING.select("l", Map.of("notes", "NULL", "attributes", "NULL")) + ", " + RELATIONS;

    /** The columns that follow {@link #COLUMNS} where a listing is shown with its valuation and its score. */
    public static final String DETAILS = ", " + ListingVerdict.DETAILS;

    private static final String PART_JOINS =
            ListingRelation.ALL.stream().map(ListingRelation::join).collect(Collectors.joining());

    /** The joins to a listing {@code l}, each by a primary key. */
    public static final String JOINS = PART_JOINS + ListingVerdict.JOIN;

    /** The joins to the rows {@code l} that the statement itself writes. */
    static final String JOINS_OF_WRITTEN = PART_JOINS + ListingVerdict.JOIN_WRITTEN;

    /** The number of {@link #COLUMNS}. */
    public static final int WIDTH = LISTING.width()
            + ListingVerdict.WIDTH
            + ListingRelation.ALL.stream()
                    .mapToInt(relation -> relation.kind().columns().width())
                    .sum();

    private static final int OWNER = LISTING.component("owner_id");
    private static final int NOTES = LISTING.component("notes");
    private static final int ATTRIBUTES = LISTING.component("attributes");
    private static final ListingVerdict VERDICT = new ListingVerdict(LISTING);
    private static final int PRICE = LISTING.component("price_usd");
    private static final int PER_MARK_MULTI = LISTING.component("dollar_per_cpu_mark_multi");
    private static final int PER_MARK_SINGLE = LISTING.component("dollar_per_cpu_mark_single");

    private final @Nullable Long viewerId;
    private final List<RelationReader> relations;

    /** @param viewerId the id of the user who sees the listings; null for a viewer without an account */
    public ListingRows(@Nullable Long viewerId) {
        this.viewerId = viewerId;
        Map<PartKind<?, ?>, DistinctParts<?>> parts = new HashMap<>(); // both storage profiles share their parts
        relations = ListingRelation.ALL.stream()
                .map(relation -> new RelationReader(
                        LISTING.component(relation.member()),
                        parts.computeIfAbsent(relation.kind(), kind -> new DistinctParts<>(kind.columns()))))
                .toList();
    }

    /** Returns a mapper of rows that have {@link #COLUMNS} only, for a viewer. Jdbi specializes it for each result. */
    static RowMapper<Listing> mapper(@Nullable Long viewerId) {
        return new ListingMapper(viewerId, ListingRows::next);
    }

    /** Returns a mapper of rows that have {@link #COLUMNS} and {@link #DETAILS} only, for a viewer. */
    static RowMapper<Listing> detailsMapper(@Nullable Long viewerId) {
        return new ListingMapper(viewerId, ListingRows::nextWithDetails);
    }

    /** Reads the next {@link #WIDTH} columns. Returns null for a row without a listing. */
    public @Nullable Listing next(ColumnReader row) throws SQLException {
        if (row.int64OrNull() == null) {
            row.skip(WIDTH - 1);
            return null;
        }
        @Nullable Object[] values = LISTING.values(row.skip(-1));
        hidePrivate(values);
        VERDICT.read(row, values);
        readParts(row, values);
        return LISTING.create(values);
    }

    /** Reads the next {@link #COLUMNS} and {@link #DETAILS} of a row with a listing. */
    public Listing nextWithDetails(ColumnReader row) throws SQLException {
        @Nullable Object[] values = LISTING.values(row);
        hidePrivate(values);
        ListingVerdict.Origin origin = VERDICT.read(row, values);
        readParts(row, values);
        VERDICT.readDetails(row, origin, values, LISTING);
        return LISTING.create(values);
    }

    private void hidePrivate(@Nullable Object[] values) {
        if (viewerId == null || !viewerId.equals(values[OWNER])) {
            values[NOTES] = null;
            values[ATTRIBUTES] = null;
        }
    }

    private void readParts(ColumnReader row, @Nullable Object[] values) throws SQLException {
        for (RelationReader relation : relations) {
            values[relation.component()] = relation.parts().next(row);
        }
        BigDecimal price = (BigDecimal) values[PRICE];
        if (price != null && values[relations.getFirst().component()] instanceof Cpu cpu) {
            values[PER_MARK_MULTI] = perMark(price, cpu.cpuMarkMulti());
            values[PER_MARK_SINGLE] = perMark(price, cpu.cpuMarkSingle());
        }
    }

    private static @Nullable BigDecimal perMark(BigDecimal price, @Nullable Integer mark) {
        return mark == null ? null : price.divide(BigDecimal.valueOf(mark), 6, RoundingMode.HALF_UP);
    }

    private record RelationReader(int component, DistinctParts<?> parts) {}

    /** The parts of one kind that were read from this result. */
    private static final class DistinctParts<P extends Part> {
        private final Map<Long, P> byId = new HashMap<>();
        private final RecordColumns<P> columns;

        DistinctParts(RecordColumns<P> columns) {
            this.columns = columns;
        }

        @Nullable
        Part next(ColumnReader row) throws SQLException {
            Long id = row.int64OrNull();
            P part = id == null ? null : byId.get(id);
            if (id == null || part != null) {
                row.skip(columns.width() - 1);
                return part;
            }
            P created = columns.read(row.skip(-1));
            byId.put(id, created);
            return created;
        }
    }

    @FunctionalInterface
    private interface Reader {
        @Nullable
        Listing read(ListingRows rows, ColumnReader row) throws SQLException;
    }

    private record ListingMapper(@Nullable Long viewerId, Reader reader) implements RowMapper<Listing> {
        @Override
        public Listing map(ResultSet row, StatementContext context) throws SQLException {
            return specialize(row, context).map(row, context);
        }

        @Override
        public RowMapper<Listing> specialize(ResultSet result, StatementContext context) {
            ListingRows rows = new ListingRows(viewerId);
            ColumnReader columns = new ColumnReader(result);
            return (_, _) -> Objects.requireNonNull(reader.read(rows, columns.rewind()));
        }
    }
}
