package dealbrain.collections;

import dealbrain.database.ColumnReader;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.database.RepeatedByDesign;
import dealbrain.database.WordsTable;
import dealbrain.json.Json;
import dealbrain.listings.ListingRows;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.mapper.RowMapper;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;
import org.jspecify.annotations.Nullable;

/** The statements on {@code collection}, and those that select its items; each method is one statement. */
interface CollectionDao extends SqlObject {
    WordsTable WORDS = new WordsTable("collection", "name || ' ' || coalesce(description, '')");

    String WRITE_WORDS =
            " RETURNING *), " + WORDS.store("c") + " SELECT " + CollectionRows.COLLECTION_COLUMNS + " FROM c";
    String INSERT = "WITH c AS (INSERT INTO collection (user_id, name, description, visibility)"
            + " VALUES (:userId, :name, :description, :visibility)" + WRITE_WORDS;

    default DealCollection insert(long userId, String name, @Nullable String description, Visibility visibility) {
        return one(getHandle()
                .createQuery(INSERT)
                .bind("userId", userId)
                .bind("name", name)
                .bind("description", description)
                .bind("visibility", visibility)
                .bind("words", words(name, description)));
    }

    /** Returns the words for {@link #WORDS} as JSON. */
    private static String words(String name, @Nullable String description) {
        return Json.text(WordsTable.vectors(List.of(name + " " + (description == null ? "" : description))));
    }

    private static DealCollection one(Query query) {
        return query.map(mapper()).one();
    }

    private static RowMapper<DealCollection> mapper() {
        return (row, _) -> CollectionRows.collection(new ColumnReader(row));
    }

    String INSERT_DEFAULT =
            "WITH c AS (INSERT INTO collection (user_id, name, is_default) VALUES (:userId, :name, true)"
                    + " ON CONFLICT (user_id) WHERE is_default DO UPDATE SET is_default = true" + WRITE_WORDS;

    /** Creates the user's default collection. Returns the existing one if there is one, also from a concurrent call. */
    default DealCollection insertDefault(long userId, String name) {
        return one(getHandle()
                .createQuery(INSERT_DEFAULT)
                .bind("userId", userId)
                .bind("name", name)
                .bind("words", words(name, null)));
    }

    String FIND_PAGE = findPage(CollectionRows.FROM_OFFSET);

    String FIND_PAGE_OF_STATUS = findPage("status = :status ORDER BY order_key LIMIT :limit OFFSET :offset");

    /** Selects the page of items before the joins. */
    private static String findPage(String page) {
        return "SELECT " + CollectionRows.columns("c.item_count") + " FROM collection c"
                + " LEFT JOIN LATERAL (SELECT * FROM collection_item WHERE collection_id = c.id AND " + page
                + ") i ON true LEFT JOIN listing l ON l.id = i.listing_id" + ListingRows.JOINS
                + " WHERE c.id = :id ORDER BY i.position, i.id";
    }

    /**
     * Returns a collection with one page of its items, their listings and all relations of these, for a viewer.
     *
     * @param viewerId null for a viewer without an account
     * @param status   null for items with any status
     */
    default Optional<CollectionSlice> find(
            @Nullable Long viewerId, long id, @Nullable ItemStatus status, int limit, int offset) {
        Query query = status == null
                ? getHandle().createQuery(FIND_PAGE)
                : getHandle().createQuery(FIND_PAGE_OF_STATUS).bind("status", status);
        return CollectionRows.read(query.bind("id", id).bind("limit", limit).bind("offset", offset), viewerId);
    }

    /**
     * Returns a collection with the page of its items that {@code search} selects, in the order of the search, for a
     * viewer.
     */
    @RepeatedByDesign(value = "reads page by page", during = "GET /api/v1/collections/{id}/export")
    default Optional<CollectionSlice> find(@Nullable Long viewerId, long id, ItemSearch search) {
        return CollectionRows.read(
                getHandle().createQuery(search.sql()).bind("id", id).bindMap(search.parameters()), viewerId);
    }

    /** Returns whether the order keys of a generation are stored for at least one item. */
    @SqlQuery("SELECT EXISTS (SELECT FROM former_order_key"
            + " WHERE collection_id = :collectionId AND generation = :generation)")
    boolean hasFormerKeys(long collectionId, long generation);

