package dealbrain.shares;

import dealbrain.database.ColumnReader;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** What the statements that open a link {@code s} read besides what is behind it: how long that holds. */
final class ShareRows {
    static final String VALIDITY =
            "(extract(epoch FROM s.expires_at - clock_timestamp()) * 1000)::bigint, pg_current_snapshot()::text";

    private ShareRows() {}

    static ShareValidity validity(ColumnReader row) throws SQLException {
        @Nullable Long millisLeft = row.int64OrNull();
        return new ShareValidity(millisLeft, row.text());
    }
}
