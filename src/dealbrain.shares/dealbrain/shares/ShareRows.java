package dealbrain.shares;

import dealbrain.database.ColumnReader;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The columns of a link {@code s} with the time for which its target may be cached. */
final class ShareRows {
    static final String VALIDITY =
            "(extract(epoch FROM s.expires_at - clock_timestamp()) * 1000)::bigint, pg_current_snapshot()::text";

    private ShareRows() {}

    /** Reads the columns of {@link #VALIDITY}. */
    static ShareValidity validity(ColumnReader row) throws SQLException {
        @Nullable Long millisLeft = row.int64OrNull();
        return new ShareValidity(millisLeft, row.text());
    }
}
