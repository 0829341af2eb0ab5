package dealbrain.collections;

import java.util.Optional;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/** The statements that copy a collection; each method is one statement. */
interface CopyDao {
    /** A new copy. */
    record Copied(long id, String name, @Nullable String description) {}

    /**
     * Creates the copy with all items and returns it; empty if the user may not read the source. The statement
     * reads the source in one snapshot, so concurrent changes are copied completely or not at all. The only exception
     * is a listing that a concurrent transaction deletes: the statement waits for that transaction and leaves the
     * listing out.
     *
     * @param byLink whether the user may copy an unlisted collection too
     */
    @SqlQuery("""
            WITH source AS (
                SELECT id, name, description, user_id = :userId AS own FROM collection
                 WHERE id = :sourceId
                   AND (user_id = :userId OR visibility = 'public' OR :byLink AND visibility = 'unlisted')),
            copy AS (
                INSERT INTO collection (user_id, name, description)
                SELECT :userId, coalesce(:name, name), description FROM source
                RETURNING id, name, description),
            source_item AS (
                SELECT i.listing_id, i.position, CASE WHEN source.own THEN i.status ELSE 'undecided' END AS status,
                       CASE WHEN source.own THEN i.notes END AS notes
                  FROM source
                  JOIN collection_item i ON i.collection_id = source.id
                  JOIN listing l ON l.id = i.listing_id
                   FOR KEY SHARE OF l),
            items AS (
                INSERT INTO collection_item (collection_id, listing_id, status, notes, position, order_key)
                SELECT copy.id, listing_id, status, notes,
                       row_number() OVER (ORDER BY position) - 1, row_number() OVER (ORDER BY position) - 1
                  FROM copy CROSS JOIN source_item)
            SELECT id, name, description FROM copy
            """)
    Optional<Copied> copy(long sourceId, long userId, @Nullable String name, boolean byLink);
}
