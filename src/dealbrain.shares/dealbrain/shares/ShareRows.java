package dealbrain.shares;

import dealbrain.caching.LoadResult;
import dealbrain.database.ColumnReader;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The columns of a link {@code s} with the time for which its target may be cached. */
final class ShareRows {
    static final String VALIDITY = "s.expires_at, " + LoadResult.SNAPSHOT;

    private ShareRows() {}

    /** Reads the columns of {@link #VALIDITY}. */
    static ShareValidity validity(ColumnReader row) throws SQLException {
        @Nullable Instant expiresAt = row.instantOrNull();
        return new ShareValidity(expiresAt, row.text());
    }
}
