package dealbrain.transfer;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements of an import; each method is one statement. */
interface ImportDao {
    /** Waits for the imports of other servers, and keeps them waiting until the end of the transaction. */
    @SqlQuery("SELECT true FROM pg_advisory_xact_lock(hashtext('dealbrain import'))")
    boolean takeTurn();

    /**
     * Fills a new collection.
     *
     * @param listingIds in the order of the items
     * @param opinions   an array of objects with {@code status} and {@code notes} as JSON, one for each listing
     */
    @SqlUpdate("""
            INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
            SELECT :collectionId, listing_id, coalesce(status, 'undecided'), notes, number - 1, number - 1
              FROM ROWS FROM (unnest(:listingIds::bigint[]), jsonb_to_recordset(:opinions::jsonb) AS (status text, notes text))
                   WITH ORDINALITY AS item (listing_id, status, notes, number)
            """)
    void insertItems(long collectionId, List<Long> listingIds, String opinions);
}
