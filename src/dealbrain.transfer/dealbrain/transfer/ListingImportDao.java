package dealbrain.transfer;

import java.util.List;
import org.jdbi.v3.sqlobject.statement.SqlQuery;

/** The statement that finds the stored listings for those of a file. */
interface ListingImportDao {
    /**
     * Returns the owner's listings that have the vendor item id or the address of a listing in the file. An address may
     * have thousands of listings: up to 20 more than the file has are returned, those with a title of the file first.
     * Locks the listings against deletion until the end of the transaction.
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
                   AND l.owner_id = :ownerId AND l.marketplace IS NOT NULL AND l.vendor_item_id IS NOT NULL
                 UNION
                SELECT l.id FROM addresses a CROSS JOIN LATERAL (
                       SELECT id FROM listing WHERE listing_url = a.listing_url AND owner_id = :ownerId
                        ORDER BY title = ANY(a.titles) DESC, id LIMIT a.items + 20) l)
            SELECT l.id, l.marketplace, l.vendor_item_id, l.listing_url, l.title, l.price_usd
              FROM candidates JOIN listing l ON l.id = candidates.id
             ORDER BY l.id
               FOR KEY SHARE OF l
            """)
    List<ListingMatches.Candidate> candidates(long ownerId, String listings);

    /**
     * Returns the ids of the owner's listings that have neither a vendor item id nor an address, and the title, price
     * and condition of a listing in the file, in their order. At most 20 more than the file has are returned for each
     * title, price and condition. Locks the listings against deletion until the end of the transaction.
     *
     * @param listings a JSON array of objects with the members {@code title}, {@code price_usd} and {@code condition}
     */
    @SqlQuery("""
            WITH listing_key AS (
                SELECT title, coalesce(price_usd, -1) AS price, condition, count(*) AS items
                  FROM jsonb_to_recordset(:listings::jsonb) AS (title text, price_usd numeric, condition text)
                 GROUP BY title, coalesce(price_usd, -1), condition),
            numbered AS (
                SELECT l.id, k.items,
                       row_number() OVER (PARTITION BY k.title, k.price, k.condition ORDER BY l.id) AS number
                  FROM listing_key k
                  JOIN listing l ON l.title = k.title AND coalesce(l.price_usd, -1) = k.price
                   AND l.condition IS NOT DISTINCT FROM k.condition
                 WHERE l.owner_id = :ownerId AND l.listing_url IS NULL
                   AND (l.marketplace IS NULL OR l.vendor_item_id IS NULL))
            SELECT l.id FROM numbered JOIN listing l ON l.id = numbered.id
             WHERE numbered.number <= numbered.items + 20 ORDER BY l.id FOR KEY SHARE OF l
            """)
    List<Long> similar(long ownerId, String listings);
}
