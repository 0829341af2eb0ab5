package dealbrain.collections;

import dealbrain.database.ColumnReader;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import dealbrain.listings.ListingRows;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code collection}, and those that select its items; each method is one statement. */
interface CollectionDao extends SqlObject {
    String INSERT = "INSERT INTO collection AS c (user_id, name, description, visibility)"
            + " VALUES (:userId, :name, :description, :visibility) RETURNING " + CollectionRows.COLLECTION_COLUMNS;

    default DealCollection insert(long userId, String name, @Nullable String description, Visibility visibility) {
        return one(getHandle()
                .createQuery(INSERT)
                .bind("userId", userId)
                .bind("name", name)
                .bind("description", description)
                .bind("visibility", visibility));
    }

    private static DealCollection one(Query query) {
        return query.map(mapper()).one();
    }

    private static RowMapper<DealCollection> mapper() {
        return (row, _) -> CollectionRows.collection(new ColumnReader(row));
    }

    String INSERT_DEFAULT = "INSERT INTO collection AS c (user_id, name, is_default) VALUES (:userId, :name, true)"
            + " ON CONFLICT (user_id) WHERE is_default DO UPDATE SET is_default = true RETURNING "
            + CollectionRows.COLLECTION_COLUMNS;

    /** Creates the user's default collection. Returns the existing one if there is one, also from a concurrent call. */
    default DealCollection insertDefault(long userId, String name) {
        return one(
                getHandle().createQuery(INSERT_DEFAULT).bind("userId", userId).bind("name", name));
    }

    /** Selects the page of items before the joins. */
    String FIND_PAGE = "SELECT " + CollectionRows.columns("c.item_count") + """
         FROM collection c
         LEFT JOIN LATERAL (
              SELECT * FROM collection_item
               WHERE collection_id = c.id AND (:status::text IS NULL OR status = :status)
               ORDER BY position LIMIT :limit OFFSET :offset) i ON true
         LEFT JOIN listing l ON l.id = i.listing_id
        """ + ListingRows.JOINS + """
         WHERE c.id = :id
         ORDER BY i.position, i.id
        """;

    /**
     * Returns a collection with one page of its items, their listings and all relations of these.
     *
     * @param status null for items with any status
     */
    default Optional<CollectionSlice> find(long id, @Nullable ItemStatus status, int limit, int offset) {
        return CollectionRows.read(getHandle()
                .createQuery(FIND_PAGE)
                .bind("id", id)
                .bind("status", status)
                .bind("limit", limit)
                .bind("offset", offset));
    }

    /** Returns a collection with the page of its items that {@code search} selects, in the order of the search. */
    @RepeatedByDesign(value = "reads page by page", during = "GET /api/v1/collections/{id}/export")
    default Optional<CollectionSlice> find(long id, ItemSearch search) {
        return CollectionRows.read(
                getHandle().createQuery(search.sql()).bind("id", id).bindMap(search.parameters()));
    }

    String FIND = "SELECT " + CollectionRows.COLLECTION_COLUMNS + " FROM collection c WHERE c.id = :id";
    String LOCK = FIND + " FOR UPDATE";

    default Optional<DealCollection> find(long id) {
        return getHandle().createQuery(FIND).bind("id", id).map(mapper()).findOne();
    }

    /** Locks the row of a collection until the end of the transaction. */
    default Optional<DealCollection> lock(long id) {
        return getHandle().createQuery(LOCK).bind("id", id).map(mapper()).findOne();
    }

    String UPDATE = "UPDATE collection c SET name = :name, description = :description, visibility = :visibility,"
            + " row_version = row_version + 1, updated_at = now() WHERE c.id = :id RETURNING "
            + CollectionRows.COLLECTION_COLUMNS;

    default DealCollection update(long id, String name, @Nullable String description, Visibility visibility) {
        return one(getHandle()
                .createQuery(UPDATE)
                .bind("id", id)
                .bind("name", name)
                .bind("description", description)
                .bind("visibility", visibility));
    }

    @SqlUpdate("DELETE FROM collection WHERE id = :id")
    void delete(long id);

    /** Returns one page of a user's collections, newest first, with the total. */
    default PagedRows<DealCollection> search(CollectionSearch search) {
        return PagedRows.read(
                getHandle().createQuery(search.sql()).bindMap(search.parameters()), CollectionRows::collection);
    }
}
