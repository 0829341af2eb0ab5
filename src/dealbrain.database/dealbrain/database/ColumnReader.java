package dealbrain.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a row by index, in the order of the projection: each call takes the next column. One reader
 * serves a whole result when it is {@link #rewind() rewound} for each row; it belongs to one thread. A primitive is
 * for a column that cannot be NULL (a NULL there reads as zero or false), the boxed type for one that can.
 */
public final class ColumnReader {
    private final ResultSet row;
    private int position = 1;

    /** Starts at the first column. The result set stays the caller's, who moves and closes it. */
    public ColumnReader(ResultSet row) {
        this.row = row;
    }

    /** The column that is read next, counted from 1. */
    public int position() {
        return position;
    }

    /** Goes back to the first column, for the next row. */
    public ColumnReader rewind() {
        position = 1;
        return this;
    }

    /** Leaves out the next {@code columns}, as when the id of a part is known and the part is not built again. */
    public ColumnReader skip(int columns) {
        position += columns;
        return this;
    }

    /** A column of text, json or jsonb that cannot be NULL. */
    public String text() throws SQLException {
        return row.getString(position++);
    }

    public @Nullable String textOrNull() throws SQLException {
        return row.getString(position++);
    }

    public int int32() throws SQLException {
        return row.getInt(position++);
    }

    public @Nullable Integer int32OrNull() throws SQLException {
        int value = row.getInt(position++);
        return row.wasNull() ? null : value;
    }

    public long int64() throws SQLException {
        return row.getLong(position++);
    }

    public @Nullable Long int64OrNull() throws SQLException {
        long value = row.getLong(position++);
        return row.wasNull() ? null : value;
    }

    public BigDecimal decimal() throws SQLException {
        return row.getBigDecimal(position++);
    }

    public @Nullable BigDecimal decimalOrNull() throws SQLException {
        return row.getBigDecimal(position++);
    }

    public boolean bool() throws SQLException {
        return row.getBoolean(position++);
    }

    public @Nullable Boolean boolOrNull() throws SQLException {
        boolean value = row.getBoolean(position++);
        return row.wasNull() ? null : value;
    }

    /** A timestamptz that cannot be NULL. By way of Timestamp, which costs a quarter of what OffsetDateTime allocates. */
    public Instant instant() throws SQLException {
        return row.getTimestamp(position++).toInstant();
    }

    public @Nullable Instant instantOrNull() throws SQLException {
        Timestamp value = row.getTimestamp(position++);
        return value == null ? null : value.toInstant();
    }
}
