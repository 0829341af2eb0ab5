package dealbrain.collections;

import dealbrain.listings.ListingRows;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/**
 * The statements that change {@code collection_item}; each method is one statement. All are for a transaction that holds the
 * lock on the collection's row, which settles what happens at the same time.
 */
interface ItemDao extends SqlObject {
    /** A listing that was named and is not there; {@code number} is its place among the named, from 1. */
    record UnknownListing(int number, long id) {}

    /** Puts a listing last; empty when it is in the collection already. */
    @SqlQuery("""
            INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
            SELECT :collectionId, :listingId, :status, :notes, coalesce(max(position) + 1, 0), coalesce(floor(max(order_key)) + 1, 0)
              FROM collection_item WHERE collection_id = :collectionId
                ON CONFLICT (collection_id, listing_id) DO NOTHING
            RETURNING id
            """)
    Optional<Long> append(long collectionId, long listingId, ItemStatus status, @Nullable String notes);

    /** Puts a listing at a place that is free; empty when it is in the collection already. */
    @SqlQuery("""
            INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
            VALUES (:collectionId, :listingId, :status, :notes, :position, :orderKey)
                ON CONFLICT (collection_id, listing_id) DO NOTHING
            RETURNING id
            """)
    Optional<Long> insert(
            long collectionId,
            long listingId,
            ItemStatus status,
            @Nullable String notes,
            int position,
            BigDecimal orderKey);

    /** Puts those listings last that are not in the collection yet, in the order of the array; returns how many. */
    @SqlUpdate("""
            INSERT INTO collection_item (collection_id, listing_id, position, order_key)
            SELECT :collectionId, named.id, last.position + row_number() OVER (ORDER BY named.number),
                   last.order_key + row_number() OVER (ORDER BY named.number)
              FROM (SELECT id, min(number) AS number FROM unnest(:listingIds::bigint[]) WITH ORDINALITY AS each (id, number)
                     GROUP BY id) named
             CROSS JOIN (SELECT coalesce(max(position), -1) AS position, coalesce(floor(max(order_key)), -1) AS order_key
                           FROM collection_item WHERE collection_id = :collectionId) last
             WHERE NOT EXISTS (SELECT FROM collection_item i WHERE i.collection_id = :collectionId AND i.listing_id = named.id)
            """)
    int appendAll(long collectionId, List<Long> listingIds);

    @SqlQuery("""
            SELECT each.number, each.id FROM unnest(:listingIds::bigint[]) WITH ORDINALITY AS each (id, number)
             WHERE NOT EXISTS (SELECT FROM listing l WHERE l.id = each.id) ORDER BY each.number
            """)
    List<UnknownListing> missing(List<Long> listingIds);

    /** The position behind the last item. */
    @SqlQuery("SELECT coalesce(max(position) + 1, 0) FROM collection_item WHERE collection_id = :collectionId")
    int end(long collectionId);

    /** Moves what stands at a position or behind it by one, so that the position is free. */
    @SqlUpdate(
            "UPDATE collection_item SET position = position + 1 WHERE collection_id = :collectionId AND position >= :position")
    void makeRoom(long collectionId, int position);

    /** Moves one item, and what stands between its old and its new place by one towards the old. */
    @SqlUpdate("""
            UPDATE collection_item
               SET position = CASE WHEN id = :itemId THEN :to WHEN :to > :from THEN position - 1 ELSE position + 1 END
             WHERE collection_id = :collectionId AND position BETWEEN least(:from::integer, :to) AND greatest(:from::integer, :to)
            """)
    void move(long collectionId, long itemId, int from, int to);

    /**
     * An order key between those of the neighbours of a position. Half of a sum, by multiplication, is exact in numeric; each
     * halving at one place adds a digit.
     */
    @SqlQuery("""
            SELECT CASE WHEN before.key IS NULL AND behind.key IS NULL THEN 0
                        WHEN before.key IS NULL THEN ceil(behind.key) - 1
                        WHEN behind.key IS NULL THEN floor(before.key) + 1
                        ELSE (before.key + behind.key) * 0.5 END
              FROM (VALUES (1)) one
              LEFT JOIN LATERAL (SELECT order_key AS key FROM collection_item
                                  WHERE collection_id = :collectionId AND position < :position
                                  ORDER BY position DESC LIMIT 1) before ON true
              LEFT JOIN LATERAL (SELECT order_key AS key FROM collection_item
                                  WHERE collection_id = :collectionId AND position > :position
                                  ORDER BY position LIMIT 1) behind ON true
            """)
    BigDecimal keyAt(long collectionId, int position);

    /** Gives all items short order keys again, in their order. */
    @SqlUpdate("UPDATE collection_item SET order_key = position WHERE collection_id = :collectionId")
    void shortenKeys(long collectionId);

    @SqlUpdate("UPDATE collection_item SET order_key = :orderKey WHERE id = :id")
    void setKey(long id, BigDecimal orderKey);

    @SqlUpdate(
            "UPDATE collection_item SET status = :status, notes = :notes, row_version = row_version + 1, updated_at = now() WHERE id = :id")
    void update(long id, ItemStatus status, @Nullable String notes);

    @SqlQuery("SELECT row_version FROM collection_item WHERE id = :id AND collection_id = :collectionId")
    Optional<Long> findVersion(long collectionId, long id);

    @SqlUpdate("DELETE FROM collection_item WHERE id = :id AND collection_id = :collectionId")
    void delete(long collectionId, long id);

    /** Puts the named items at 0, 1, 2 and so on; returns how many of them are in the collection. */
    @SqlUpdate("""
            UPDATE collection_item i SET position = named.number - 1, order_key = named.number - 1,
                   row_version = i.row_version + CASE WHEN i.position = named.number - 1 THEN 0 ELSE 1 END
              FROM unnest(:itemIds::bigint[]) WITH ORDINALITY AS named (id, number)
             WHERE i.id = named.id AND i.collection_id = :collectionId
            """)
    int reorder(long collectionId, List<Long> itemIds);

    String FIND = "SELECT " + CollectionDao.COLLECTION + ", c.item_count" + CollectionDao.REST + """
         FROM collection_item i JOIN collection c ON c.id = i.collection_id JOIN listing l ON l.id = i.listing_id
        """ + ListingRows.JOINS
            + " WHERE i.id = :id AND i.collection_id = :collectionId";

    /** Returns one item with its listing and all relations of that, as the only item of its collection. */
    default Optional<CollectionSlice> find(long collectionId, long id) {
        return getHandle()
                .createQuery(FIND)
                .bind("collectionId", collectionId)
                .bind("id", id)
                .registerRowMapper(new CollectionReducer.Mapper())
                .reduceRows(new CollectionReducer())
                .findFirst();
    }
}
