package dealbrain.listings;

import static java.util.stream.Collectors.joining;

import dealbrain.catalog.JsonColumns;
import dealbrain.database.PagedRows;
import dealbrain.http.VersionedResource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.sqlobject.SqlObject;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/** The statements on {@code listing}; each method is one statement. Inputs are a JSON array of {@link ListingInput}. */
interface ListingDao extends SqlObject {
    String INPUT = String.join(", ", JsonColumns.of(ListingInput.class).names());

    /** The inputs as rows, numbered from 1 in their order by the column {@code ordinality}. */
    String INPUT_ROWS = " FROM jsonb_populate_recordset(NULL::listing, :inputs::jsonb) WITH ORDINALITY AS input";

    String INSERT = "INSERT INTO listing (owner_id, " + INPUT + ") SELECT :ownerId, " + INPUT + INPUT_ROWS;
    String SELECT_L = " SELECT " + ListingRows.COLUMNS + " FROM l" + ListingRows.JOINS;

    String INSERT_ALL = INSERT + " ORDER BY ordinality RETURNING id";
    String INSERT_ONE = "WITH l AS (" + INSERT + " RETURNING *)" + SELECT_L;
    String FIND = "SELECT " + ListingRows.COLUMNS + " FROM listing l" + ListingRows.JOINS + "WHERE l.id = :id";
    String UPDATE = "WITH l AS (UPDATE listing SET (" + INPUT + ") = (SELECT " + INPUT + INPUT_ROWS + "),"
            + " row_version = row_version + 1, updated_at = clock_timestamp() WHERE id = :id RETURNING *)" + SELECT_L;

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
    record LockedListing(long ownerId, long version, String input) implements VersionedResource {}

    /** Inserts many listings. Returns their ids in the order of the inputs. */
    default List<Long> insertAll(long ownerId, String inputs) {
        return getHandle()
                .createQuery(INSERT_ALL)
                .bind("ownerId", ownerId)
                .bind("inputs", inputs)
                .mapTo(Long.class)
                .list();
    }

    default Listing insert(long ownerId, String inputs) {
        return one(getHandle().createQuery(INSERT_ONE).bind("ownerId", ownerId).bind("inputs", inputs));
    }

    private static Listing one(Query query) {
        return query.map(ListingRows.mapper()).one();
    }

    /** Returns up to 100 parts that the inputs refer to and that do not exist. */
    default List<MissingPart> missingParts(String inputs) {
        return getHandle()
                .createQuery(MISSING_PARTS)
                .bind("inputs", inputs)
                .map((row, _) -> new MissingPart(row.getInt(1), row.getString(2), row.getLong(3)))
                .list();
    }

    default Optional<Listing> find(long id) {
        return getHandle()
                .createQuery(FIND)
                .bind("id", id)
                .map(ListingRows.mapper())
                .findOne();
    }

    /**
     * Locks the row of a listing until the end of the transaction. The statement reads the ids of the parts from the
     * row itself. With a join, PostgreSQL would return no part if a concurrent transaction has replaced it.
     */
    @SqlQuery("""
        SELECT owner_id, row_version AS version,
               to_jsonb(l) - '{id, owner_id, row_version, created_at, updated_at}'::text[] AS input
          FROM listing l WHERE id = :id FOR UPDATE
        """)
    Optional<LockedListing> lock(long id);

    default Listing update(long id, String inputs) {
        return one(getHandle().createQuery(UPDATE).bind("id", id).bind("inputs", inputs));
    }

    @SqlUpdate("DELETE FROM listing WHERE id = :id")
    void delete(long id);

    /** Returns one page of a search with the total. The text of the statement depends only on the filters in use. */
    default PagedRows<Listing> search(ListingSearch search) {
        ListingRows rows = new ListingRows();
        return PagedRows.read(
                getHandle().createQuery(search.sql()).bindMap(search.parameters()),
                row -> Objects.requireNonNull(rows.next(row)));
    }
}
