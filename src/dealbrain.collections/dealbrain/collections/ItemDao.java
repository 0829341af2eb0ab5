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
 * The statements that change {@code collection_item}; each method is one statement. The caller's transaction holds
 * the lock on the row of the collection, so that changes of a collection run one after the other.
 */
interface ItemDao extends SqlObject {
    /** A listing id that does not exist; {@code number} is its place in the array, from 1. */
    record UnknownListing(int number, long id) {}

    /** Appends an item and returns its id; empty if the collection contains the listing already. */
    @SqlQuery("""
            INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
            SELECT :collectionId, :listingId, :status, :notes,
                   coalesce(max(position) + 1, 0), coalesce(floor(max(order_key)) + 1, 0)
              FROM collection_item WHERE collection_id = :collectionId
                ON CONFLICT (collection_id, listing_id) DO NOTHING
            RETURNING id
            """)
    Optional<Long> append(long collectionId, long listingId, ItemStatus status, @Nullable String notes);

    /** Inserts an item at a free position and returns its id; empty if the collection contains the listing already. */
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

    /** Appends the listings that the collection does not contain, in the order of the array. Returns their number. */
    @SqlUpdate("""
            INSERT INTO collection_item (collection_id, listing_id, position, order_key)
            SELECT :collectionId, new.id, last.position + row_number() OVER (ORDER BY new.number),
                   last.order_key + row_number() OVER (ORDER BY new.number)
              FROM (SELECT id, min(number) AS number
                      FROM unnest(:listingIds::bigint[]) WITH ORDINALITY AS input (id, number)
                     GROUP BY id) new
             CROSS JOIN (SELECT coalesce(max(position), -1) AS position,
                                coalesce(floor(max(order_key)), -1) AS order_key
                           FROM collection_item WHERE collection_id = :collectionId) last
             WHERE NOT EXISTS (
                   SELECT FROM collection_item i WHERE i.collection_id = :collectionId AND i.listing_id = new.id)
            """)
    int appendAll(long collectionId, List<Long> listingIds);

    @SqlQuery("""
            SELECT input.number, input.id FROM unnest(:listingIds::bigint[]) WITH ORDINALITY AS input (id, number)
             WHERE NOT EXISTS (SELECT FROM listing l WHERE l.id = input.id) ORDER BY input.number
            """)
    List<UnknownListing> findUnknown(List<Long> listingIds);

    /** Returns the position after the last item. */
    @SqlQuery("SELECT coalesce(max(position) + 1, 0) FROM collection_item WHERE collection_id = :collectionId")
    int endPosition(long collectionId);

    /** Shifts the items from a position to the end by one, so that the position is free. */
    @SqlUpdate("UPDATE collection_item SET position = position + 1"
            + " WHERE collection_id = :collectionId AND position >= :position")
    void shiftFrom(long collectionId, int position);

    /** Moves an item, and shifts the items between its old and its new position by one towards the old one. */
    @SqlUpdate("""
            UPDATE collection_item
               SET position = CASE WHEN id = :itemId THEN :to WHEN :to > :from THEN position - 1 ELSE position + 1 END
             WHERE collection_id = :collectionId
               AND position BETWEEN least(:from::integer, :to) AND greatest(:from::integer, :to)
            """)
    void move(long collectionId, long itemId, int from, int to);

    /**
     * Returns an order key between those of the neighbours of a position: their mean. It is computed by multiplication,
     * which is exact for the type numeric, and has one digit more.
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

    /** Replaces the order keys of all items by their positions, which are short. */
    @SqlUpdate("UPDATE collection_item SET order_key = position WHERE collection_id = :collectionId")
    void shortenKeys(long collectionId);

    @SqlUpdate("UPDATE collection_item SET order_key = :orderKey WHERE id = :id")
    void setKey(long id, BigDecimal orderKey);

    @SqlUpdate("UPDATE collection_item"
            + " SET status = :status, notes = :notes, row_version = row_version + 1, updated_at = now() WHERE id = :id")
    void update(long id, ItemStatus status, @Nullable String notes);

    @SqlQuery("SELECT row_version FROM collection_item WHERE id = :id AND collection_id = :collectionId")
    Optional<Long> findVersion(long collectionId, long id);

    @SqlUpdate("DELETE FROM collection_item WHERE id = :id AND collection_id = :collectionId")
    void delete(long collectionId, long id);

    /** Sets the positions of the items to 0, 1, 2 and so on. Returns how many of them are in the collection. */
    @SqlUpdate("""
            UPDATE collection_item i SET position = input.number - 1, order_key = input.number - 1,
                   row_version = i.row_version + CASE WHEN i.position = input.number - 1 THEN 0 ELSE 1 END
              FROM unnest(:itemIds::bigint[]) WITH ORDINALITY AS input (id, number)
             WHERE i.id = input.id AND i.collection_id = :collectionId
            """)
    int reorder(long collectionId, List<Long> itemIds);

    String FIND = "SELECT " + CollectionRows.columns("c.item_count") + """
         FROM collection_item i JOIN collection c ON c.id = i.collection_id JOIN listing l ON l.id = i.listing_id
        """ + ListingRows.JOINS
            + " WHERE i.id = :id AND i.collection_id = :collectionId";

    /** Returns an item with its listing and all relations, as the only item of its collection. */
    default Optional<CollectionSlice> find(long collectionId, long id) {
        return CollectionRows.read(
                getHandle().createQuery(FIND).bind("collectionId", collectionId).bind("id", id));
    }
}