    String FIND = "SELECT " + CollectionRows.COLLECTION_COLUMNS + " FROM collection c WHERE c.id = :id";
    String FIND_COPIED = "WITH c AS (SELECT * FROM collection WHERE id = :id), " + WORDS.store("c") + " SELECT "
            + CollectionRows.COLLECTION_COLUMNS + " FROM c";
    String LOCK = FIND + " FOR UPDATE";

    default Optional<DealCollection> find(long id) {
        return getHandle().createQuery(FIND).bind("id", id).map(mapper()).findOne();
    }

    /** Locks the row of a collection until the end of the transaction. */
    default Optional<DealCollection> lock(long id) {
        return getHandle().createQuery(LOCK).bind("id", id).map(mapper()).findOne();
    }

    /** The condition is always true; it makes PostgreSQL lock the listings first. */
    String LOCK_WITH_LISTINGS = """
            WITH locked AS MATERIALIZED (
                 SELECT id FROM listing WHERE id = ANY(:listingIds) ORDER BY id FOR KEY SHARE)
            """ + FIND + " AND (SELECT count(*) FROM locked) >= 0 FOR UPDATE OF c";

    /** Locks listings against deletion, then the row of a collection, until the end of the transaction. */
    default Optional<DealCollection> lock(long id, List<Long> listingIds) {
        return getHandle()
                .createQuery(LOCK_WITH_LISTINGS)
                .bind("id", id)
                .bindArray("listingIds", Long.class, listingIds)
                .map(mapper())
                .findOne();
    }

    String LOCK_TO_DELETE = lockToDelete("");
    String LOCK_TO_DELETE_ITEM = lockToDelete(" AND id = :itemId");

    /** The condition is always true; it makes PostgreSQL lock the listings first. */
    private static String lockToDelete(String items) {
        return "WITH locked AS MATERIALIZED (SELECT id FROM listing WHERE owner_id IS NULL AND id = ANY(ARRAY("
                + "SELECT listing_id FROM collection_item WHERE collection_id = :id" + items
                + ")) ORDER BY id FOR UPDATE) "
                + FIND + " AND (SELECT count(*) FROM locked) >= 0 FOR UPDATE OF c";
    }

    /**
     * Locks the row of a collection for its deletion. Locks the listings without an owner first, because they are
     * deleted if no other collection contains them.
     */
    default Optional<DealCollection> lockToDelete(long id) {
        return getHandle()
                .createQuery(LOCK_TO_DELETE)
                .bind("id", id)
                .map(mapper())
                .findOne();
    }

    /** Locks the row of a collection for the deletion of an item, as {@link #lockToDelete(long)}. */
    default Optional<DealCollection> lockToDelete(long id, long itemId) {
        return getHandle()
                .createQuery(LOCK_TO_DELETE_ITEM)
                .bind("id", id)
                .bind("itemId", itemId)
                .map(mapper())
                .findOne();
    }

    String UPDATE = "WITH c AS (UPDATE collection SET name = :name, description = :description,"
            + " visibility = :visibility, row_version = row_version + 1, updated_at = now() WHERE id = :id"
            + WRITE_WORDS;

    default DealCollection update(long id, String name, @Nullable String description, Visibility visibility) {
        return one(getHandle()
                .createQuery(UPDATE)
                .bind("id", id)
                .bind("name", name)
                .bind("description", description)
                .bind("visibility", visibility)
                .bind("words", words(name, description)));
    }

    /** Writes the words of a collection that was just copied, and returns it. */
    default DealCollection findCopied(CopyDao.Copied copied) {
        return one(getHandle()
                .createQuery(FIND_COPIED)
                .bind("id", copied.id())
                .bind("words", words(copied.name(), copied.description())));
    }

    @SqlUpdate("DELETE FROM collection WHERE id = :id")
    void delete(long id);

    /** Returns one page of a user's collections, newest first, with the total. */
    default PagedRows<DealCollection> search(CollectionSearch search, PageRange range) {
        return PagedRows.read(
                getHandle().createQuery(search.sql()).bindMap(search.parameters()), range, CollectionRows::collection);
    }
}
