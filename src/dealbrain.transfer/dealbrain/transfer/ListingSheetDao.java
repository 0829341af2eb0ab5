package dealbrain.transfer;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/**
 * The statements that find the user's listings for the rows of a file. Rows are a JSON array of {@link Row}. A stored
 * listing is unchanged if it has all members of a row: if setting them makes no difference.
 */
interface ListingSheetDao {
    /** A row with the members that it states. */
    record Row(int number, ObjectNode members) {}

    /**
     * A listing that a row changes.
     *
     * @param searched the texts that the changed listing is found by
     */
    record Keyed(int number, long id, boolean unchanged, String searched) {}

    /** A listing that a row would not change. */
    record Equal(int number, long id) {}

    /** Locks the listings that have the marketplace and vendor item id of a row, and returns their ids. */
    @SqlQuery("""
            SELECT l.id
              FROM jsonb_to_recordset(:rows::jsonb) AS file (number integer, members jsonb)
              JOIN listing l ON l.owner_id = :ownerId AND l.marketplace = file.members ->> 'marketplace'
               AND l.vendor_item_id = file.members ->> 'vendor_item_id'
             ORDER BY l.id FOR NO KEY UPDATE OF l
            """)
    List<Long> lockByKey(long ownerId, String rows);

    /**
     * Returns the listings that have the marketplace and vendor item id of a row. Locks them, too: one may have got its
     * key since {@link #lockByKey}.
     */
    @SqlQuery("""
            SELECT file.number, l.id, ROW(l.*) IS NOT DISTINCT FROM ROW(changed.*) AS unchanged,
                   listing_text(changed.title, changed.device_model, changed.manufacturer, changed.series) AS searched
              FROM jsonb_to_recordset(:rows::jsonb) AS file (number integer, members jsonb)
              JOIN listing l ON l.owner_id = :ownerId AND l.marketplace = file.members ->> 'marketplace'
               AND l.vendor_item_id = file.members ->> 'vendor_item_id'
             CROSS JOIN LATERAL jsonb_populate_record(l, file.members) AS changed
             ORDER BY l.id FOR NO KEY UPDATE OF l
            """)
    List<Keyed> findByKey(long ownerId, String rows);

    /**
     * Returns the listings that have no vendor item id, and all members of a row. Of several equal rows, each has
     * another listing.
     */
    @SqlQuery("""
            WITH file AS (
                SELECT number, members, row_number() OVER (PARTITION BY members ORDER BY number) AS place
                  FROM jsonb_to_recordset(:rows::jsonb) AS (number integer, members jsonb)),
            wanted AS (SELECT DISTINCT members, members ->> 'title' AS title FROM file),
            stored AS (
                SELECT l.id, wanted.members, row_number() OVER (PARTITION BY wanted.members ORDER BY l.id) AS place
                  FROM wanted
                  JOIN listing l ON l.title = wanted.title
                 CROSS JOIN LATERAL jsonb_populate_record(l, wanted.members) AS changed
                 WHERE l.owner_id = :ownerId AND (l.marketplace IS NULL OR l.vendor_item_id IS NULL)
                   AND ROW(l.*) IS NOT DISTINCT FROM ROW(changed.*))
            SELECT file.number, stored.id FROM file JOIN stored USING (members, place) ORDER BY file.number
            """)
    List<Equal> findEqual(long ownerId, String rows);
}
