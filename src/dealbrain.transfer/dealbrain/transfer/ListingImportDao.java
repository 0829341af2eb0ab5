package dealbrain.transfer;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The statement that finds the stored listings for those of a file. */
interface ListingImportDao {
    /**
     * Returns the stored listings that have the vendor item id or the address of a listing in the file, those of the
     * owner first. An address may have thousands of listings: up to 20 more than the file has are returned, those
     * with a title of the file first. Locks the listings against deletion until the end of the transaction.
     *
     * @param listings a JSON array of objects with the members {@code marketplace}, {@code vendor_item_id}, {@code
     *                 listing_url} and {@code title}
     */
    @SqlQuery("""
            WITH listing_key AS (
                SELECT * FROM jsonb_to_recordset(:listings::jsonb)
                    AS (marketplace text, vendor_item_id text, listing_url text, title text)),
            addresses AS (
                SELECT listing_url, count(*) AS items, array_agg(title) AS titles
                  FROM listing_key WHERE listing_url IS NOT NULL GROUP BY listing_url),
            candidates AS (
                SELECT l.id FROM (SELECT DISTINCT marketplace, vendor_item_id FROM listing_key) k
                  JOIN listing l ON l.marketplace = k.marketplace AND l.vendor_item_id = k.vendor_item_id
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
