package dealbrain.transfer;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements of an import; each method is one statement. */
interface ImportDao {
    /** Waits for the imports of other instances, then blocks them until the end of the transaction. */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtext('dealbrain import'))")
    boolean lock();

    /**
     * Inserts the items of a new collection.
     *
     * @param listingIds in the order of the items
     * @param properties a JSON array with one object for each listing, with the members {@code status} and {@code
     * notes}
     */
    @SqlUpdate("""
            INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
            SELECT :collectionId, listing_id, coalesce(status, 'undecided'), notes, number - 1, number - 1
              FROM ROWS FROM (
                   unnest(:listingIds::bigint[]),
                   jsonb_to_recordset(:properties::jsonb) AS (status text, notes text))
                   WITH ORDINALITY AS item (listing_id, status, notes, number)
            """)
    void insertItems(long collectionId, List<Long> listingIds, String properties);
}
