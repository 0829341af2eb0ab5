package dealbrain.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Reads the columns of a row by index, in the order of the projection: each call reads the next column. One reader can
 * read all rows of a result, with a {@link #rewind()} for each. Not thread-safe. The methods without {@code OrNull} are
 * for columns that cannot be NULL; primitives read a NULL as zero or false.
 */
public final class ColumnReader {
    private final ResultSet row;
    private int position = 1;

    /** Starts at the first column. The caller moves and closes {@code row}. */
    public ColumnReader(ResultSet row) {
        this.row = row;
    }

    /** Returns the index of the next column, counted from 1. */
    public int position() {
        return position;
    }

    /** Returns to the first column, for the next row. */
    public ColumnReader rewind() {
        position = 1;
        return this;
    }

    /** Skips the next {@code columns}, for example those of a part that was read before. */
    public ColumnReader skip(int columns) {
        position += columns;
        return this;
    }

    /** Reads a column of type text, json or jsonb. */
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

    /** Reads a timestamptz, as a Timestamp, which allocates a quarter of what an OffsetDateTime does. */
    public Instant instant() throws SQLException {
        return row.getTimestamp(position++).toInstant();
    }

    public @Nullable Instant instantOrNull() throws SQLException {
        Timestamp value = row.getTimestamp(position++);
        return value == null ? null : value.toInstant();
    }
}
