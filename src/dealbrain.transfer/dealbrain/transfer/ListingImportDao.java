package dealbrain.transfer;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The statement that looks for the listings of a file. */
interface ListingImportDao {
    /**
     * The stored listings that have a number or an address of the file's, those of the owner first. Of the listings with one address
     * there are some more than the file has, those with its titles first, but not all: somebody may have thousands.
     * They cannot be deleted before the transaction ends, so that what is matched can be referred to.
     *
     * @param listings an array of objects with these four members as JSON
     */
    @SqlQuery("""
            WITH named AS (
                SELECT * FROM jsonb_to_recordset(:listings::jsonb) AS (marketplace text, vendor_item_id text, listing_url text, title text)),
            addresses AS (
                SELECT listing_url, count(*) AS items, array_agg(title) AS titles FROM named WHERE listing_url IS NOT NULL GROUP BY listing_url),
            candidates AS (
                SELECT l.id FROM (SELECT DISTINCT marketplace, vendor_item_id FROM named) n
                  JOIN listing l ON l.marketplace = n.marketplace AND l.vendor_item_id = n.vendor_item_id
                   AND l.marketplace IS NOT NULL AND l.vendor_item_id IS NOT NULL
                 UNION
                SELECT l.id FROM addresses a CROSS JOIN LATERAL (
                       SELECT id FROM listing WHERE listing_url = a.listing_url
                        ORDER BY title = ANY(a.titles) DESC, owner_id = :ownerId DESC, id LIMIT a.items + 20) l)
            SELECT l.id, l.marketplace, l.vendor_item_id, l.listing_url, l.title, l.price_usd
              FROM candidates JOIN listing l ON l.id = candidates.id
             ORDER BY l.owner_id = :ownerId DESC, l.id
               FOR KEY SHARE OF l
            """)
    List<ListingMatches.Candidate> candidates(long ownerId, String listings);
}
