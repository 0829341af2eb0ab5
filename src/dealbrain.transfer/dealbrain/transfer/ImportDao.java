package dealbrain.transfer;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements of an import; each method is one statement. */
interface ImportDao {
    /**
     * Appends items to a collection, without those whose listings it contains already.
     *
     * @param listingIds in the order of the items
     * @param properties a JSON array with one object for each listing, with the members {@code status} and {@code
     * notes}
     */
    @SqlUpdate("""
            INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
            SELECT :collectionId, listing_id, coalesce(status, 'undecided'), notes,
                   last.position + row_number() OVER (ORDER BY number),
                   last.order_key + row_number() OVER (ORDER BY number)
              FROM ROWS FROM (
                   unnest(:listingIds::bigint[]),
                   jsonb_to_recordset(:properties::jsonb) AS (status text, notes text))
                   WITH ORDINALITY AS item (listing_id, status, notes, number)
             CROSS JOIN (SELECT coalesce(max(position), -1) AS position,
                                coalesce(floor(max(order_key)), -1) AS order_key
                           FROM collection_item WHERE collection_id = :collectionId) last
             WHERE NOT EXISTS (
                   SELECT FROM collection_item i
                    WHERE i.collection_id = :collectionId AND i.listing_id = item.listing_id)
            """)
    void insertItems(long collectionId, List<Long> listingIds, String properties);
}
