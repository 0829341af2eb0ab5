package dealbrain.listings;

import static java.util.stream.Collectors.joining;

import dealbrain.accounts.User;
import dealbrain.catalog.JsonColumns;
import dealbrain.database.PageRange;
import dealbrain.database.PagedRows;
import dealbrain.http.VersionedResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code listing}; each method is one statement. Inputs are a JSON array of {@link ListingInput}, and
 * words the result of {@link ListingWords#vectors} for their texts.
 */
interface ListingDao extends SqlObject {
    String INPUT = String.join(", ", JsonColumns.of(ListingInput.class).names());

    /** The inputs as rows, numbered from 1 in their order by the column {@code ordinality}. */
    String INPUT_ROWS = " FROM jsonb_populate_recordset(NULL::listing, :inputs::jsonb) WITH ORDINALITY AS input";

    String INSERT = "INSERT INTO listing (owner_id, " + INPUT + ") SELECT :ownerId, " + INPUT + INPUT_ROWS;
    String SELECT_L = " SELECT " + ListingRows.COLUMNS + ListingRows.DETAILS + " FROM l" + ListingRows.JOINS_OF_WRITTEN;

    String INSERT_ALL = "WITH l AS (" + INSERT + " ORDER BY ordinality RETURNING *), " + ListingWords.STORE
            + " SELECT id FROM l ORDER BY id"; // the ids were assigned in the order of the inputs
    String INSERT_ONE = "WITH l AS (" + INSERT + " RETURNING *), " + ListingWords.STORE + SELECT_L;
    String INSERT_UNLESS_PRESENT =
            "WITH l AS (" + INSERT + " ON CONFLICT DO NOTHING RETURNING *), " + ListingWords.STORE + SELECT_L;
    String OF_SOURCE = "l.owner_id = :ownerId AND l.marketplace = :marketplace AND l.vendor_item_id = :vendorItemId";
    String FROM_LISTING = "SELECT " + ListingRows.COLUMNS + ListingRows.DETAILS + " FROM listing l" + ListingRows.JOINS;
    String FIND_BY_SOURCE = FROM_LISTING + "WHERE " + OF_SOURCE;
    String FIND = FROM_LISTING + "WHERE l.id = :id";
    String FIND_ALL = "SELECT " + ListingRows.COLUMNS + " FROM listing l" + ListingRows.JOINS
            + "WHERE l.id = ANY (:ids) ORDER BY l.id";
    String UPDATE = "WITH l AS (UPDATE listing SET (" + INPUT + ") = (SELECT " + INPUT + INPUT_ROWS + "),"
            + " row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING *), "
            + ListingWords.STORE + SELECT_L;

    String CHANGE_ALL = "WITH l AS (UPDATE listing SET (" + INPUT + ") = (SELECT " + INPUT
            + " FROM jsonb_populate_record(listing, change.members)),"
            + " row_version = row_version + 1, updated_at = clock_timestamp()"
            + " FROM jsonb_to_recordset(:changes::jsonb) AS change (id bigint, members jsonb)"
            + " WHERE listing.id = change.id RETURNING listing.*), " + ListingWords.STORE + " SELECT count(*) FROM l";
    String OWN_AFTER = "SELECT " + ListingRows.COLUMNS + " FROM (SELECT * FROM listing"
            + " WHERE owner_id = :ownerId AND id > :afterId ORDER BY id LIMIT :limit) l" + ListingRows.JOINS
            + "ORDER BY l.id";

    String MISSING_PARTS = "WITH reference AS (SELECT ordinality, field, part.id" + INPUT_ROWS
            + ", LATERAL (VALUES " + foreignKeys("('%1$s', %1$s)", ", ") + ") AS part (field, id)"
            + " WHERE part.id IS NOT NULL)"
            + " SELECT ordinality, field, id FROM reference WHERE NOT CASE field"
            + foreignKeys(" WHEN '%1$s' THEN EXISTS (SELECT FROM %2$s stored WHERE stored.id = reference.id)", "")
            + " END ORDER BY ordinality, field LIMIT 100";

    /** Formats the name of each foreign key and of the table that it refers to. */
    private static String foreignKeys(String format, String separator) {
        return ListingRelation.ALL.stream()
                .map(relation ->
                        format.formatted(relation.foreignKey(), relation.kind().table()))
                .collect(joining(separator));
    }

    /** A part that an input refers to and that does not exist; {@code number} is the number of the input, from 1. */
    record MissingPart(int number, String field, long id) {}

    /** A listing that is about to be changed; {@code input} is its {@link ListingInput} as JSON. */
    record LockedListing(@Nullable Long ownerId, long version, String input) implements VersionedResource {
        boolean isOwnedBy(User user) {
            return ownerId != null && ownerId == user.id();
        }
    }

    /** A listing that is about to be replaced. */
    record LockedSource(long id, long version) implements VersionedResource {}

    /** Inserts many listings. Returns their ids in the order of the inputs. */
    default List<Long> insertAll(long ownerId, String inputs, String words) {
        return getHandle()
                .createQuery(INSERT_ALL)
                .bind("ownerId", ownerId)
                .bind("inputs", inputs)
                .bind("words", words)
                .mapTo(Long.class)
                .list();
    }

    default Listing insert(long ownerId, String inputs, String words) {
        return one(
                getHandle()
                        .createQuery(INSERT_ONE)
                        .bind("ownerId", ownerId)
                        .bind("inputs", inputs)
                        .bind("words", words),
                ownerId);
    }

    /**
     * Inserts a listing with a unique key. Returns empty if there is one, also if a concurrent transaction has inserted
     * it, for whose end the statement waits.
     */
    default Optional<Listing> insertUnlessPresent(long ownerId, String inputs, String words) {
        return getHandle()
                .createQuery(INSERT_UNLESS_PRESENT)
                .bind("ownerId", ownerId)
                .bind("inputs", inputs)
                .bind("words", words)
                .map(ListingRows.detailsMapper(ownerId))
                .findOne();
    }

    default Optional<Listing> findBySource(long ownerId, ListingSource source) {
        return getHandle()
                .createQuery(FIND_BY_SOURCE)
                .bind("ownerId", ownerId)
                .bind("marketplace", source.marketplace())
                .bind("vendorItemId", source.vendorItemId())
                .map(ListingRows.detailsMapper(ownerId))
                .findOne();
    }

    private static Listing one(Query query, @Nullable Long viewerId) {
        return query.map(ListingRows.detailsMapper(viewerId)).one();
    }

    /** Returns up to 100 parts that the inputs refer to and that do not exist. */
    default List<MissingPart> missingParts(String inputs) {
        return getHandle()
                .createQuery(MISSING_PARTS)
                .bind("inputs", inputs)
                .map((row, _) -> new MissingPart(row.getInt(1), row.getString(2), row.getLong(3)))
                .list();
    }

    default Optional<Listing> find(long viewerId, long id) {
        return getHandle()
                .createQuery(FIND)
                .bind("id", id)
                .map(ListingRows.detailsMapper(viewerId))
                .findOne();
    }

    /** Returns listings in the order of their ids. */
    default List<Listing> findAll(long viewerId, List<Long> ids) {
        return getHandle()
                .createQuery(FIND_ALL)
                .bindArray("ids", Long.class, ids)
                .map(ListingRows.mapper(viewerId))
                .list();
    }

    String FIND_INPUT = """
            SELECT owner_id, row_version AS version,
                   to_jsonb(l) - '{id, owner_id, row_version, created_at, updated_at}'::text[] AS input
              FROM listing l WHERE id = :id FOR\s""";

    /**
     * Locks the row of a listing for an update until the end of the transaction. Rows that refer to the listing can
     * still be inserted. The statement reads the ids of the parts from the row itself. With a join, PostgreSQL would
     * return no part if a concurrent transaction has replaced it.
     */
    @SqlQuery(FIND_INPUT + "NO KEY UPDATE")
    Optional<LockedListing> lockToUpdate(long id);

    /** Locks the row of the owner's listing with a unique key, as {@link #lockToUpdate}. */
    @SqlQuery("SELECT l.id, l.row_version AS version FROM listing l WHERE " + OF_SOURCE + " FOR NO KEY UPDATE")
    Optional<LockedSource> lockBySource(long ownerId, String marketplace, String vendorItemId);

    /** Locks the row of a listing for its deletion: from then on no row can refer to it. */
    @SqlQuery(FIND_INPUT + "UPDATE")
    Optional<LockedListing> lockToDelete(long id);

    /** Changes a listing. Returns it as its owner sees it; {@code ownerId} is null if it has none. */
    default Listing update(@Nullable Long ownerId, long id, String inputs, String words) {
        return one(
                getHandle()
                        .createQuery(UPDATE)
                        .bind("id", id)
                        .bind("inputs", inputs)
                        .bind("words", words),
                ownerId);
    }

    /** Changes many listings; {@code changes} is a JSON array of {@link Listings.Change}. */
    default void changeAll(String changes, String words) {
        getHandle()
                .createQuery(CHANGE_ALL)
                .bind("changes", changes)
                .bind("words", words)
                .mapTo(Long.class)
                .one();
    }

    /** Returns listings of an owner in the order of their ids. */
    default List<Listing> ownAfter(long ownerId, long afterId, int limit) {
        return getHandle()
                .createQuery(OWN_AFTER)
                .bind("ownerId", ownerId)
                .bind("afterId", afterId)
                .bind("limit", limit)
                .map(ListingRows.mapper(ownerId))
                .list();
    }

    /**
     * Deletes a listing for its owner, with the owner's items, links and shares. If collections of other users contain
     * it, they keep it: it is archived then, without owner, notes, attributes and seller, and these users are notified.
     * The caller has locked it by {@link #lockToDelete}.
     */
    @SqlQuery("SELECT true FROM delete_own_listing(:id)")
    boolean deleteOwn(long id);

    /** Deletes a listing for all users, and notifies those who have it in a collection. As {@link #deleteOwn}. */
    @SqlQuery("SELECT true FROM delete_listing_for_all(:id)")
    boolean deleteForAll(long id);

    /** Returns one page of a search with the total. The text of the statement depends only on the filters in use. */
    default PagedRows<Listing> search(long viewerId, ListingSearch search, PageRange range) {
        ListingRows rows = new ListingRows(viewerId);
        return PagedRows.read(
                getHandle().createQuery(search.sql()).bindMap(search.parameters()),
                range,
                row -> Objects.requireNonNull(rows.next(row)));
    }
}
