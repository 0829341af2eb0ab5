package dealbrain.collections;

import dealbrain.database.RepeatedByDesign;
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
 *
 * <p>Stored positions may have gaps, which {@code collection.position_gaps} contains and triggers keep up to date.
 * Positions are those that are shown, without gaps, unless they are called stored ones.
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

    /** Inserts an item at a free stored position and returns its id; empty if the collection contains the listing. */
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

    /** Shifts the items from a stored position to the end by one, so that the position is free. */
    @SqlUpdate("UPDATE collection_item SET position = position + 1"
            + " WHERE collection_id = :collectionId AND position >= :position")
    void shiftFrom(long collectionId, int position);

    /**
     * A place between two items.
     *
     * @param storedPosition that of the item behind it; behind the last item, the next free one
     * @param before         the order key of the item before it; null if there is none
     * @param behind         the order key of the item behind it; null if there is none
     */
    record Place(
            int storedPosition,
            @Nullable BigDecimal before,
            @Nullable BigDecimal behind) {}

    /** Returns the place before the item at a position. */
    @SqlQuery("""
            SELECT place.position AS stored_position,
                   (SELECT order_key FROM collection_item
                     WHERE collection_id = :collectionId AND position < place.position
                     ORDER BY position DESC LIMIT 1) AS before,
                   (SELECT order_key FROM collection_item
                     WHERE collection_id = :collectionId AND position >= place.position
                     ORDER BY position LIMIT 1) AS behind
              FROM (SELECT stored_position(:position, position_gaps) AS position
                      FROM collection WHERE id = :collectionId) place
            """)
    Place place(long collectionId, int position);

    /** Starts a generation of order keys. */
    @SqlUpdate("UPDATE collection SET key_generation = key_generation + 1 WHERE id = :collectionId")
    void startGeneration(long collectionId);

    /** Stores the order keys of all items as those of a generation. */
    @SqlUpdate("INSERT INTO former_order_key (item_id, collection_id, generation, order_key)"
            + " SELECT id, collection_id, :generation, order_key FROM collection_item"
            + " WHERE collection_id = :collectionId")
    void storeKeys(long collectionId, int generation);

    /** Skips the rows that another transaction has locked, so that it waits for none. */
    @SqlUpdate("""
            DELETE FROM former_order_key WHERE ctid = ANY(ARRAY(
                   SELECT ctid FROM former_order_key WHERE replaced_at < now() - make_interval(days => :days)
                    ORDER BY replaced_at LIMIT :batch FOR UPDATE SKIP LOCKED))
            """)
    @RepeatedByDesign(value = "deletes batch by batch", during = "sweep")
    int deleteFormerKeys(int days, int batch);

    /** Replaces the order keys of all items by their stored positions, which are short. */
    @SqlUpdate("UPDATE collection_item SET order_key = position WHERE collection_id = :collectionId")
    void shortenKeys(long collectionId);

    @SqlUpdate("UPDATE collection_item"
            + " SET status = :status, notes = :notes, row_version = row_version + 1, updated_at = now() WHERE id = :id")
    void update(long id, ItemStatus status, @Nullable String notes);

    /**
     * Changes an item and moves it, and shifts the items between its old and its new position by one towards the old
     * one. One statement, because PostgreSQL checks the foreign keys of a row that a transaction updates twice, and
     * would lock the listing after the collection. Also deletes the former keys of the item, whose place they are not.
     */
    @SqlUpdate("""
            WITH left_places AS (DELETE FROM former_order_key WHERE item_id = :id)
            UPDATE collection_item i
               SET position = CASE WHEN id = :id THEN place.stored_to
                                   WHEN :to > :from THEN position - 1 ELSE position + 1 END,
                   order_key = CASE WHEN id = :id THEN :orderKey ELSE order_key END,
                   status = CASE WHEN id = :id THEN :status ELSE status END,
                   notes = CASE WHEN id = :id THEN :notes ELSE notes END,
                   row_version = CASE WHEN id = :id THEN row_version + 1 ELSE row_version END,
                   updated_at = CASE WHEN id = :id THEN now() ELSE updated_at END
              FROM (SELECT stored_position(:from, position_gaps) AS stored_from,
                           stored_position(:to, position_gaps) AS stored_to
                      FROM collection WHERE id = :collectionId) place
             WHERE collection_id = :collectionId
               AND position BETWEEN least(stored_from, stored_to) AND greatest(stored_from, stored_to)
            """)
    void move(
            long collectionId,
            long id,
            int from,
            int to,
            BigDecimal orderKey,
            ItemStatus status,
            @Nullable String notes);

    @SqlQuery("SELECT row_version FROM collection_item WHERE id = :id AND collection_id = :collectionId")
    Optional<Long> findVersion(long collectionId, long id);

    @SqlUpdate("DELETE FROM collection_item WHERE id = :id AND collection_id = :collectionId")
    void delete(long collectionId, long id);

    /**
     * Sets the stored positions of the items to 0, 1, 2 and so on. Each place keeps its order key, so that an item that
     * stays in its place does. Returns how many of the items are in the collection.
     */
    @SqlUpdate("""
            WITH left_places AS (
                 DELETE FROM former_order_key f
                  USING unnest(:itemIds::bigint[]) WITH ORDINALITY AS input (id, number)
                   JOIN collection_item i ON i.id = input.id
                   JOIN collection c ON c.id = i.collection_id
                  WHERE f.item_id = i.id AND shown_position(i.position, c.position_gaps) <> input.number - 1)
            UPDATE collection_item i SET position = input.number - 1, order_key = input.order_key,
                   row_version = i.row_version
                       + CASE WHEN shown_position(i.position, c.position_gaps) = input.number - 1 THEN 0 ELSE 1 END
              FROM collection c, unnest(:itemIds::bigint[],
                          ARRAY(SELECT order_key FROM collection_item
                                 WHERE collection_id = :collectionId ORDER BY order_key))
                   WITH ORDINALITY AS input (id, order_key, number)
             WHERE i.id = input.id AND i.collection_id = :collectionId AND c.id = i.collection_id
            """)
    int reorder(long collectionId, List<Long> itemIds);

    String FIND = "SELECT " + CollectionRows.columns("c.item_count") + """
         FROM collection_item i JOIN collection c ON c.id = i.collection_id JOIN listing l ON l.id = i.listing_id
        """ + ListingRows.JOINS
            + " WHERE i.id = :id AND i.collection_id = :collectionId";

    /** Returns an item with its listing and all relations, as the only item of its collection, for a viewer. */
    default Optional<CollectionSlice> find(@Nullable Long viewerId, long collectionId, long id) {
        return CollectionRows.read(
                getHandle().createQuery(FIND).bind("collectionId", collectionId).bind("id", id), viewerId);
    }
}
