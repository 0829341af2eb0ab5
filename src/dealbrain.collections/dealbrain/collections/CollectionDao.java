package dealbrain.collections;

import dealbrain.database.ColumnReader;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import dealbrain.listings.ListingRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.config.RegisterRowMapper;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code collection}, and those that show its items; each method is one statement. */
@RegisterRowMapper(CollectionDao.CollectionMapper.class)
interface CollectionDao extends SqlObject {
    String COLLECTION =
            "c.id, c.user_id, c.name, c.description, c.visibility, c.item_count, c.row_version, c.created_at, c.updated_at";
    String ITEM =
            "i.id, i.collection_id, i.listing_id, i.status, i.notes, i.position, i.order_key, i.row_version, i.added_at, i.updated_at";

    /** What the reducer reads behind a collection and the total of its items. */
    String REST = ", pg_current_snapshot()::text, " + ITEM + ", " + ListingRows.COLUMNS;

    /** Reads collections without their items. */
    final class CollectionMapper implements RowMapper<DealCollection> {
        @Override
        public DealCollection map(ResultSet row, StatementContext context) throws SQLException {
            return CollectionReducer.collection(new ColumnReader(row));
        }
    }

    @SqlQuery(
            "INSERT INTO collection AS c (user_id, name, description, visibility) VALUES (:userId, :name, :description, :visibility) "
                    + "RETURNING " + COLLECTION)
    DealCollection insert(long userId, String name, @Nullable String description, Visibility visibility);

    /** Makes the user's default collection; when there is one already, it comes back as it is, also when it was made meanwhile. */
    @SqlQuery("INSERT INTO collection AS c (user_id, name, is_default) VALUES (:userId, :name, true) "
            + "ON CONFLICT (user_id) WHERE is_default DO UPDATE SET is_default = true RETURNING " + COLLECTION)
    DealCollection insertDefault(long userId, String name);

    /** The page is selected before anything is joined. */
    String FIND_PAGE = "SELECT " + COLLECTION + ", c.item_count" + REST + """
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
        return page(getHandle()
                .createQuery(FIND_PAGE)
                .bind("id", id)
                .bind("status", status)
                .bind("limit", limit)
                .bind("offset", offset));
    }

    private static Optional<CollectionSlice> page(Query query) {
        return query.registerRowMapper(new CollectionReducer.Mapper())
                .reduceRows(new CollectionReducer())
                .findFirst();
    }

    /** Returns the same by any order, offset or cursor. The text of the statement depends only on these. */
    @RepeatedByDesign(value = "reads page by page", during = "GET /api/v1/collections/{id}/export")
    default Optional<CollectionSlice> find(long id, ItemSearch search) {
        return page(getHandle().createQuery(search.sql()).bind("id", id).bindMap(search.parameters()));
    }

    @SqlQuery("SELECT " + COLLECTION + " FROM collection c WHERE c.id = :id")
    Optional<DealCollection> find(long id);

    @SqlQuery("SELECT " + COLLECTION + " FROM collection c WHERE c.id = :id FOR UPDATE")
    Optional<DealCollection> lock(long id);

    @SqlQuery("UPDATE collection c SET name = :name, description = :description, visibility = :visibility, "
            + "row_version = row_version + 1, updated_at = now() WHERE c.id = :id RETURNING " + COLLECTION)
    DealCollection update(long id, String name, @Nullable String description, Visibility visibility);

    @SqlUpdate("DELETE FROM collection WHERE id = :id")
    void delete(long id);

    /** One page of a user's collections, newest first, with the number of all that match. */
    default PagedRows<DealCollection> mine(CollectionSearch search) {
        return PagedRows.read(
                getHandle().createQuery(search.sql()).bindMap(search.parameters()), CollectionReducer::collection);
    }
}
