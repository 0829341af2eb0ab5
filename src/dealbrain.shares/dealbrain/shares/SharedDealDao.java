package dealbrain.shares;

import dealbrain.accounts.UserColumns;
import dealbrain.database.ColumnReader;
import dealbrain.listings.Listing;
import dealbrain.listings.ListingRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;

/** The statement on one listing of a shared collection. Links expire by the database's clock. */
interface SharedDealDao extends SqlObject {
    String OPEN = "SELECT s.id, coalesce(s.expires_at <= now(), false), " + ShareRows.VALIDITY + ", c.id, c.name,"
            + " owner.id, " + UserColumns.shownName("owner") + ", i.id, "
            + ListingRows.PUBLIC_COLUMNS + ListingRows.DETAILS
            + " FROM collection_share s JOIN collection c ON c.id = s.collection_id"
            + " JOIN user_account owner ON owner.id = c.user_id"
            + " LEFT JOIN collection_item i ON i.collection_id = c.id AND i.listing_id = :listingId"
            + " LEFT JOIN listing l ON l.id = i.listing_id" + ListingRows.JOINS
            + "WHERE s.share_token = :token AND c.visibility <> 'private'";

    /** Reads the columns of {@link #OPEN}. */
    final class DealMapper implements RowMapper<SharedDeal> {
        @Override
        public SharedDeal map(ResultSet result, StatementContext context) throws SQLException {
            ColumnReader row = new ColumnReader(result);
            long shareId = row.int64();
            boolean expired = row.bool();
            ShareValidity validity = ShareRows.validity(row);
            long collectionId = row.int64();
            String collectionName = row.text();
            long ownerId = row.int64();
            String ownerName = row.text();
            boolean isInCollection = row.int64OrNull() != null;
            Listing listing = isInCollection ? new ListingRows(null).nextWithDetails(row) : null;
            return new SharedDeal(
                    shareId, expired, validity, collectionId, collectionName, ownerId, ownerName, listing);
        }
    }

    /** Returns a link, also an expired one, with a listing of its collection; empty if the collection is private. */
    default Optional<SharedDeal> open(String token, long listingId) {
        return getHandle()
                .createQuery(OPEN)
                .bind("token", token)
                .bind("listingId", listingId)
                .map(new DealMapper())
                .findOne();
    }
}
